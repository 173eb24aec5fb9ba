import type { DeliveryReason } from '../../domain/delivery/delivery.ts';
import { secondsToWait } from '../../domain/retry-after.ts';

/** Teams will not take this, and trying again will not help. The message is the detail for the administrator. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly reason: DeliveryReason;

  constructor(reason: DeliveryReason, detail: string) {
    super(detail);
    this.reason = reason;
  }
}

/**
 * Teams did not take this now, or Entra lets us speak to it only once somebody has put the registration right. The
 * message is the detail for the administrator.
 */
export class NotNow extends Error {
  override readonly name = 'NotNow';
  readonly reason: 'throttled' | 'unavailable' | 'not-authorised';
  /** Teams may have taken it all the same: nobody heard. */
  readonly uncertain: boolean;
  /** Milliseconds Teams asked us to wait; null when it did not say. */
  readonly retryAfter: number | null;

  constructor(
    reason: NotNow['reason'],
    detail: string,
    {
      uncertain = false,
      retryAfter = null,
    }: { readonly uncertain?: boolean; readonly retryAfter?: number | null } = {},
  ) {
    super(detail);
    this.reason = reason;
    this.uncertain = uncertain;
    this.retryAfter = retryAfter;
  }
}

/** What the connector client throws: a RestError with an answer, or without one when the line failed. */
interface ConnectorFailure {
  readonly name?: string;
  readonly statusCode?: number;
  readonly code?: string;
  /** OAuth's own word, when Entra gave no token. */
  readonly errorCode?: string;
  readonly response?: {
    readonly bodyAsText?: string | null;
    readonly headers?: { get(name: string): string | undefined };
  };
}

/** The line failed before a byte of the message could have left. */
const neverLeft = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|.*CERT.*|ERR_TLS.*)$/;

/** Entra does not know the app, or not its secret. */
const noIdentity: ReadonlySet<string> = new Set(['invalid_client', 'unauthorized_client']);

/**
 * What a failed call means: Teams, "Status codes" and "Send proactive messages". 429, 412 and 503 are answers of a
 * Teams that did not begin; 500, 502, 504, a line that broke and an answer cut short may come after the message was
 * taken.
 */
export function meaningOf(error: unknown, to: 'channel' | 'person'): Refused | NotNow {
  const { name, statusCode, code, errorCode, response } = error as ConnectorFailure;
  const body = response?.bodyAsText ?? '';
  const said = codeIn(body);
  const detail = [
    statusCode ?? 'no answer',
    said ?? (statusCode === undefined ? (code ?? errorCode ?? name) : undefined),
  ]
    .filter(part => part !== undefined)
    .join(' ');

  switch (statusCode) {
    case 400:
      return new Refused('not-understood', detail);
    case 401:
      // A registration or a secret that has lapsed is put right by somebody; until then nothing is lost.
      return new NotNow('not-authorised', detail);
    case 403:
      return new Refused(forbidden(said, to), detail);
    case 404:
      return new Refused(
        said === 'MemberNotFoundInConversation'
          ? 'not-in-roster'
          : said === 'TeamNotFound'
            ? 'team-gone'
            : 'conversation-gone',
        detail,
      );
    case 413:
      return new Refused('too-large', detail);
    case 412:
      return new NotNow('unavailable', detail, { retryAfter: waitAsked(response) });
    case 429:
      return new NotNow('throttled', detail, { retryAfter: waitAsked(response) });
    case 503:
      return new NotNow('unavailable', detail, { retryAfter: waitAsked(response) });
    case undefined:
      if (noIdentity.has(errorCode ?? '')) return new NotNow('not-authorised', detail);
      // Without a token nothing is sent either; that is none of these errors.
      return new NotNow('unavailable', detail, {
        uncertain: name === 'AbortError' || (name === 'RestError' && !neverLeft.test(code ?? '')),
      });
    default:
      return statusCode >= 400 && statusCode < 500
        ? new Refused('unknown', detail)
        : new NotNow('unavailable', detail, { uncertain: true, retryAfter: waitAsked(response) });
  }
}

function forbidden(code: string | undefined, to: 'channel' | 'person'): DeliveryReason {
  switch (code) {
    case 'MessageWritesBlocked':
    case 'ConversationBlockedByUser':
      return 'blocked';
    case 'BotNotInConversationRoster':
      return to === 'person' ? 'not-in-roster' : 'app-removed';
    case 'BotDisabledByAdmin':
    case 'ForbiddenOperationException':
      return 'app-removed';
    default:
      return 'unknown';
  }
}

/**
 * Teams' code, from `{error:{code}}` or from the JSON inside the message of `{errorCode, message}`; nothing else of the
 * answer.
 */
function codeIn(body: string): string | undefined {
  return /"subCode\\?"\s*:\s*\\?"(\w{1,60})/.exec(body)?.[1] ?? /"code"\s*:\s*"(\w{1,60})"/.exec(body)?.[1];
}

/** In milliseconds. */
function waitAsked(response: ConnectorFailure['response']): number | null {
  const seconds = secondsToWait(response?.headers?.get('retry-after'), Date.now());
  return seconds === undefined ? null : seconds * 1000;
}

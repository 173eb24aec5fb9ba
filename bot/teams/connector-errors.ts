import { secondsToWait } from '../../domain/retry-after.ts';
import type { DeliveryReason } from '../../domain/delivery/delivery.ts';
import { PermanentError, RetryableError } from '../messages/delivery-errors.ts';

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

/** Microsoft's own sentences for a call at another region's address; the code beside them is a plain "BadArgument". */
const otherRegion = /different region|wrong geo/i;

/**
 * Whether the same call may succeed at another address of the Bot Connector. `surely`: nothing else is wrong, as far as
 * one can tell. `perhaps`: an address that is not this person's or this team's any more answers so, and so does the right
 * one when the person, the chat or the team is gone.
 */
export function isAddressDoubtful(error: unknown): 'no' | 'perhaps' | 'surely' {
  const { name, statusCode, code, response } = error as ConnectorFailure;
  const body = response?.bodyAsText ?? '';
  switch (statusCode) {
    case undefined:
      return name === 'RestError' && neverLeft.test(code ?? '') ? 'surely' : 'no';
    case 400:
      return otherRegion.test(body) ? 'surely' : 'no';
    case 403:
      if (otherRegion.test(body)) return 'surely';
      return forbidden(codeIn(body), 'person') === 'blocked' || codeIn(body) === 'BotDisabledByAdmin'
        ? 'no'
        : 'perhaps';
    case 404:
      return /Activity|Member/.test(codeIn(body) ?? '') ? 'no' : 'perhaps';
    default:
      return 'no';
  }
}

/**
 * What a failed call means: Teams, "Status codes" and "Send proactive messages". 429, 412 and 503 are answers of a
 * Teams that did not begin; 500, 502, 504, a line that broke and an answer cut short may come after the message was
 * taken.
 */
export function deliveryErrorOf(error: unknown, to: 'channel' | 'person'): PermanentError | RetryableError {
  const { name, statusCode, code, errorCode, response } = error as ConnectorFailure;
  const body = response?.bodyAsText ?? '';
  const teamsCode = codeIn(body);
  const detail = [
    statusCode ?? 'no answer',
    teamsCode ?? (statusCode === undefined ? (code ?? errorCode ?? name) : undefined),
  ]
    .filter(part => part !== undefined)
    .join(' ');

  // The right address is learnt from the next activity, and nothing is lost until then.
  if ((statusCode === 400 || statusCode === 403) && otherRegion.test(body))
    return new RetryableError('unavailable', detail);
  switch (statusCode) {
    case 400:
      return new PermanentError('not-understood', detail);
    case 401:
      // An administrator puts a lapsed registration or secret right; until then nothing is lost.
      return new RetryableError('not-authorised', detail);
    case 403:
      return new PermanentError(forbidden(teamsCode, to), detail);
    case 404:
      return new PermanentError(
        teamsCode === 'MemberNotFoundInConversation'
          ? 'not-in-roster'
          : teamsCode === 'TeamNotFound'
            ? 'team-gone'
            : 'conversation-gone',
        detail,
      );
    case 413:
      return new PermanentError('too-large', detail);
    case 412:
      return new RetryableError('unavailable', detail, { retryAfter: retryAfterOf(response) });
    case 429:
      return new RetryableError('throttled', detail, { retryAfter: retryAfterOf(response) });
    case 503:
      return new RetryableError('unavailable', detail, { retryAfter: retryAfterOf(response) });
    case undefined:
      if (noIdentity.has(errorCode ?? '')) return new RetryableError('not-authorised', detail);
      // Without a token nothing is sent either; that is none of these errors.
      return new RetryableError('unavailable', detail, {
        uncertain: name === 'AbortError' || (name === 'RestError' && !neverLeft.test(code ?? '')),
      });
    default:
      return statusCode >= 400 && statusCode < 500
        ? new PermanentError('unknown', detail)
        : new RetryableError('unavailable', detail, { uncertain: true, retryAfter: retryAfterOf(response) });
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

/** In milliseconds; null when Teams did not say. */
function retryAfterOf(response: ConnectorFailure['response']): number | null {
  const seconds = secondsToWait(response?.headers?.get('retry-after'), Date.now());
  return seconds === undefined ? null : seconds * 1000;
}

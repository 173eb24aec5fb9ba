import {
  Client,
  HTTPMessageHandler,
  RetryHandler,
  RetryHandlerOptions,
  TelemetryHandler,
  type Context,
  type MiddlewareOptions,
} from '@microsoft/microsoft-graph-client';
import { CommunityError } from '../../domain/errors.ts';
import { secondsToWait } from '../../domain/retry-after.ts';
import type { Purchase } from './budget.ts';
import { maxWait, type GraphThrottle } from './throttle.ts';

/** As often as the official client does without being told. */
const retries = { delaySeconds: 3, most: 3 } as const;
/** In milliseconds. SharePoint itself gives up after less. */
const longestCall = 60_000;

/**
 * The official client with its own retries. Its own token link sends no token to hosts it does not know, and turns what
 * msal throws into an error without a cause; so the token is a header of each request, and only the last link is ours.
 * Being the last, it sees every retry of the client: each waits for its slot and costs its units like any other call.
 */
export function clientOver(fetch: typeof globalThis.fetch, throttle: GraphThrottle, graph: string): Client {
  const retry = new RetryHandler(new RetryHandlerOptions());
  const telemetry = new TelemetryHandler();
  retry.setNext(telemetry);
  telemetry.setNext(new Send(fetch, throttle));
  return Client.initWithMiddleware({ baseUrl: `${graph}/`, middleware: retry, defaultVersion: 'v1.0' });
}

/** One call, through all its retries. The client hands it on to our link, as it does with options of its own. */
export class Sending implements MiddlewareOptions {
  readonly scope: string;
  readonly units: number;
  readonly urgent: boolean;
  readonly deadline: number;
  attempts = 0;
  /** Why it was not sent. The client would wrap it into an error of its own and lose what it says. */
  refusal: CommunityError | undefined;

  constructor({ scope, units, urgent }: Purchase) {
    this.scope = scope;
    this.units = units;
    this.urgent = urgent;
    this.deadline = Date.now() + (urgent ? maxWait.urgent : maxWait.background);
  }

  /** The client waits as long as it was told to, unless that is past the deadline: then the caller is told. */
  retryOptions(): RetryHandlerOptions {
    const { delaySeconds, most } = retries;
    return new RetryHandlerOptions(delaySeconds, most, (_delay, _attempt, _request, _options, { headers }) => {
      const now = Date.now();
      return now + (secondsToWait(headers.get('retry-after'), now) ?? delaySeconds) * 1000 <= this.deadline;
    });
  }
}

class Send extends HTTPMessageHandler {
  readonly #fetch: typeof globalThis.fetch;
  readonly #throttle: GraphThrottle;

  constructor(fetch: typeof globalThis.fetch, throttle: GraphThrottle) {
    super();
    this.#fetch = fetch;
    this.#throttle = throttle;
  }

  override async execute(context: Context): Promise<void> {
    const sending = context.middlewareControl?.getMiddlewareOptions(Sending) as Sending;
    const send = (): Promise<Response> => {
      sending.attempts++;
      // A call without an end would keep its place for ever.
      return this.#fetch(context.request as string, {
        ...(context.options as RequestInit),
        signal: AbortSignal.timeout(longestCall),
      });
    };
    try {
      context.response = await this.#throttle.send(sending, send);
    } catch (error) {
      if (error instanceof CommunityError) sending.refusal = error;
      throw error;
    }
  }
}

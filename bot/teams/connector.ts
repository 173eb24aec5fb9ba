import { setTimeout as sleep } from 'node:timers/promises';
import { RetryableError } from '../messages/delivery-errors.ts';
import { callTimeout } from '../messages/transport.ts';
import { deliveryErrorOf } from './connector-errors.ts';

/**
 * What we use of the pipeline under a connector client. botbuilder hides it, and its option `noRetryPolicy` does
 * nothing.
 */
interface Pipeline {
  removePolicy(policy: { readonly name: string }): readonly unknown[];
  addPolicy(policy: {
    readonly name: string;
    sendRequest(
      request: { timeout: number },
      next: (request: { timeout: number }) => Promise<unknown>,
    ): Promise<unknown>;
  }): void;
}

/**
 * Takes Microsoft's own three silent retries out of a connector client: they pass the rate limiter by, and after a 504
 * they post a card twice and nobody hears of it.
 */
export function withoutRetries<Client extends object>(connector: Client): Client {
  const { pipeline } = (connector as unknown as { readonly client: { readonly pipeline: Pipeline } }).client;
  if (pipeline.removePolicy({ name: 'defaultRetryPolicy' }).length === 0) {
    throw new Error(
      'the connector client has no policy called defaultRetryPolicy any more: find out what retries in its place, or messages may arrive twice',
    );
  }
  pipeline.addPolicy({
    name: 'timeout',
    sendRequest(request, next) {
      request.timeout = callTimeout;
      return next(request);
    },
  });
  return connector;
}

/** How often an answer to a person is tried, and the longest wait in between. */
const answerTries = 3;
const longestWait = 5000;

/**
 * A connector for answers to what a person typed. They leave at once, `countAnswer` is called for each, and what Teams
 * did not take is tried again here while the person waits. Its calls fail with `PermanentError` or `RetryableError`.
 */
export function forAnswers<Client extends object>(connector: Client, countAnswer: () => void): Client {
  const quiet = withoutRetries(connector);
  const { pipeline } = (quiet as unknown as { readonly client: { readonly pipeline: Pipeline } }).client;
  pipeline.addPolicy({
    name: 'answers',
    async sendRequest(request, next) {
      for (let tries = 1; ; tries++) {
        countAnswer();
        try {
          return await next(request);
        } catch (error) {
          const failure = deliveryErrorOf(error, 'person');
          // The person who asked can ask again; an answer that came twice cannot be taken back.
          if (!(failure instanceof RetryableError) || failure.uncertain || tries === answerTries) throw failure;
          if (failure.retryAfter !== null && failure.retryAfter > longestWait) throw failure;
          await sleep(failure.retryAfter ?? 300 * 2 ** tries * (0.5 + Math.random()));
        }
      }
    },
  });
  return quiet;
}

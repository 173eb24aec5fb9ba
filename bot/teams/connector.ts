import type { ConnectorClient } from 'botframework-connector';
import { setTimeout as sleep } from 'node:timers/promises';
import { meaningOf, NotNow } from './failures.ts';

/** How long one call may take, in milliseconds. */
export const callPatience = 15_000;

/** What we use of the pipeline under a connector client. botbuilder hides it, and its option `noRetryPolicy` does nothing. */
interface Pipeline {
  removePolicy(policy: { readonly name: string }): readonly unknown[];
  addPolicy(policy: { readonly name: string; sendRequest(request: { timeout: number }, next: (request: { timeout: number }) => Promise<unknown>): Promise<unknown> }): void;
}

/**
 * Takes Microsoft's own three silent retries out of a connector client: they keep to no pace, and after a 504 they post a
 * card twice without anybody hearing of it.
 */
export function withoutRetries(connector: ConnectorClient): ConnectorClient {
  const { pipeline } = (connector as unknown as { readonly client: { readonly pipeline: Pipeline } }).client;
  if (pipeline.removePolicy({ name: 'defaultRetryPolicy' }).length === 0) {
    throw new Error('the connector client has no policy called defaultRetryPolicy any more: find out what retries in its place, or messages may arrive twice');
  }
  pipeline.addPolicy({
    name: 'patience',
    sendRequest(request, next) {
      request.timeout = callPatience;
      return next(request);
    },
  });
  return connector;
}

/** How often an answer to a person is tried, and the longest wait in between. */
const answerTries = 3;
const longestWait = 5000;

/**
 * A connector for answers to what somebody typed. They leave at once, `leaving` is told of each, and what Teams did not take
 * is tried again here: nothing else would.
 */
export function forAnswers(connector: ConnectorClient, leaving: () => void): ConnectorClient {
  const quiet = withoutRetries(connector);
  const { pipeline } = (quiet as unknown as { readonly client: { readonly pipeline: Pipeline } }).client;
  pipeline.addPolicy({
    name: 'answers',
    async sendRequest(request, next) {
      for (let tries = 1; ; tries++) {
        leaving();
        const answer = (await next(request)) as { readonly status: number; readonly headers: { get(name: string): string | undefined } };
        if (![412, 429, 503].includes(answer.status) || tries === answerTries) return answer;
        const failure = meaningOf({ statusCode: answer.status, response: { headers: answer.headers } }, 'person');
        const asked = failure instanceof NotNow ? failure.retryAfter : null;
        if (asked !== null && asked > longestWait) return answer;
        await sleep(asked ?? 300 * 2 ** tries * (0.5 + Math.random()));
      }
    },
  });
  return quiet;
}

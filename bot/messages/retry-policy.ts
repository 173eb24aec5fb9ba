import { RetryableError, type PermanentError } from './delivery-errors.ts';

/** What follows a call that failed: another one after so many milliseconds, or none. */
export type NextCall = { readonly again: number } | 'never';

/** Calls without an outcome before we stop: each may have left a copy. */
export const mostUncertain = 5;

/** Calls in all; with the waits below, about a day. */
export const mostFailures = 150;

const shortest = 1000;
const longest = 10 * 60_000;

/**
 * Decides about another call. Waits double with each failure, up to ten minutes, half of it by chance so that what
 * failed together does not come back together; what Teams asks for is kept to exactly.
 *
 * @param failures how many calls have failed, this one included
 * @param uncertain how many of them ended without an outcome
 */
export function afterFailure(
  failure: PermanentError | RetryableError,
  { failures, uncertain }: { readonly failures: number; readonly uncertain: number },
  random: () => number,
): NextCall {
  if (!(failure instanceof RetryableError) || failures >= mostFailures || uncertain >= mostUncertain) return 'never';
  if (failure.retryAfter !== null) return { again: failure.retryAfter };
  const full = Math.min(longest, shortest * 2 ** Math.min(failures - 1, 20));
  return { again: Math.round(full * (0.5 + random() / 2)) };
}

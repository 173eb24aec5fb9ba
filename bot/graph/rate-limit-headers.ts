import { secondsToWait } from '../../domain/retry-after.ts';

/** What an answer of Graph says about the calls that may follow it. */
export interface RateLimitAnswer {
  /** The app's own units in this tenant; SharePoint sends it from four fifths of the limit on. */
  readonly units: { readonly limit: number; readonly remaining: number; readonly resetSeconds: number } | null;
  /** What is to pause, and for how many seconds; null when nothing is. */
  readonly pause: { readonly of: 'scope' | 'everything'; readonly seconds: number } | null;
}

/**
 * Reads `Retry-After` and `RateLimit-*`.
 * @param now milliseconds of the wall clock, as Retry-After may name a moment.
 * @see https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online
 */
export function readRateLimit({ status, headers }: Pick<Response, 'status' | 'headers'>, now: number): RateLimitAnswer {
  const resetSeconds = secondsToWait(headers.get('ratelimit-reset'), now);
  const limit = numberIn(headers.get('ratelimit-limit'));
  const remaining = numberIn(headers.get('ratelimit-remaining'));
  const isComplete = limit !== undefined && remaining !== undefined && resetSeconds !== undefined;
  const isRefused = status === 429 || status === 503;
  const seconds = Math.max(secondsToWait(headers.get('retry-after'), now) ?? 0, resetSeconds ?? 0);
  return {
    units: isComplete ? { limit, remaining, resetSeconds } : null,
    // RateLimit-Reset comes with the app's own limit only; another limit is that of a site, or of what it runs on.
    pause: isRefused && seconds > 0 ? { of: resetSeconds === undefined ? 'scope' : 'everything', seconds } : null,
  };
}

function numberIn(header: string | null): number | undefined {
  const number = /^\s*(\d+(?:\.\d+)?)\s*(?:[,;]|$)/.exec(header ?? '')?.[1];
  return number === undefined ? undefined : Number(number);
}

/** A number; a header that was sent twice arrives as one with a comma, and RateLimit headers may say more after one. */
const number = /^\s*(\d+(?:\.\d+)?)\s*(?:[,;]|$)/;

/**
 * How many seconds a Retry-After header asks to wait from `now` on; undefined when there is none, or none that can be
 * read. It says seconds or names a moment (RFC 9110, 10.2.3).
 */
export function secondsToWait(header: string | null | undefined, now: number): number | undefined {
  if (header === null || header === undefined) return undefined;
  const seconds = Number(number.exec(header)?.[1] ?? (Date.parse(header) - now) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

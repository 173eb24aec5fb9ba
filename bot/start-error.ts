import { isNativeError } from 'node:util/types';

/**
 * The server cannot start, for a reason that whoever runs it can mend: one sentence says what, where, and what to do.
 */
export class StartError extends Error {
  override readonly name: string = 'StartError';
}

/**
 * What to print when the server did not start: never a stack, and of what nobody foresaw the reasons, outermost first.
 */
export function whyNotStarted(error: unknown): string {
  if (error instanceof StartError) return error.message;
  return `The server could not start: ${reasonsOf(error).join(': ')}.`;
}

/** The words of an error and of what caused it. An error of several attempts has words in the attempts only. */
export function reasonsOf(error: unknown): readonly string[] {
  if (!isNativeError(error)) return [String(error)];
  const attempts = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  const own = error.message || (attempts.length > 0 ? reasonsOf(attempts[0]).join(': ') : error.name);
  return [own.trim(), ...(error.cause === undefined ? [] : reasonsOf(error.cause))];
}

/** The code of an error or of what caused it, such as ECONNREFUSED or PostgreSQL's 28P01. */
export function codeOf(error: unknown): string | undefined {
  if (!isNativeError(error)) return undefined;
  return 'code' in error && typeof error.code === 'string' ? error.code : codeOf(error.cause);
}

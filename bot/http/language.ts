import type { Request } from 'restify';

/** The first language that a client asks for, or null. */
export function languageOf(request: Request): string | null {
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*/.exec(request.headers['accept-language'] ?? '')?.[0] ?? null;
}

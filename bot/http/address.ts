import type { Request } from 'restify';

/** The address a request comes from. */
export function addressOf(request: Request): string {
  return request.socket.remoteAddress ?? 'unknown';
}

import type { Next, Request, Response, Server } from 'restify';
import type { AddressLimits } from './limits.ts';
import { sendTooMany } from './errors.ts';

/**
 * Counts what is asked without a token, by address. With one, the person it was given to spends, and a bad one counts
 * for more.
 */
export function limitOpenDoors(server: Server, addressLimits: Pick<AddressLimits, 'open'>): void {
  server.pre((request: Request, response: Response, next: Next) => {
    if (request.headers.authorization !== undefined) return next();
    addressLimits.open(request).then(
      () => next(),
      (error: unknown) => {
        sendTooMany(response, error);
        next(false);
      },
    );
  });
}

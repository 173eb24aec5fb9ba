import compression from 'compression';
import type { Server as HttpServer } from 'node:http';
import {
  createServer,
  type Next,
  type Request,
  type RequestHandler,
  type Response,
  type Server,
  type ServerOptions,
} from 'restify';
import type { Config } from '../config.ts';
import { readVersion } from '../version.ts';
import type { ClientAddresses } from './client-address.ts';
import { limitConnections } from './connections.ts';
import { addHealth, isAboutHealth, type HealthPart } from './health.ts';
import { headersOf } from './headers.ts';
import type { Noise } from './noise.ts';
import { faultOfTarget } from './request-target.ts';
import { addTabs } from './tabs.ts';
import { answerUnparsed } from './unparsed.ts';
import { closeOverUnreadBody } from './unread-body.ts';

/** What restify's types leave out. */
interface Whole extends Server {
  readonly server: HttpServer;
  /** Called before restify looks at a request; false when it has been answered. */
  first(handler: (request: Request, response: Response) => boolean): void;
}

export interface ServerParts {
  readonly isProxy: ClientAddresses['isProxy'];
  readonly noise: Noise;
}

/**
 * The one HTTP server, without its features' routes. It reads no body: routes that have one do, once they know who
 * asks.
 * @param health the parts to ask once the server is ready; null while it starts: then only its own paths answer, and
 * say so.
 */
export function createHttpServer(
  config: Config,
  health: () => readonly HealthPart[] | null,
  { isProxy, noise }: ServerParts,
): Server {
  // Without a name there is no Server header. No client is told to send a body before a route wants to read it.
  const server = createServer({ name: '', noWriteContinue: true } as ServerOptions) as Whole;
  // Without a listener Node answers a request for an upgrade like any other; restify's own would leave the socket open
  // for ever.
  server.server.removeAllListeners('upgrade');

  const connections = limitConnections(server.server, isProxy);
  answerUnparsed(server.server, { headers: headersOf(config), connections, noise });

  const headers = Object.entries(headersOf(config));
  server.first((request, response) => {
    connections.inHand(request, response);
    for (const [name, value] of headers) response.setHeader(name, value);
    closeOverUnreadBody(request, response);
    const fault = faultOfTarget(request);
    if (fault === undefined) return true;
    noise(request, 'a request was refused', { status: 400, error: fault });
    response.writeHead(400, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ code: 'invalid', message: fault }));
    return false;
  });
  server.pre((request: Request, response: Response, next: Next) => {
    if (health() !== null || isAboutHealth(request.path())) return next();
    response.header('Retry-After', '2');
    response.json(503, { code: 'unavailable', message: 'The server is starting' });
    return next(false);
  });
  server.pre(compression() as unknown as RequestHandler);
  server.on(
    'restifyError',
    (
      request: Request,
      response: Response,
      error: { statusCode?: number; message: string; stack?: string },
      done: () => void,
    ) => {
      const status = error.statusCode ?? 500;
      if (status < 500) noise(request, 'a request was refused', { status, method: request.method });
      else
        noise(
          request,
          'a request failed',
          { status, method: request.method, error: error.message, stack: error.stack },
          'error',
        );
      const code = status === 404 || status === 405 ? 'not-found' : status < 500 ? 'invalid' : 'unexpected';
      // The client had half an answer already, and cannot be told now.
      if (response.headersSent) return void response.destroy();
      // The error itself may hold a path of ours; the code says enough.
      response.json(status, { code, message: status < 500 ? error.message : 'Something went wrong on our side' });
      done();
    },
  );

  addHealth(server, health, readVersion());
  addTabs(server, config);
  return server;
}

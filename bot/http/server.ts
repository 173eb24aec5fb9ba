import compression from 'compression';
import { createServer, plugins, type Next, type Request, type RequestHandler, type Response, type Server } from 'restify';
import type { Config } from '../config.ts';
import { delegatedScopes } from '../data/graph.ts';
import { addHealth, type HealthPart } from './health.ts';

/** The largest body anybody may send, in bytes. restify has no limit of its own. */
const maxBodyBytes = 256 * 1024;

/**
 * The one HTTP server, without its features' routes.
 * @param health the parts to ask once the server is ready; null while it starts: then only `/health` answers, and says so.
 */
export function createHttpServer(config: Config, health: () => readonly HealthPart[] | null): Server {
  const server = createServer({ name: 'cop-companion' });
  server.pre((request: Request, response: Response, next: Next) => {
    if (health() !== null || request.path() === '/health') return next();
    response.header('Retry-After', '2');
    response.json(503, { code: 'unavailable', message: 'The server is starting' });
    return next(false);
  });
  server.pre(compression() as unknown as RequestHandler);
  server.use(plugins.queryParser({ mapParams: false }));
  server.use(plugins.bodyParser({ mapParams: false, maxBodySize: maxBodyBytes, rejectUnknown: false }));
  server.use(async (_request: Request, response: Response) => {
    response.header('X-Content-Type-Options', 'nosniff');
    response.header('Referrer-Policy', 'no-referrer');
  });
  server.on('restifyError', (_request: Request, response: Response, error: { statusCode?: number; message: string }, done: () => void) => {
    const status = error.statusCode ?? 500;
    const code = status === 413 ? 'too-large' : status === 404 ? 'not-found' : status === 405 ? 'not-found' : status < 500 ? 'invalid' : 'unexpected';
    // The error itself may hold a path of ours; the code says enough.
    response.json(status, { code, message: status < 500 ? error.message : 'Something went wrong on our side' });
    done();
  });

  addHealth(server, health);
  addTabs(server, config);
  return server;
}

function addTabs(server: Server, config: Config): void {
  const pageHeaders = {
    // Teams JS asks this one address for the hosts Microsoft added since it was built.
    'Content-Security-Policy': `default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data: https://res.cdn.office.net; connect-src 'self' https://res.cdn.office.net; base-uri 'none'; form-action 'none'; frame-ancestors ${config.frameAncestors}`,
  };

  server.get('/tabs/config.json', async (_request: Request, response: Response) => {
    response.header('Cache-Control', 'no-store');
    response.json(200, {
      appId: config.appId,
      tenantId: config.tenantId,
      hostOrigins: config.teamsHostOrigins,
      authorizeUrl: `${config.loginUrl}/${config.tenantId}/oauth2/v2.0/authorize`,
      scopes: delegatedScopes,
    });
  });

  const files = plugins.serveStaticFiles(config.tabsDir, {
    maxAge: 0,
    setHeaders(response: Response, path: string) {
      // Vite puts a hash into the name of everything but the page itself.
      response.setHeader('Cache-Control', path.endsWith('.html') ? 'no-cache' : 'public, max-age=31536000, immutable');
      if (path.endsWith('.html')) for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value);
    },
  } as never);
  server.get('/tabs/*', files);
  server.get('/tabs', async (request: Request, response: Response) => {
    response.redirect(308, `/tabs/${request.getQuery() ? `?${request.getQuery()}` : ''}`, () => {});
  });
}

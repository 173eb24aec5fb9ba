import type { RequestHandler, Server } from 'restify';

const verbs = { GET: 'get', PUT: 'put', POST: 'post' } as const;

/**
 * Answers a method at a path. What can be got can be asked about: HEAD is GET without the body, which Node leaves out.
 */
export function on(server: Server, method: keyof typeof verbs, path: string, handler: RequestHandler): void {
  server[verbs[method]](path, handler);
  if (method === 'GET') server.head(path, handler);
}

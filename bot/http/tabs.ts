import type { Request, Response, Server } from 'restify';
import { existsSync, readdirSync } from 'node:fs';
import { extname } from 'node:path';
import { contentType } from 'mime-types';
import send from 'send';
import type { Config } from '../config.ts';
import { delegatedScopesOf } from '../graph/entra.ts';
import { readVersion } from '../version.ts';
import { pageHeadersOf } from './headers.ts';
import { on } from './on.ts';

/** How a file may lie beside itself, packed when the pages were built; the smallest first. */
const packings = [
  { encoding: 'br', ending: '.br' },
  { encoding: 'gzip', ending: '.gz' },
] as const;

/** The built pages that Teams shows, and what they have to know before a person signs in. */
export function addTabs(server: Server, config: Config): void {
  const pageHeaders = Object.entries(pageHeadersOf(config));
  // Known once: nothing of it changes while the server runs.
  const { tabsDir } = config;
  const built = new Set(existsSync(tabsDir) ? readdirSync(tabsDir, { recursive: true }).map(String) : []);

  /** The smallest form of a file that the client takes; undefined where it is sent as it is. */
  function packedAs(request: Request, file: string) {
    const found = packings.find(
      ({ encoding, ending }) => built.has(file + ending) && request.acceptsEncoding(encoding),
    );
    const type = contentType(extname(file));
    return found && type ? { ...found, type } : undefined;
  }

  on(server, 'GET', '/tabs/config.json', async (_request: Request, response: Response) => {
    response.json(200, {
      appId: config.appId,
      version: readVersion(),
      teams: config.cloud.teams,
      teamsAppId: config.teamsAppId,
      tenantId: config.tenantId,
      hostOrigins: config.teamsHostOrigins,
      authorizeUrl: `${config.loginUrl}/${config.tenantId}/oauth2/v2.0/authorize`,
      scopes: delegatedScopesOf(config.cloud),
    });
  });

  on(server, 'GET', '/tabs/*', async (request: Request, response: Response) => {
    const { '*': file = '' } = request.params as Record<string, string>;
    const status = await sendFile(request, response, file || 'index.html');
    if (status === null) return;
    // Halfway through a file there is nothing left to say.
    if (response.headersSent) return void response.destroy();
    if (status >= 500) throw new Error(`${file} could not be read`);
    // What lies outside the folder looks like what is not there.
    response.json(404, { code: 'not-found', message: 'There is no such page' });
  });

  on(server, 'GET', '/tabs', async (request: Request, response: Response) => {
    response.redirect(308, `/tabs/${request.getQuery() ? `?${request.getQuery()}` : ''}`, () => {});
  });

  /** Null when the file was sent, else the status of what went wrong. */
  function sendFile(request: Request, response: Response, file: string): Promise<number | null> {
    return new Promise(resolve => {
      const options = { root: config.tabsDir, cacheControl: false, acceptRanges: false, dotfiles: 'ignore' } as const;
      const packed = packedAs(request, file);
      send(request, encodeURIComponent(`${file}${packed?.ending ?? ''}`), options)
        .on('headers', () => {
          response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
          response.setHeader('Vary', 'Accept-Encoding');
          if (packed) {
            response.setHeader('Content-Encoding', packed.encoding);
            response.setHeader('Content-Type', packed.type);
          }
          if (file.endsWith('.html')) for (const [name, value] of pageHeaders) response.setHeader(name, value);
        })
        .on('error', (error: { readonly status?: number }) => resolve(error.status ?? 500))
        .on('directory', () => resolve(404))
        .pipe(response);
      response.once('close', () => resolve(null));
    });
  }
}

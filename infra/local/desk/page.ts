import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { Response, Server } from 'restify';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Serves the desk's built page. @param folder where Vite put it. */
export function addPage(server: Server, folder: string): void {
  server.get('/', async (_request, response) => {
    await sendFile(response, join(folder, 'index.html'), 'no-cache', notBuilt);
  });
  server.get('/desk/pages', async (_request, response) => {
    const built = [folder, join(folder, '../tabs')].map(page => stat(join(page, 'index.html')).catch(() => undefined));
    const moments = (await Promise.all(built)).map(file => file?.mtimeMs ?? null);
    // While one of them is being built there is nothing to show.
    response.json(moments.includes(null) ? 503 : 200, { started: performance.timeOrigin, built: moments });
  });
  server.get('/desk/app/*', async (request, response) => {
    const asked = normalize(String((request.params as Record<string, unknown>)['*'] ?? ''));
    if (asked.startsWith('..') || asked.startsWith(sep)) return plain(response, 404, 'There is nothing here.');
    // Vite puts a hash of the content into each name below assets.
    await sendFile(
      response,
      join(folder, asked),
      asked.startsWith('assets') ? 'public, max-age=31536000, immutable' : 'no-cache',
      'There is nothing here.',
    );
  });
}

const notBuilt =
  'The desk’s page is not built yet. Build it with "npm run build", or start everything with "npm start", which builds it first.\n\nEverything the page does is also an HTTP call: GET /desk/api describes them, and works without the page.\n';

async function sendFile(response: Response, file: string, cache: string, missing: string): Promise<void> {
  const content = await readFile(file).catch(() => null);
  if (!content) return plain(response, 404, missing);
  response.writeHead(200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'cache-control': cache,
    'content-length': content.byteLength,
  });
  response.end(content);
}

function plain(response: Response, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
}

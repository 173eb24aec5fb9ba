import { createHash } from 'node:crypto';
import fresh from 'fresh';
import type { Request, Response } from 'restify';

/**
 * Sends what was asked for, or 304 and nothing to whoever has it already. The tag is of the whole answer as this person
 * gets it, in their language; the version of a row, which a save is based on, stands in the body. It is weak, as the
 * same answer travels packed in several ways.
 *
 * `Cache-Control` stays `no-store`: what a browser keeps by itself the tab could not clear for the next person. The tab
 * keeps answers itself, and knows which it may.
 * @see RFC 9110, 8.8.3 and 13.1.2
 */
export function sendJson({ headers }: Request, response: Response, body: unknown): void {
  const text = JSON.stringify(body);
  const etag = `W/"${createHash('sha256').update(text).digest('base64url')}"`;
  response.setHeader('ETag', etag);
  // Browsers add `Cache-Control: no-cache` to a request with a tag that a page has set, meaning their own cache.
  if (fresh({ 'if-none-match': headers['if-none-match'] }, { etag })) {
    response.writeHead(304);
    return void response.end();
  }
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(text);
}

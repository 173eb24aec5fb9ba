import type { Response } from 'restify';
import type { FileAnswer } from '../../domain/endpoint.ts';

/** @see RFC 6266: a plain name for all, and the real one for browsers that read UTF-8. */
export function sendFile(response: Response, { name, type, bytes }: FileAnswer): void {
  const plainName = name.normalize('NFKD').replace(/[^\x20-\x7e]|["\\%]/g, '');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  response.writeHead(200, {
    'Content-Type': type,
    'Content-Length': bytes.byteLength,
    'Content-Disposition': `attachment; filename="${plainName}"; filename*=UTF-8''${encoded}`,
  });
  response.end(bytes);
}

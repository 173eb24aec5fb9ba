import type { Request, Response, Server } from 'restify';
import type { HandedFiles } from '../database/handed-files.ts';
import type { Texts } from '../text.ts';
import type { AddressLimits } from './limits.ts';
import { sendTooMany } from './errors.ts';
import { sendFile } from './files.ts';
import { on } from './on.ts';
import { languageOf } from './language.ts';
import { CommunityError } from '../../domain/errors.ts';

export interface HandedFileParts {
  readonly handedFiles: HandedFiles;
  readonly addressLimits: Pick<AddressLimits, 'refused'>;
  readonly texts: Texts;
  readonly sentences: string;
}

/** Where a file waits: the link is opened by the person's browser, which has no token of Teams. */
export function handedFileUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/files/${token}`;
}

/** Gives out the files that a tab had prepared. A token is in no log line; one that leads nowhere says so in words. */
export function addHandedFiles(
  server: Server,
  { handedFiles, addressLimits, texts, sentences }: HandedFileParts,
): void {
  on(server, 'GET', '/files/:token', async (request: Request, response: Response) => {
    const { token = '' } = request.params as { readonly token?: string };
    response.header('X-Robots-Tag', 'noindex');
    const file = /^[A-Za-z0-9_-]{43}$/.test(token) ? await handedFiles.take(token) : undefined;
    if (file) return sendFile(response, file);
    try {
      await addressLimits.refused(request);
    } catch (error) {
      if (error instanceof CommunityError) return sendTooMany(response, error);
      throw error;
    }
    response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(texts.for(sentences, languageOf(request))('file-gone'));
  });
}

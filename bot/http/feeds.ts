import type { Logger } from 'pino';
import type { Request, Response, Server } from 'restify';
import { createHash } from 'node:crypto';
import { CommunityError } from '../../domain/errors.ts';
import type { Clock } from '../ports.ts';
import type { Feature, Feed } from '../feature.ts';
import type { AddressLimits, Limits } from './limits.ts';
import type { Texts } from '../text.ts';
import { sendTooMany } from './errors.ts';
import { on } from './on.ts';
import { errorText } from '../shared/error-text.ts';

/**
 * How long a file is given out again before it is made anew, in milliseconds: a program that asks every second costs
 * Graph one reading a minute.
 */
const fresh = 60_000;
/** Most files kept at a time. */
const mostKept = 500;

export interface FeedParts {
  readonly features: readonly Feature[];
  readonly texts: Texts;
  readonly now: Clock;
  readonly limits: Pick<Limits, 'feed'>;
  readonly addressLimits: Pick<AddressLimits, 'refused'>;
  readonly log: Logger;
}

/**
 * Files for all who know their link: `GET /<path>/<token>.<ending>`. A token is in no log line and no answer; one that
 * leads nowhere, or no longer, looks like an address that never was.
 */
export function addFeeds(server: Server, { features, texts, now, limits, addressLimits, log }: FeedParts): void {
  for (const feature of features) for (const feed of feature.feeds ?? []) addFeed(feature, feed);

  function addFeed(feature: Feature, feed: Feed): void {
    const kept = new Map<string, { readonly at: number; readonly file: Promise<string> }>();

    /** The file that was made less than a minute ago, or a new one. Whether the link still works is asked each time. */
    async function read(token: string): Promise<string | undefined> {
      const make = await feed.open(token);
      if (!make) return undefined;
      await limits.feed(token);
      const before = kept.get(token);
      if (before && Math.abs(now().getTime() - before.at) < fresh) return before.file;
      const file = make(texts.for(feature.name, null));
      kept.set(token, { at: now().getTime(), file });
      if (kept.size > mostKept) kept.delete(kept.keys().next().value ?? '');
      // A failure is not kept: the next one asks anew.
      file.catch(() => kept.delete(token));
      return file;
    }

    on(server, 'GET', `/${feed.path}/:file`, async (request: Request, response: Response) => {
      const token = tokenIn((request.params as { readonly file?: string }).file ?? '', feed.ending);
      try {
        const file = token === null ? undefined : await read(token);
        if (!file) await addressLimits.refused(request);
        if (!file)
          return void response.json(404, { code: 'not-found', message: 'There is nothing here, or no longer' });
        const etag = `"${createHash('sha256').update(file).digest('base64url')}"`;
        response.setHeader('Cache-Control', 'private, max-age=300');
        response.header('ETag', etag);
        response.header('X-Robots-Tag', 'noindex');
        if (request.headers['if-none-match'] === etag) return void response.send(304);
        response.writeHead(200, { 'Content-Type': feed.type, 'Content-Length': Buffer.byteLength(file) });
        response.end(file);
      } catch (error) {
        if (error instanceof CommunityError && error.code === 'too-many-requests') {
          return sendTooMany(response, error);
        }
        // Calendars keep what they have when they are told to come back later; half of a plan would look like the
        // whole.
        const expected = error instanceof CommunityError;
        const ids = {
          feature: feature.name,
          ...(expected ? { code: error.code } : {}),
          error: errorText(error),
        };
        if (expected) log.warn(ids, 'a feed could not be made');
        else log.error({ ...ids, stack: error instanceof Error ? error.stack : undefined }, 'a feed failed');
        response.header('Retry-After', '300');
        response.json(503, { code: 'unavailable', message: 'Please ask again in a few minutes' });
      }
    });
  }
}

function tokenIn(file: string, ending: string): string | null {
  const found = /^([A-Za-z0-9_-]{20,100})\.([a-z]+)$/.exec(file);
  return found?.[2] === ending ? (found[1] ?? null) : null;
}

import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';
import { z } from 'zod';
import { liveTopics, Present } from '../../domain/live/live.ts';
import type { Database } from '../database/connection.ts';
import { errorText } from '../shared/error-text.ts';

const News = z.object({
  community: z.string(),
  topics: z.array(z.enum(liveTopics)).readonly(),
  /** Whether people came or left. */
  people: z.boolean(),
  /** Who has the community open with that server. */
  here: z.array(Present).readonly().optional(),
});
/** What one server tells the others. */
export type News = z.infer<typeof News>;

const Sent = News.extend({ from: z.string() });

export interface RelayListener {
  /** @param from one server, as long as it runs */
  hear(news: News, from: string): void;
  /** For a while nothing could be heard. */
  missed(): void;
}

export interface Relay {
  /** Never fails: whoever does not hear of it finds it when they next ask. */
  send(news: News): void;
  listen(listener: RelayListener): void;
  stop(): Promise<void>;
}

const channel = 'cop_companion_live';

/** How long to wait before listening again, in milliseconds: at first, and at most. */
const soonest = 500;
const latest = 30_000;

/**
 * PostgreSQL's LISTEN and NOTIFY, between servers on one database. It takes a connection of its own, which a pooler in
 * transaction mode does not give: there tabs find changes when they next ask.
 */
export function createRelay({ db, postgres }: Pick<Database, 'db' | 'postgres'>, log: Logger): Relay | null {
  if (postgres === null) return null;
  const connection = postgres;
  const me = randomUUID();
  const stopping = new AbortController();
  let client: pg.Client | undefined;
  let done: Promise<void> = Promise.resolve();

  /** Listens until the connection ends; says when it has begun. */
  async function listenOnce(listener: RelayListener, begun: () => void): Promise<void> {
    const own = new pg.Client({ ...connection, application_name: 'cop-companion-live', keepAlive: true });
    client = own;
    const ended = new Promise<void>(resolve => own.once('end', resolve));
    own.on('error', () => {});
    own.on('notification', ({ payload }) => {
      const sent = Sent.safeParse(parsed(payload));
      if (!sent.success) return;
      const { from, ...news } = sent.data;
      if (from !== me) listener.hear(news, from);
    });
    try {
      await own.connect();
      await own.query(`LISTEN ${channel}`);
      begun();
      await ended;
    } finally {
      await own.end().catch(() => {});
    }
  }

  async function keepListening(listener: RelayListener): Promise<void> {
    let pause = soonest;
    let isFirst = true;
    while (!stopping.signal.aborted) {
      try {
        await listenOnce(listener, () => {
          pause = soonest;
          if (!isFirst) listener.missed();
          isFirst = false;
        });
      } catch (error) {
        if (!stopping.signal.aborted)
          log.warn({ error: errorText(error) }, 'what other servers change cannot be heard; it is tried again');
      }
      await wait(pause, undefined, { signal: stopping.signal }).catch(() => {});
      pause = Math.min(pause * 2, latest);
    }
  }

  return {
    send(news) {
      sql`SELECT pg_notify(${channel}, ${JSON.stringify({ ...news, from: me })})`
        .execute(db)
        .catch((error: unknown) => log.debug({ error: errorText(error) }, 'other servers were not told of a change'));
    },
    listen: listener => void (done = keepListening(listener)),
    async stop() {
      stopping.abort();
      await client?.end().catch(() => {});
      await done;
    },
  };
}

function parsed(payload: string | undefined): unknown {
  try {
    return JSON.parse(payload ?? '');
  } catch {
    return undefined;
  }
}

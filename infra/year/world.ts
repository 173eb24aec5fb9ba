import { Writable } from 'node:stream';
import getPort from 'get-port';
import { sql } from 'kysely';
import { pino } from 'pino';
import { Temporal } from 'temporal-polyfill';
import { startApp, type App } from '../../bot/app.ts';
import { openDatabase } from '../../bot/database/connection.ts';
import type { Db } from '../../bot/database/tables.ts';
import type { AnyEndpoint } from '../../domain/endpoint.ts';
import { startMicrosoft365, type Microsoft365 } from '../local/microsoft365.ts';
import { localConfig, localOutside } from '../local/product.ts';
import { sampleTeam, sampleZone, seedPeople } from '../local/sample-people.ts';
import { bringSampleToLife } from '../local/sample.ts';

/** The product and a Microsoft 365 of its own in this process, with a clock that only the year moves. */
export interface World {
  readonly microsoft365: Microsoft365;
  /** The product's database, to look into. */
  readonly db: Db;
  /** What the product wrote to its log as a warning or worse, in order. */
  readonly complaints: readonly string[];
  /** Moves the clock to this time of this day in the community's zone, and waits until all that fell due is done. */
  moveTo(day: string, time: string): Promise<void>;
  /** Waits until nothing is under way: no job, no activity, no message. */
  settled(): Promise<void>;
  /** Does what is done by night. */
  night(): Promise<void>;
  /** Asks the API of the tab as this person. */
  ask<Answer>(person: string, endpoint: AnyEndpoint, options?: AskOptions): Promise<Asked<Answer>>;
  stop(): Promise<void>;
}

interface AskOptions {
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Null says that there must be none yet. */
  readonly etag?: string | null;
}

interface Asked<Answer> {
  readonly status: number;
  readonly body: Answer;
}

/** How long work may take that is under way, in milliseconds: a message whose send failed waits longer than that. */
const patience = 60_000;
/** How often to look whether it is done, in milliseconds: each look takes the database as long as a little work. */
const lookEvery = 20;

/** @param begins the day on which the app is added and set up: YYYY-MM-DD */
export async function startWorld(dataDir: string, begins: string): Promise<World> {
  const port = await getPort();
  const productUrl = `http://localhost:${port}`;
  const microsoft365 = await startMicrosoft365({ port: 0, dataDir: null, productUrl: () => productUrl });
  const complaints: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      complaints.push(chunk.toString().trim());
      done();
    },
  });
  microsoft365.clock.moveTo(momentOf(begins, '10:00'));
  const database = await openDatabase({ databaseUrl: null, dataDir });
  const config = localConfig({
    microsoft365Url: microsoft365.url,
    port,
    publicUrl: productUrl,
    dataDir,
    tabsDir: 'dist/tabs',
    // A year passes in minutes, so that a minute has the work of months.
    environment: { GRAPH_UNITS_A_MINUTE: '1000000' },
  });
  const app: App = await startApp(config, {
    ...localOutside(microsoft365),
    database,
    log: pino({ level: 'warn', base: null }, stream),
  });
  seedPeople(microsoft365.directory);
  await bringSampleToLife(microsoft365, productUrl);

  async function underWay(): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      SELECT ((SELECT count(*) FROM pgboss.job WHERE name = 'occasion' AND state IN ('created', 'retry', 'active'))
        + (SELECT count(*) FROM messages WHERE next_at IS NOT NULL)
        + (SELECT count(*) FROM inbox WHERE next_at IS NOT NULL))::int AS count`.execute(database.db);
    return rows[0]?.count ?? 0;
  }
  async function settled(): Promise<void> {
    const end = performance.now() + patience;
    while ((await underWay()) > 0) {
      if (performance.now() > end)
        throw new Error(`something is still under way after ${patience / 1000} s:\n${complaints.slice(-5).join('\n')}`);
      await new Promise(resolve => setTimeout(resolve, lookEvery));
    }
  }

  return {
    microsoft365,
    db: database.db,
    complaints,
    async moveTo(day, time) {
      microsoft365.clock.moveTo(momentOf(day, time));
      await app.checkCalendar();
      await settled();
    },
    settled,
    async night() {
      await app.forget();
      await settled();
    },
    async ask<Answer>(person: string, { method, path }: AnyEndpoint, { params = {}, body, etag }: AskOptions = {}) {
      const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
        encodeURIComponent(params[name] ?? sampleTeam.id),
      );
      const condition = etag === null ? { 'If-None-Match': '*' } : { 'If-Match': etag ?? '' };
      const response = await fetch(productUrl + filled, {
        method,
        headers: {
          Authorization: `Bearer ${await microsoft365.entra.issueTabToken(person)}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(etag === undefined ? {} : condition),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as Answer };
    },
    async stop() {
      await app.close();
      await microsoft365.close();
    },
  };
}

/** The moment of this time (HH:MM) on this day in the community's zone. */
function momentOf(day: string, time: string): Date {
  const zoned = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: sampleZone, plainTime: time });
  return new Date(zoned.epochMilliseconds);
}

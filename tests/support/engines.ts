import { join } from 'node:path';
import { openDatabase, type Database } from '../../bot/database/connection.ts';
import type { DatabasePlace } from '../../bot/database/trouble.ts';
import { temporaryFolder, untilEnd } from './clean-up.ts';
import { startPostgres, type Postgres } from './postgres.ts';
import { fillWithDatabase, makeTables } from './prepared.ts';

/** The two databases everything has to work on. */
export const engines = ['the embedded database', 'PostgreSQL'] as const;
export type Engine = (typeof engines)[number];

export interface OpenedEngine {
  readonly database: Database;
  readonly databaseUrl: string | null;
  /** Where the engine keeps its files. */
  readonly files: string;
  /** Another server on the same database; the embedded one has room for one only. */
  another(): Promise<Database>;
  close(): Promise<void>;
}

/** Gives databases of either kind whose tables are made and empty; PostgreSQL is started when first asked for. */
export function createEngines(): { open(engine: Engine): Promise<OpenedEngine>; stop(): Promise<void> } {
  let postgres: Promise<Postgres> | undefined;
  let prepared: Promise<string> | undefined;

  async function prepare({ database }: Postgres): Promise<string> {
    const databaseUrl = await database();
    await makeTables({ databaseUrl, dataDir: null });
    return databaseUrl;
  }

  async function newInPostgres(): Promise<string> {
    const started = await (postgres ??= startPostgres());
    return started.database(await (prepared ??= prepare(started)));
  }

  return {
    async open(engine) {
      const folder = engine === 'PostgreSQL' ? null : await temporaryFolder('database');
      if (folder) await fillWithDatabase(folder.path);
      const place: DatabasePlace = folder
        ? { databaseUrl: null, dataDir: folder.path }
        : { databaseUrl: await newInPostgres(), dataDir: null };
      const { databaseUrl, dataDir } = place;
      const database = await openDatabase(place);
      return {
        database,
        databaseUrl,
        files: dataDir ? join(dataDir, 'database') : ((await postgres)?.files ?? ''),
        another: () => openDatabase(place),
        close: untilEnd(async () => {
          await database.close();
          await folder?.remove();
        }),
      };
    },
    async stop() {
      // One that did not start has said so where it was wanted.
      await postgres?.then(
        started => started.stop(),
        () => {},
      );
    },
  };
}

/** Waits until something is so; fails with what it was waiting for. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  milliseconds = 45_000,
): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${milliseconds} ms in vain for ${what}`);
    await new Promise(resolve => setTimeout(resolve, 25));
  }
}

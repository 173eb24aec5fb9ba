import { cpSync, existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { openDatabase } from '../../bot/database/connection.ts';
import type { DatabasePlace } from '../../bot/database/trouble.ts';
import { startQueue } from '../../bot/scheduler/queue.ts';

/**
 * Puts an embedded database into a folder whose tables are made and empty, as a server leaves it that has done nothing
 * yet. The first of a run who needs one makes it, which takes seconds, and everybody has a copy: nobody meets what
 * another has left in theirs.
 */
export async function fillWithDatabase(dataDir: string): Promise<void> {
  const prepared = join(runFolder(), 'prepared');
  if (!existsSync(prepared)) {
    const unfinished = await mkdtemp(`${prepared}-`);
    await makeTables({ databaseUrl: null, dataDir: unfinished });
    await rename(unfinished, prepared).catch(async (error: unknown) => {
      // Another came first at the same time; theirs is as good.
      if (!existsSync(prepared)) throw error;
      await rm(unfinished, { recursive: true, force: true, maxRetries: 3 });
    });
  }
  cpSync(prepared, dataDir, { recursive: true });
}

/** What the first server makes on a new database: the product's tables and the queue's. */
export async function makeTables(where: DatabasePlace): Promise<void> {
  const database = await openDatabase(where);
  try {
    await (await startQueue(database, where.databaseUrl, pino({ level: 'silent' }))).stop();
  } finally {
    await database.close();
  }
}

/** Made before the tests and removed after them by `start-run.config.mjs` and `end-run.config.mjs`. */
function runFolder(): string {
  const folder = process.env['TEST_RUN_FOLDER'];
  if (!folder) throw new Error('there is no folder for this run of the tests: jest makes one.');
  return folder;
}

import { execFile } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { openDatabase } from '../../bot/database/connection.ts';
import type { DatabasePlace } from '../../bot/database/trouble.ts';
import { startQueue } from '../../bot/scheduler/queue.ts';

const vite = join(import.meta.dirname, '../../node_modules/vite/bin/vite.js');
const bundle = join(import.meta.dirname, 'bundle-server.config.mjs');

/**
 * Puts an embedded database into a folder whose tables are made and empty, as a server leaves it that has done nothing
 * yet. The first of a run who needs one makes it, which takes seconds, and everybody has a copy: nobody meets what
 * another has left in theirs.
 */
export async function fillWithDatabase(dataDir: string): Promise<void> {
  const prepared = await madeOnce('database', folder => makeTables({ databaseUrl: null, dataDir: folder }));
  cpSync(prepared, dataDir, { recursive: true });
}

/**
 * The program of `infra/local/instance.ts` with its packages in one file, made from the sources by the first of a run
 * who needs it. Reading three thousand files takes Node more than half of a start, so a test that starts servers again
 * and again has them start from this. Documents are made by a program beside the sources, which is missing here.
 */
export async function bundledServer(): Promise<string> {
  const folder = await madeOnce('server', made =>
    promisify(execFile)(process.execPath, [vite, 'build', '--config', bundle, '--outDir', made]),
  );
  return join(folder, 'instance.mjs');
}

/** What the first server makes on a new database: the product's tables and the queue's. */
export async function makeTables(where: DatabasePlace): Promise<void> {
  const database = await openDatabase(where);
  try {
    await (await startQueue(database, pino({ level: 'silent' }))).stop();
  } finally {
    await database.close();
  }
}

/** A folder of the run with what this makes in it; whoever comes later finds it made, and only reads it. */
async function madeOnce(name: string, make: (folder: string) => Promise<unknown>): Promise<string> {
  const made = join(runFolder(), name);
  if (existsSync(made)) return made;
  const unfinished = await mkdtemp(`${made}-`);
  await make(unfinished);
  await rename(unfinished, made).catch(async (error: unknown) => {
    // Another came first at the same time; theirs is as good.
    if (!existsSync(made)) throw error;
    await rm(unfinished, { recursive: true, force: true, maxRetries: 3 });
  });
  return made;
}

/** Made before the tests and removed after them by `start-run.config.mjs` and `end-run.config.mjs`. */
function runFolder(): string {
  const folder = process.env['TEST_RUN_FOLDER'];
  if (!folder) throw new Error('there is no folder for this run of the tests: jest makes one.');
  return folder;
}

import { PGlite } from '@electric-sql/pglite';
import { dataDir as preparedFiles } from '@electric-sql/pglite-prepopulatedfs';
import { Kysely, PGliteDialect, PGliteDriver, type DatabaseConnection, type PGliteDialectConfig } from 'kysely';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { prepareDataFolder } from './data-folder.ts';
import { lockFolder } from './folder-lock.ts';
import { refuseMoved } from './moved-mark.ts';
import type { Db, Tables } from './tables.ts';

export interface EmbeddedDatabase {
  readonly db: Db;
  readonly embedded: PGlite;
  close(): Promise<void>;
}

/**
 * Opens the database that runs in this process and keeps its files in this folder. The engine cannot tell that another
 * process has them open, and both would spoil them: a lock beside them lets one program in at a time.
 * @throws StartError when another has it open, or what was in it has been moved away
 */
export async function openEmbedded(dataDir: string): Promise<EmbeddedDatabase> {
  prepareDataFolder(dataDir);
  const letGo = lockFolder(dataDir);
  try {
    refuseMoved(dataDir);
    const embedded = await PGlite.create({ dataDir: await embeddedFiles(dataDir) });
    const db = new Kysely<Tables>({ dialect: new ExclusiveDialect({ pglite: embedded }) });
    return { db, embedded, close: () => db.destroy().finally(letGo) };
  } catch (error) {
    letGo();
    throw error;
  }
}

/** Where the database lies in DATA_DIR. */
export function folderIn(dataDir: string): string {
  return join(dataDir, 'database');
}

/**
 * The folder of the embedded database. A new one is unpacked, which takes a quarter of the time of making it, beside
 * its place and then moved there: a server that is killed in between starts anew, and never with half a database.
 */
async function embeddedFiles(dataDir: string): Promise<string> {
  const folder = folderIn(dataDir);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  await (await PGlite.create({ dataDir: unfinished, loadDataDir: await preparedFiles() })).close();
  renameSync(unfinished, folder);
  return folder;
}

/**
 * Kysely's PGlite driver hands the same connection to everyone, so a query from elsewhere would run inside another
 * caller's open transaction. This one gives it to one at a time, and lets timers and the network have their turn in
 * between: a query of PGlite's occupies the thread, and those who wait for one would otherwise follow without a gap.
 */
class ExclusiveDriver extends PGliteDriver {
  #free: Promise<void> = Promise.resolve();
  #release: () => void = () => {};
  #isClosed = false;

  override async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#free;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#free = promise;
    await before;
    this.#release = resolve;
    return super.acquireConnection();
  }

  override async releaseConnection(): Promise<void> {
    setImmediate(this.#release);
  }

  /** Once it is closed, Kysely's driver would wait for the begin for ever, and leave the reason to nobody. */
  override async beginTransaction(...args: Parameters<PGliteDriver['beginTransaction']>): Promise<void> {
    if (this.#isClosed) throw new Error('the embedded database is closed');
    await super.beginTransaction(...args);
  }

  override async destroy(): Promise<void> {
    this.#isClosed = true;
    await super.destroy();
  }
}

class ExclusiveDialect extends PGliteDialect {
  readonly #config: PGliteDialectConfig;

  constructor(config: PGliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): PGliteDriver {
    return new ExclusiveDriver(this.#config);
  }
}

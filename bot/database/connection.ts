import type { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { StartError } from '../start-error.ts';
import { folderIn, openEmbedded } from './embedded.ts';
import { migrations } from './migrations.ts';
import { postgresConnection, type PostgresConnection } from './postgres-connection.ts';
import type { Db, Tables } from './tables.ts';
import { databaseTrouble, type DatabasePlace } from './trouble.ts';

export interface Database {
  readonly db: Db;
  /** The embedded engine, when that is what runs; the job queue shares it. */
  readonly embedded: PGlite | null;
  /** How PostgreSQL is reached, when that is what runs; the job queue has connections of its own to it. */
  readonly postgres: PostgresConnection | null;
  close(): Promise<void>;
}

/**
 * Opens PostgreSQL when there is an address, else the embedded database in this folder, and brings its tables up to
 * date.
 * @throws StartError with what to do when that is not possible
 */
export async function openDatabase(where: DatabasePlace): Promise<Database> {
  let opened: Database | undefined;
  try {
    opened =
      where.databaseUrl === null
        ? { ...(await openEmbedded(where.dataDir)), postgres: null }
        : openPostgres(postgresConnection(where.databaseUrl, where.password));
    await migrate(opened.db);
    return opened;
  } catch (error) {
    // An embedded database that ran out of room may not be able to close either.
    await opened?.close().catch(() => {});
    throw databaseTrouble(error, where);
  }
}

/**
 * Opens PostgreSQL as it is, whatever version of the tables is there. Whether anybody answers shows with the first
 * query.
 */
export function lookIntoDatabase(databaseUrl: string, password: (() => Promise<string>) | null): Database {
  return openPostgres(postgresConnection(databaseUrl, password));
}

/**
 * Opens the embedded database in this folder to read it as it is: none is made, and no table changes.
 * @throws StartError when there is none, or its tables are not those of this version
 */
export async function readEmbedded(dataDir: string): Promise<Database> {
  if (!existsSync(folderIn(dataDir)))
    throw new StartError(
      `DATA_DIR is ${dataDir}, and there is no embedded database in it. Set DATA_DIR to the folder in which the server has run.`,
    );
  let opened: Database | undefined;
  try {
    opened = { ...(await openEmbedded(dataDir)), postgres: null };
    if (await isUpToDate(opened.db)) return opened;
    throw new StartError(
      `DATA_DIR is ${dataDir}, and the database there is of another version. Start the server of this version on it ` +
        'once, and stop it again.',
    );
  } catch (error) {
    await opened?.close().catch(() => {});
    throw databaseTrouble(error, { databaseUrl: null, dataDir });
  }
}

/**
 * How long to wait for a connection, in milliseconds; a server that is not there must not hold up
 * the start for long.
 */
const connectWithin = 5000;

function openPostgres(connection: PostgresConnection): Database {
  const pool = new pg.Pool({ ...connection, max: 10, connectionTimeoutMillis: connectWithin });
  // A connection that breaks is replaced, and the query that used it fails; without listeners, one for
  // the idle and one for those in use, it would end the process.
  pool.on('error', () => {});
  pool.on('connect', client => void client.on('error', () => {}));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { db, embedded: null, postgres: connection, close: () => db.destroy() };
}

async function migrate(db: Db): Promise<void> {
  // Kysely's migrator reads the whole catalog to find its tables, which is a fifth of opening the embedded one.
  if (await isUpToDate(db)) return;
  const later = await laterMigrations(db);
  if (later.length > 0)
    throw new StartError(
      `A later version of CoP Companion has brought the database up to date (${later.join(', ')}), and this one does not ` +
        'know what that means. Start that version, or bring the backup from before it back.',
    );
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableName: 'cop_migrations',
    migrationLockTableName: 'cop_migrations_lock',
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw new Error('the database could not be brought up to date', { cause: error });
}

/** Whether exactly these migrations have run. */
async function isUpToDate(db: Db): Promise<boolean> {
  return isDeepStrictEqual(await migrationsIn(db), new Set(Object.keys(migrations)));
}

/** Those that have run and are not known here. */
async function laterMigrations(db: Db): Promise<readonly string[]> {
  return [...(await migrationsIn(db))].filter(name => !Object.hasOwn(migrations, name));
}

async function migrationsIn(db: Db): Promise<ReadonlySet<string>> {
  const { rows: tables } = await sql<{ found: boolean }>`
    SELECT to_regclass('cop_migrations') IS NOT NULL AS found`.execute(db);
  if (!tables[0]?.found) return new Set();
  const { rows } = await sql<{ name: string }>`SELECT name FROM cop_migrations`.execute(db);
  return new Set(rows.map(({ name }) => name));
}

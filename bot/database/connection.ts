import type { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { isDeepStrictEqual } from 'node:util';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { openEmbedded } from './embedded.ts';
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
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableName: 'cop_migrations',
    migrationLockTableName: 'cop_migrations_lock',
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw new Error('the database could not be brought up to date', { cause: error });
}

/** Whether exactly these migrations have run; what a later version has done besides is the migrator's to refuse. */
async function isUpToDate(db: Db): Promise<boolean> {
  const { rows: tables } = await sql<{ found: boolean }>`
    SELECT to_regclass('cop_migrations') IS NOT NULL AS found`.execute(db);
  if (!tables[0]?.found) return false;
  const { rows } = await sql<{ name: string }>`SELECT name FROM cop_migrations`.execute(db);
  return isDeepStrictEqual(new Set(rows.map(({ name }) => name)), new Set(Object.keys(migrations)));
}

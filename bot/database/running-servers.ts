import { sql } from 'kysely';
import { StartError } from '../start-error.ts';
import type { Db } from './tables.ts';

/** By which PostgreSQL knows a server of ours, for as long as it runs. */
export const serverName = 'cop-companion-queue';

/** @throws StartError when a server runs on this database */
export async function refuseServers(db: Db): Promise<void> {
  const { rows } = await sql`
    SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = ${serverName} LIMIT 1`.execute(
    db,
  );
  if (rows.length === 0) return;
  throw new StartError('A server runs on the database of DATABASE_URL. Stop it, and run this again.');
}

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../start-error.ts';

const markIn = (dataDir: string): string => join(dataDir, 'database.moved');

/** Notes that what is in the embedded database of this folder is in PostgreSQL now. */
export function markMoved(dataDir: string, at: Date): void {
  writeFileSync(markIn(dataDir), `${at.toISOString()}\n`, { mode: 0o600 });
}

/**
 * A server that went on from here would send again what the one on PostgreSQL has sent since.
 * @throws StartError with both ways to go on
 */
export function refuseMoved(dataDir: string): void {
  if (!existsSync(markIn(dataDir))) return;
  throw new StartError(
    `DATA_DIR is ${dataDir}, and the database there has been moved to PostgreSQL. Set DATABASE_URL to where it is now. ` +
      `To go on here after all, with the state of then, delete ${markIn(dataDir)}: what was sent since may be sent again.`,
  );
}

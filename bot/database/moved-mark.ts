import { existsSync, readFileSync, writeFileSync } from 'node:fs';
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

/**
 * What was moved once must not be moved again beside what has been written there since.
 * @throws StartError with what to do instead
 */
export function refuseSecondMove(dataDir: string): void {
  const mark = markIn(dataDir);
  if (!existsSync(mark)) return;
  throw new StartError(
    `DATA_DIR is ${dataDir}, and the database there was moved to PostgreSQL already, on ${readFileSync(mark, 'utf8').slice(0, 10)}. ` +
      'Nothing was done: start the server with DATABASE_URL, npm run serve. To move it once more, as it was then, into another ' +
      `database that is empty, delete ${mark} first.`,
  );
}

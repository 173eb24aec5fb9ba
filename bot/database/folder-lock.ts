import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isNativeError } from 'node:util/types';
import { StartError } from '../start-error.ts';

/** What SQLite calls a lock that another holds. */
const busy = 5;

/**
 * Keeps every other program off the embedded database in this folder until it is let go of. SQLite locks its file
 * through the operating system, on each of them, so that a process that is killed leaves no lock behind.
 * @returns lets go
 * @throws StartError when another program has it
 */
export function lockFolder(dataDir: string): () => void {
  const lock = new DatabaseSync(join(dataDir, 'database.lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new StartError(
      `DATA_DIR is ${dataDir}, and another program has the database there open: the embedded one takes one at a time. ` +
        'Whoever runs the server stops the other one first; several servers need PostgreSQL (DATABASE_URL).',
      { cause: error },
    );
  }
  return () => {
    if (lock.isOpen) lock.close();
  };
}

function isBusy(error: unknown): boolean {
  return isNativeError(error) && 'errcode' in error && error.errcode === busy;
}

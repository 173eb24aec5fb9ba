import type { Config } from '../config.ts';
import type { Db } from '../database/tables.ts';
import { databaseTrouble } from '../database/trouble.ts';
import { checkWrites } from '../database/write-check.ts';
import { codeOf } from '../start-error.ts';
import { gap, good, hint, unknown, type Check } from './check.ts';

export interface DatabaseParts {
  /** Null where only the server that runs may open it: the embedded one takes one program at a time. */
  readonly db: Db | null;
  readonly config: Pick<Config, 'databaseUrl' | 'dataDir'>;
}

/** PostgreSQL's code for a table that is not there. */
const noTable = '42P01';

/** Whether the database can be reached, and takes writes. */
export function databaseCheck({ db, config }: DatabaseParts): Check {
  return {
    name: 'database',
    async look() {
      if (db === null) return unknown('database-embedded', { dataDir: config.dataDir });
      try {
        await checkWrites(db);
        return good;
      } catch (error) {
        if (codeOf(error) === noTable) return hint('database-new');
        return gap('database', { said: databaseTrouble(error, config).message });
      }
    },
  };
}

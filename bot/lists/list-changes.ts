import { sql } from 'kysely';
import type { Logger } from 'pino';
import { createBatch } from '../shared/batch.ts';
import type { Database } from '../database/connection.ts';
import { errorText } from '../shared/error-text.ts';

/** Which version of a list our servers have made together: readings of an older one are not given out. */
export interface Changes {
  /** Undefined when nobody can tell at the moment. */
  version(list: string): Promise<string | undefined>;
  /** Somebody changed the list, or perhaps did. Never fails: what was saved is saved. */
  add(list: string): Promise<void>;
}

/** The embedded database has one server, which remembers by itself; servers that share a PostgreSQL count there. */
export function createChanges({ db, embedded }: Pick<Database, 'db' | 'embedded'>, log: Logger): Changes {
  /** Changes that only this server knows of. */
  const own = new Map<string, number>();
  const note = (list: string): void => void own.set(list, (own.get(list) ?? 0) + 1);
  if (embedded) {
    return {
      version: async list => String(own.get(list) ?? 0),
      add: async list => note(list),
    };
  }

  // The lists of one screen are asked for in the same moment: one question for all of them.
  const counted = createBatch<string, string>(async lists => {
    const rows = await db
      .selectFrom('list_changes')
      .selectAll()
      .where('list', '=', sql<string>`ANY(${[...new Set(lists)]}::text[])`)
      .execute();
    const found = new Map(rows.map(({ list, changes }) => [list, changes]));
    return lists.map(list => found.get(list) ?? '0');
  });

  return {
    async version(list) {
      try {
        return `${await counted(list)} ${own.get(list) ?? 0}`;
      } catch {
        return undefined;
      }
    },
    async add(list) {
      note(list);
      try {
        await db
          .insertInto('list_changes')
          .values({ list, changes: '1' })
          .onConflict(conflict =>
            conflict.column('list').doUpdateSet({ changes: sql<string>`list_changes.changes + 1` }),
          )
          .execute();
      } catch (error) {
        log.warn({ error: errorText(error) }, 'the other servers could not be told that a list was changed');
      }
    },
  };
}

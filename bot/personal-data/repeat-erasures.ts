import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Db } from '../database/tables.ts';
import type { Lists } from '../lists/model.ts';
import { errorText } from '../shared/error-text.ts';
import { whom, type Erasure, type ErasureLog } from './erasure-log.ts';
import { forgetInLists, forgetInTables } from './forget.ts';
import { noteErased } from './personal-data.ts';

export interface RepeatErasuresParts {
  readonly db: Db;
  readonly lists: Lists;
  readonly log: Logger;
  readonly erasures: ErasureLog;
}

export interface RepeatErasures {
  /** Of our own tables, before anything is sent: nobody who was forgotten is written to. */
  inTables(): Promise<void>;
  /** Everywhere, and then they are done. What fails is tried again by night. */
  everywhere(): Promise<void>;
}

/**
 * Forgets again who was forgotten after the backup was made that somebody has brought back: the database does not know
 * of it, and the log beside it does.
 */
export function createRepeatErasures({ db, lists, log, erasures }: RepeatErasuresParts): RepeatErasures {
  async function undone(): Promise<readonly Erasure[]> {
    const logged = await erasures.all();
    if (logged.length === 0) return [];
    const done = new Set((await db.selectFrom('erasures').select('id').execute()).map(({ id }) => id));
    return logged.filter(({ id }) => !done.has(id));
  }

  return {
    async inTables() {
      for (const erasure of await undone()) {
        const person = await find(db, erasure);
        if (person)
          await db.transaction().execute(tx => forgetInTables(tx, { ...erasure, person, at: new Date(erasure.at) }));
      }
    },
    async everywhere() {
      for (const erasure of await undone()) {
        try {
          const person = await find(db, erasure);
          if (person) await forgetInLists(lists.of(erasure.community), { id: person, name: '' });
          await db.transaction().execute(async tx => {
            if (person) await forgetInTables(tx, { ...erasure, person, at: new Date(erasure.at) });
            await noteErased(tx, erasure);
          });
          log.warn({ community: erasure.community }, 'somebody was forgotten again, whom a backup had brought back');
        } catch (error) {
          log.error(
            { community: erasure.community, error: errorText(error) },
            'somebody whom a backup had brought back could not be forgotten again yet; it is tried again tonight',
          );
        }
      }
    },
  };
}

/** Whom of all who are named anywhere in what is kept of this community. People are known by Entra's object ids. */
async function find(db: Db, { community, whom: hash }: Erasure): Promise<string | undefined> {
  const { rows } = await sql<{ person: string }>`
    SELECT DISTINCT found[1] AS person FROM (
      SELECT concat_ws(' ', key, value, changed_by) AS words FROM rows WHERE community = ${community}
      UNION ALL SELECT concat_ws(' ', recipient, period) FROM messages WHERE community = ${community}
      UNION ALL SELECT person FROM memberships WHERE community = ${community}
      UNION ALL SELECT person FROM leavers WHERE community = ${community}
      UNION ALL SELECT person FROM opt_outs WHERE community = ${community}
      UNION ALL SELECT person FROM topic_opt_outs WHERE community = ${community}
      UNION ALL SELECT person FROM mornings WHERE community = ${community}
      UNION ALL SELECT concat_ws(' ', person, period) FROM wishes WHERE community = ${community}
      UNION ALL SELECT person FROM gatherings WHERE community = ${community}
      UNION ALL SELECT subject FROM calendar_links WHERE kind = 'person'
      UNION ALL SELECT concat_ws(' ', installed_by, settings) FROM communities WHERE id = ${community}
    ) kept, regexp_matches(words, '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}', 'g') found`.execute(
    db,
  );
  return rows.map(({ person }) => person).find(person => whom(community, person) === hash);
}

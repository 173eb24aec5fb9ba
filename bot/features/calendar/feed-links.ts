import { createHash, randomBytes } from 'node:crypto';
import type { CalendarLinks, CalendarOf } from '../../feature.ts';
import type { Db } from '../../database/database.ts';

/** 256 bits: nobody guesses one, however often they ask. */
const tokenBytes = 32;

/**
 * Links to calendars, in our own database. Of a token only its hash is kept: who reads the database reads no calendar.
 */
export function createCalendarLinks(db: Db): CalendarLinks {
  return {
    async find(of) {
      const row = await db
        .selectFrom('calendar_links')
        .select(['made_by', 'made_at'])
        .where('kind', '=', of.kind)
        .where('subject', '=', of.id)
        .executeTakeFirst();
      return row && { madeBy: row.made_by, madeAt: row.made_at };
    },

    async make(of, by, at) {
      const token = randomBytes(tokenBytes).toString('base64url');
      const values = { token: hash(token), made_by: by, made_at: at };
      await db
        .insertInto('calendar_links')
        .values({ kind: of.kind, subject: of.id, ...values })
        .onConflict(conflict => conflict.columns(['kind', 'subject']).doUpdateSet(values))
        .execute();
      return token;
    },

    async revoke(of) {
      await db.deleteFrom('calendar_links').where('kind', '=', of.kind).where('subject', '=', of.id).execute();
    },

    async open(token) {
      const row = await db
        .selectFrom('calendar_links')
        .select(['kind', 'subject'])
        .where('token', '=', hash(token))
        .executeTakeFirst();
      return row && ({ kind: row.kind, id: row.subject } satisfies CalendarOf);
    },
  };
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

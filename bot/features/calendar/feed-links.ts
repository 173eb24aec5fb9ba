import { createHash, randomBytes } from 'node:crypto';

import type { Db } from '../../database/tables.ts';
import type { Person } from '../../../domain/community.ts';

/** Whose calendar it is: a person's, by their id, or a community's. */
export interface CalendarOf {
  readonly kind: 'person' | 'community';
  readonly id: string;
}

/** Links that lead to a calendar without signing in, at most one for each calendar. */
export interface CalendarLinks {
  /** Who made the link that works, and when; the link itself is not kept. */
  find(of: CalendarOf): Promise<{ readonly madeBy: Person; readonly madeAt: Date } | undefined>;
  /** Returns the token of a new link. The one before it leads nowhere from now on. */
  make(of: CalendarOf, by: Person, at: Date): Promise<string>;
  /** May be repeated. */
  revoke(of: CalendarOf): Promise<void>;
  /** Whose calendar this token leads to, or undefined when it leads nowhere. */
  open(token: string): Promise<CalendarOf | undefined>;
}

/** 256 bits cannot be guessed, however often one tries. */
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

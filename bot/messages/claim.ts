import { sql, type Selectable } from 'kysely';
import type { Db, MessagesTable } from '../database/tables.ts';
import type { Clock } from '../ports.ts';
import { clock } from './rate-limiter.ts';

type Message = Selectable<MessagesTable>;

/** A message in our hands. */
export interface Taken {
  readonly message: Message;
  /** When its thread was called, by the database's clock, and how that clock relates to ours. */
  readonly calls: readonly number[];
  readonly offset: number;
  readonly since: number;
}

/** How long a taken message is ours, in milliseconds. */
export const lease = 30_000;

export function createTaking(db: Db, now: Clock): (most: number) => Promise<readonly Taken[]> {
  /**
   * Takes messages that are due, one for each thread, for as long as the lease; settles those that must not be sent any
   * more.
   */
  return function take(most: number): Promise<readonly Taken[]> {
    return db.transaction().execute(async transaction => {
      const due = await transaction
        .selectFrom('messages as message')
        .leftJoin('threads', 'threads.thread', 'message.thread')
        .selectAll('message')
        .select(({ exists, selectFrom }) =>
          exists(
            selectFrom('opt_outs')
              .select('person')
              .whereRef('opt_outs.community', '=', 'message.community')
              .whereRef('opt_outs.person', '=', 'message.recipient'),
          ).as('opted_out'),
        )
        .where('message.next_at', '<=', sql<Date>`clock_timestamp()`)
        .where(sql<boolean>`coalesce(threads.busy_until, 0) <= ${sql.raw(clock)}`)
        .orderBy('message.bulk')
        .orderBy('message.next_at')
        .limit(most)
        .forUpdate('message')
        .skipLocked()
        .execute();
      if (due.length === 0) return [];

      const moment = now();
      const over = due.filter(
        message => message.state !== 'sent' && message.expires_at !== null && message.expires_at <= moment,
      );
      const unwanted = due.filter(message => message.state !== 'sent' && message.opted_out && !over.includes(message));
      for (const [state, settled] of [
        ['expired', over],
        ['opted-out', unwanted],
      ] as const) {
        if (settled.length === 0) continue;
        await transaction
          .updateTable('messages')
          .set(row => ({
            state,
            reason: state,
            next_at: null,
            changed_at: moment,
            uncertain: row('uncertain', '+', doubtOf()),
          }))
          .where(
            'id',
            'in',
            settled.map(message => message.id),
          )
          .execute();
      }

      const wanted = new Map<string, Message>();
      for (const message of due)
        if (!over.includes(message) && !unwanted.includes(message) && !wanted.has(message.thread))
          wanted.set(message.thread, message);
      if (wanted.size === 0) return [];
      // In order of name, so that two servers never wait for each other; who comes second gets nothing.
      const threads = await sql<{ thread: string; calls: number[]; now: number }>`
        INSERT INTO threads (thread, busy_until) SELECT name, ${sql.raw(clock)} + ${lease} FROM unnest(${[...wanted.keys()].toSorted()}::text[]) AS name
        ON CONFLICT (thread) DO UPDATE SET busy_until = excluded.busy_until WHERE threads.busy_until <= ${sql.raw(clock)}
        RETURNING thread, calls, ${sql.raw(clock)} AS now`.execute(transaction);
      const mine = threads.rows.flatMap(thread => {
        const message = wanted.get(thread.thread);
        return message ? [{ ...thread, message }] : [];
      });
      if (mine.length === 0) return [];
      await transaction
        .updateTable('messages')
        .set(row => ({
          attempts: row('attempts', '+', 1),
          uncertain: row('uncertain', '+', doubtOf()),
          state: sql<Message['state']>`CASE state WHEN 'sent' THEN 'sent' ELSE 'waiting' END`,
          next_at: sql<Date>`clock_timestamp() + ${lease} * interval '1 millisecond'`,
        }))
        .where(
          'id',
          'in',
          mine.map(({ message }) => message.id),
        )
        .execute();
      const since = performance.now();
      return mine.map(({ message, calls, now: theirs }) => ({
        message: {
          ...message,
          attempts: message.attempts + 1,
          uncertain: message.uncertain + (message.state === 'sending' ? 1 : 0),
        },
        calls,
        offset: theirs - since,
        since,
      }));
    });
  };
}

/** A row found in this state was in somebody's hands who never came back: nobody knows whether Teams took it. */
function doubtOf() {
  return sql<number>`CASE state WHEN 'sending' THEN 1 ELSE 0 END`;
}

import { sql } from 'kysely';
import type { Db } from './database.ts';

/** How long the list of messages remembers what nothing has happened to. */
const remembered = '13 months';

/** How long, after a survey’s last day, whom it reminded; by then its cards have turned. */
const reminded = '3 days';

/** How many rows one statement deletes, so that nobody waits for it for long. */
const batch = 5000;

export interface Forgotten {
  readonly messages: number;
  readonly threads: number;
  readonly gatherings: number;
}

/**
 * Deletes what is so old that nobody asks for it: messages that are settled, chats that nothing was sent to for hours, which
 * no limit remembers either, whom closed surveys reminded, and who was to get whose digest. What still waits is kept, however old.
 */
export async function forgetOld(db: Db, now: Date): Promise<Forgotten> {
  const before = sql`${now.toISOString()}::timestamptz - ${remembered}::interval`;
  const quiet = sql`(extract(epoch FROM clock_timestamp() - interval '2 hours') * 1000)::float8`;
  const over = sql`${now.toISOString()}::timestamptz - ${reminded}::interval`;
  // Whoever was reminded had not answered: with the survey, the reason to know that is over.
  const reminders = await deleteAll(sql`
    DELETE FROM messages WHERE id IN (
      SELECT id FROM messages WHERE kind = 'surveys.reminder' AND recipient <> 'channel' AND next_at IS NULL AND expires_at < ${over} LIMIT ${batch})`);
  return {
    messages: reminders + (await deleteAll(sql`DELETE FROM messages WHERE id IN (SELECT id FROM messages WHERE next_at IS NULL AND created_at < ${before} AND changed_at < ${before} LIMIT ${batch})`)),
    // Asked again outside: somebody may have begun to send there meanwhile.
    threads: await deleteAll(sql`
      DELETE FROM threads WHERE busy_until < ${quiet} AND thread IN (SELECT thread FROM threads WHERE busy_until < ${quiet} AND coalesce(calls[cardinality(calls)], 0) < ${quiet} LIMIT ${batch})`),
    gatherings: await deleteAll(sql`DELETE FROM gatherings WHERE month < to_char(${before}, 'YYYY-MM')`),
  };

  async function deleteAll(statement: ReturnType<typeof sql>): Promise<number> {
    for (let total = 0; ; ) {
      const { numAffectedRows } = await statement.execute(db);
      total += Number(numAffectedRows ?? 0);
      if (Number(numAffectedRows ?? 0) < batch) return total;
    }
  }
}

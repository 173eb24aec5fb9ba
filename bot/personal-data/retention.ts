import { sql } from 'kysely';
import type { Db } from '../database/tables.ts';

/**
 * How long each kind is kept that goes by its age. What has an end of its own goes with that: what a message says once
 * it is sent or settled, an activity once it is answered, an answer in the ballot box at the close of its survey, who
 * left after the administrator's days. docs/privacy.md says the same to people.
 */
const retention = {
  /** Whom the app wrote to, when, and what became of it. */
  messages: '13 months',
  /** When a chat was last called, which Teams' limits count. */
  threads: '2 hours',
  /** Which community's card brings a sponsor whose digest. */
  gatherings: '13 months',
  /** Who was sent a card on which morning: as long as a week counts how many, and a day for the zones. */
  mornings: '8 days',
  /** When a question was put that may be put again. */
  openQuestions: '13 months',
  /** Everything else that somebody was told in the morning, counted from its last day. */
  told: '3 days',
  /** Whom a survey asked, counted from its last day: until it has been counted, which waits a month for a key. */
  asked: '45 days',
  audit: '1 year',
  /** The calendar link of a person who is in no community any more, or of a community that lost the app. */
  calendarLinks: '1 day',
  /** Whom a survey reminded, or would have, counted from its last day; by then its cards have turned. */
  reminded: '3 days',
  /** That somebody was forgotten: a month longer than the log beside the database, which would have it done again. */
  erasures: '430 days',
  /** What people wrote about an event, from the day it was passed on; the card says so. */
  feedback: '1 year',
} as const;

/** How many rows one statement deletes, so that no other statement waits for it for long. */
const batch = 5000;

export interface Forgotten {
  readonly messages: number;
  readonly threads: number;
  readonly gatherings: number;
  readonly mornings: number;
  readonly audit: number;
  readonly calendarLinks: number;
  readonly chats: number;
  readonly handedFiles: number;
  readonly feedback: number;
  readonly erasures: number;
}

/**
 * Deletes what is so old that no screen shows it: messages that are settled, chats that nothing was sent to for hours,
 * which no limit remembers either, whom closed surveys reminded, who was to get whose digest, the audit trail, calendar
 * links that no person is left for, the words of feedback on events, and the chats of those who belong to no community.
 * What still waits is kept, however old.
 */
export async function forgetOld(db: Db, now: Date): Promise<Forgotten> {
  const olderThan = (age: string) => sql`${now.toISOString()}::timestamptz - ${age}::interval`;
  const dayBefore = (age: string) => sql`to_char(${olderThan(age)}, 'YYYY-MM-DD')`;
  const before = olderThan(retention.messages);
  const quiet = sql`(extract(epoch FROM clock_timestamp() - ${retention.threads}::interval) * 1000)::float8`;
  // Those who were reminded had not answered: with the survey, the reason to know that is over.
  const reminders = await deleteAll(sql`
    DELETE FROM messages WHERE id IN (
      SELECT id FROM messages
      WHERE kind = 'surveys.reminder' AND recipient <> 'channel' AND next_at IS NULL
        AND coalesce(expires_at, created_at) < ${olderThan(retention.reminded)}
      LIMIT ${batch})`);
  return {
    messages:
      reminders +
      (await deleteAll(
        sql`DELETE FROM messages WHERE id IN (SELECT id FROM messages WHERE next_at IS NULL AND created_at < ${before} AND changed_at < ${before} LIMIT ${batch})`,
      )),
    // Asked again outside: a server may have begun to send there meanwhile.
    threads: await deleteAll(sql`
      DELETE FROM threads WHERE busy_until < ${quiet} AND thread IN (SELECT thread FROM threads WHERE busy_until < ${quiet} AND coalesce(calls[cardinality(calls)], 0) < ${quiet} LIMIT ${batch})`),
    gatherings: await deleteAll(
      sql`DELETE FROM gatherings WHERE month < to_char(${olderThan(retention.gatherings)}, 'YYYY-MM')`,
    ),
    mornings:
      (await deleteAll(sql`DELETE FROM mornings WHERE day < ${dayBefore(retention.mornings)}`)) +
      (await deleteAll(sql`
        DELETE FROM wishes WHERE CASE
          WHEN again THEN coalesce(day, until) < ${dayBefore(retention.openQuestions)}
          WHEN kind = 'surveys.ask' THEN until < ${dayBefore(retention.asked)}
          ELSE until < ${dayBefore(retention.told)} END`)),
    audit: await deleteAll(
      sql`DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE last_at < ${olderThan(retention.audit)} LIMIT ${batch})`,
    ),
    // Of people who wrote to the bot once, and belong to no community.
    chats: await deleteAll(sql`
      DELETE FROM chats WHERE person IN (
        SELECT person FROM chats WHERE NOT EXISTS (SELECT FROM memberships WHERE memberships.person = chats.person)
          AND NOT EXISTS (SELECT FROM messages WHERE recipient = chats.person) LIMIT ${batch})`),
    handedFiles: await deleteAll(sql`DELETE FROM handed_files WHERE expires_at < ${now.toISOString()}::timestamptz`),
    erasures: await deleteAll(
      sql`DELETE FROM erasures WHERE id IN (SELECT id FROM erasures WHERE at < ${olderThan(retention.erasures)} LIMIT ${batch})`,
    ),
    // Their rows are written at the close. Words stand in rows of their own, one question a row, so numbers stay.
    feedback: await deleteAll(sql`
      DELETE FROM rows WHERE id IN (
        SELECT answers.id FROM rows answers JOIN rows surveys
          ON surveys.community = answers.community AND surveys.list = 'surveys' AND surveys.key = split_part(answers.key, '/', 1)
        WHERE answers.list = 'answers' AND answers.changed_at < ${olderThan(retention.feedback)}
          AND surveys.value LIKE '%"event":"%' AND answers.value ~ '"sheets":\\[\\{"[^"]*":"'
        LIMIT ${batch})`),
    calendarLinks: await deleteAll(sql`
      DELETE FROM calendar_links WHERE made_at < ${olderThan(retention.calendarLinks)} AND (
        (kind = 'person' AND NOT EXISTS (SELECT FROM memberships WHERE person = subject))
        OR (kind = 'community' AND EXISTS (SELECT FROM communities WHERE id = subject AND removed_at < ${olderThan(retention.calendarLinks)})))`),
  };

  async function deleteAll(statement: ReturnType<typeof sql>): Promise<number> {
    for (let total = 0; ; ) {
      const { numAffectedRows } = await statement.execute(db);
      total += Number(numAffectedRows ?? 0);
      if (Number(numAffectedRows ?? 0) < batch) return total;
    }
  }
}

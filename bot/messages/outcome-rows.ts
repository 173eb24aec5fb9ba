import { sql } from 'kysely';
import type { Db } from '../database/tables.ts';

/** What is written down of one claimed message and its conversation. Null leaves a column of the message as it is. */
export interface OutcomeRow {
  readonly id: string;
  /** As the claim, or the note that its call was about to be made, has left it: another one since makes this void. */
  readonly attempts: number;
  /** The version of the card that was claimed. */
  readonly version: number;
  readonly delivered: boolean;
  readonly changed_at: string;
  readonly state: string | null;
  readonly new_attempts: number;
  readonly conversation_id: string | null;
  readonly activity_id: string | null;
  readonly sent_at: string | null;
  readonly updated_at: string | null;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly failures: number | null;
  readonly uncertain: number | null;
  /** When to try again, in milliseconds from now; null for never. Not used for what was delivered. */
  readonly wait: number | null;
  readonly thread: string;
  /** The lease of the conversation that this was done under: it frees no later one. */
  readonly lease_end: number;
  /** Calls into the conversation that count, and when it is free, by the database's clock. */
  readonly calls: readonly number[];
  readonly free_at: number;
}

const columns = sql.raw(
  `id text, attempts integer, version integer, delivered boolean, changed_at timestamptz, state text, new_attempts integer,
   conversation_id text, activity_id text, sent_at timestamptz, updated_at timestamptz, reason text, detail text, failures integer,
   uncertain integer, wait double precision, thread text, lease_end double precision, calls double precision[], free_at double precision`,
);

/**
 * Writes these outcomes down, and frees their conversations. Several at once leave out what somebody else is writing
 * just now, a refresh of the same cards for example: waiting for one row while others are held could end in a deadlock.
 * @returns the ids of what was looked at
 */
export async function writeOutcomes(db: Db, rows: readonly OutcomeRow[]): Promise<ReadonlySet<string>> {
  const isAlone = rows.length === 1;
  const others = sql.raw(isAlone ? '' : 'SKIP LOCKED');
  const { rows: held } = await sql<{ id: string }>`
    WITH given AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS one (${columns})),
      own_messages AS MATERIALIZED (
        SELECT messages.id FROM messages WHERE messages.id = ANY(${rows.map(({ id }) => id)}::text[]) FOR UPDATE ${others}
      ),
      own_threads AS MATERIALIZED (
        SELECT threads.thread FROM threads WHERE threads.thread = ANY(${rows.map(({ thread }) => thread)}::text[]) FOR UPDATE ${others}
      ),
      held AS MATERIALIZED (
        SELECT given.* FROM given WHERE ${isAlone} OR (id IN (SELECT id FROM own_messages) AND thread IN (SELECT thread FROM own_threads))
      ),
      freed AS (
        UPDATE threads SET calls = held.calls, busy_until = held.free_at FROM held WHERE threads.thread = held.thread AND threads.busy_until = held.lease_end
      ),
      noted AS (
        UPDATE messages SET
          changed_at = held.changed_at,
          state = coalesce(held.state, messages.state),
          attempts = held.new_attempts,
          conversation_id = coalesce(held.conversation_id, messages.conversation_id),
          activity_id = coalesce(held.activity_id, messages.activity_id),
          sent_at = coalesce(held.sent_at, messages.sent_at),
          updated_at = coalesce(held.updated_at, messages.updated_at),
          reason = CASE WHEN NOT held.delivered THEN coalesce(held.reason, messages.reason) END,
          detail = CASE WHEN NOT held.delivered THEN coalesce(held.detail, messages.detail) END,
          failures = CASE WHEN held.delivered THEN 0 ELSE coalesce(held.failures, messages.failures) END,
          uncertain = coalesce(held.uncertain, messages.uncertain),
          sent_version = CASE WHEN held.delivered THEN held.version ELSE messages.sent_version END,
          -- A feature may have refreshed the card while it was on its way.
          next_at = CASE
            WHEN NOT held.delivered THEN clock_timestamp() + held.wait * interval '1 millisecond'
            WHEN messages.version <> held.version THEN clock_timestamp()
          END
        FROM held WHERE messages.id = held.id AND messages.attempts = held.attempts
          -- What was settled while it was claimed stays so, unless it arrived after all.
          AND (held.delivered OR messages.state IN ('waiting', 'sending', 'sent'))
      )
    SELECT id FROM held`.execute(db);
  return new Set(held.map(({ id }) => id));
}

import { sql, type Selectable } from 'kysely';
import { createHash, randomUUID } from 'node:crypto';
import type { Db, InboxTable } from '../database/tables.ts';

export type InboxRow = Selectable<InboxTable>;

/** What the inbox has to know of an activity; the rest passes through unread. */
export interface Received {
  readonly id?: string | undefined;
  readonly type: string;
  readonly conversation: { readonly id: string };
}

/** Teams may send an activity again; for so long we know that we have it. */
const rememberedFor = '48 hours';
/** For so long one that could not be read waits for a version of the server that can. */
const unreadFor = '14 days';

/** @returns false when the activity was there already */
export async function insertActivity(db: Db, activity: Received): Promise<boolean> {
  const added = await db
    .insertInto('inbox')
    .values({
      id: keyOf(activity),
      conversation: activity.conversation.id,
      activity: JSON.stringify(activity),
      next_at: sql<Date>`clock_timestamp()`,
    })
    .onConflict(conflict => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
}

/**
 * Keeps what could not be read, and does nothing with it: a row without a time is one that nobody claims.
 * @returns false when it was there already
 */
export async function insertUnread(
  db: Db,
  unread: { readonly json: string; readonly conversation: string },
): Promise<boolean> {
  const added = await db
    .insertInto('inbox')
    .values({
      id: createHash('sha256').update(unread.json).digest('base64url'),
      conversation: unread.conversation,
      activity: unread.json,
      next_at: null,
    })
    .onConflict(conflict => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
}

/** What could not be read is due again: once for each start of a server, which may be a newer one. */
export async function dueAnew(db: Db): Promise<void> {
  await sql`UPDATE inbox SET next_at = clock_timestamp(), attempts = 0 WHERE next_at IS NULL AND activity IS NOT NULL`.execute(
    db,
  );
}

export async function setAside(db: Db, id: string): Promise<void> {
  await db.updateTable('inbox').set({ next_at: null }).where('id', '=', id).execute();
}

/** Claims what is due, for the length of the lease in milliseconds: of each conversation only the oldest. */
export async function claimRows(db: Db, most: number, lease: number): Promise<readonly InboxRow[]> {
  const { rows } = await sql<InboxRow>`
    UPDATE inbox SET next_at = clock_timestamp() + ${lease} * interval '1 millisecond', attempts = attempts + 1
    WHERE id IN (
      SELECT id FROM inbox AS mine
      WHERE next_at <= clock_timestamp()
        AND NOT EXISTS (SELECT FROM inbox AS earlier WHERE earlier.conversation = mine.conversation AND earlier.next_at IS NOT NULL AND earlier.position < mine.position)
      ORDER BY position LIMIT ${most} FOR UPDATE SKIP LOCKED
    )
    RETURNING *`.execute(db);
  return rows;
}

/** As if they had never been claimed. */
export async function giveBack(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length > 0)
    await db
      .updateTable('inbox')
      .set({ next_at: sql<Date>`clock_timestamp()`, attempts: sql<number>`attempts - 1` })
      .where('id', 'in', ids)
      .execute();
}

export async function renewLease(db: Db, id: string, lease: number): Promise<void> {
  await sql`UPDATE inbox SET next_at = clock_timestamp() + ${lease} * interval '1 millisecond' WHERE id = ${id} AND next_at IS NOT NULL`.execute(
    db,
  );
}

/** What was said is forgotten; that it came is not. */
export async function finish(db: Db, id: string): Promise<void> {
  await db.updateTable('inbox').set({ activity: null, next_at: null }).where('id', '=', id).execute();
}

export async function postpone(db: Db, id: string, seconds: number): Promise<void> {
  await sql`UPDATE inbox SET next_at = clock_timestamp() + ${seconds} * interval '1 second' WHERE id = ${id}`.execute(
    db,
  );
}

export async function deleteOld(db: Db): Promise<void> {
  await sql`
    DELETE FROM inbox WHERE next_at IS NULL
      AND received_at < clock_timestamp() - CASE WHEN activity IS NULL THEN ${rememberedFor} ELSE ${unreadFor} END::interval`.execute(
    db,
  );
}

/** Activities without an id cannot be told apart, so each is new. */
function keyOf({ id, conversation }: Received): string {
  return createHash('sha256')
    .update(JSON.stringify([conversation.id, id ?? randomUUID()]))
    .digest('base64url');
}

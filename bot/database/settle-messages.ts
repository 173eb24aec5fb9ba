import { sql, type Transaction } from 'kysely';
import type { DeliveryReason } from '../../domain/delivery/delivery.ts';
import type { Db, Tables } from './tables.ts';

/** What is to be settled: all that waits in a community, of some of its people, or of one person everywhere. */
export interface Waiting {
  readonly community?: string;
  readonly people?: readonly string[];
  readonly reason: DeliveryReason;
  readonly at: Date;
}

/** What has not left yet never will, and the log says why. A call that is under way still notes its own outcome. */
export async function settleWaiting(
  db: Db | Transaction<Tables>,
  { community, people, reason, at }: Waiting,
): Promise<void> {
  if (people?.length === 0) return;
  await db
    .updateTable('messages')
    .set({ state: 'refused', reason, next_at: null, changed_at: at })
    .where('state', 'in', ['waiting', 'sending'])
    .$if(community !== undefined, query => query.where('community', '=', community ?? ''))
    .$if(people !== undefined, query => query.where('recipient', 'in', [...(people ?? [])]))
    .execute();
}

/** Sent messages of a community can no longer be replaced: where they are is forgotten, that they were sent is not. */
export async function forgetReferences(db: Transaction<Tables>, community: string): Promise<void> {
  await db
    .updateTable('messages')
    .set({ conversation_id: null, activity_id: null, next_at: null })
    .where('community', '=', community)
    .execute();
}

/** Forgets who was met in a community, or some of them, and the chats of those who were met nowhere else. */
export async function forgetPeople(
  db: Transaction<Tables>,
  community: string,
  people?: readonly string[],
): Promise<void> {
  if (people?.length === 0) return;
  const some = people ? sql`AND person IN (${sql.join(people)})` : sql``;
  await sql`
    DELETE FROM chats
    WHERE (person IN (SELECT person FROM memberships WHERE community = ${community}) OR person IN (SELECT recipient FROM messages WHERE community = ${community}))
      AND NOT EXISTS (SELECT FROM memberships WHERE memberships.person = chats.person AND memberships.community <> ${community}) ${some}`.execute(
    db,
  );
  await sql`DELETE FROM memberships WHERE community = ${community} ${some}`.execute(db);
  // A calendar of one's own shows what there is to do in one's communities: without any there is none.
  if (people)
    await sql`DELETE FROM calendar_links WHERE kind = 'person' AND subject IN (${sql.join(people)}) AND NOT EXISTS (SELECT FROM memberships WHERE person = subject)`.execute(
      db,
    );
}

/** Notes since when these people are gone; a person who is noted already left then. */
export async function startClock(
  db: Transaction<Tables>,
  { community, people, at }: { readonly community: string; readonly people: readonly string[]; readonly at: Date },
): Promise<void> {
  if (people.length === 0) return;
  await db
    .insertInto('leavers')
    .values(people.map(person => ({ community, person, left_at: at })))
    .onConflict(conflict => conflict.doNothing())
    .execute();
}

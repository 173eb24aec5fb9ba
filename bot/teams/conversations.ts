import { sql } from 'kysely';
import { settleWaiting } from '../database/settle-messages.ts';
import type { Db } from '../database/tables.ts';
import type { Clock } from '../ports.ts';
import { createBatch } from '../shared/batch.ts';
import type { TeamsActivity } from './activity.ts';
import { placeOf } from './place.ts';

/** The name under which the conversation's own sentences are kept, beside those of the features. */
export const botName = 'bot';

/** Where the app can write: each person's own chat, Teams' name for them, their language and zone; each team's channel. */
export interface ConversationReferences {
  /**
   * Remembers what an activity says of its sender, and where the Bot Connector answers for them and for their team.
   * Activities may come late and out of order: the newest is believed.
   * @param inOwnChat whether a personal conversation is the sender's own chat with us.
   */
  observe(activity: TeamsActivity, inOwnChat?: boolean): Promise<void>;
  /** A new member, of whom only the ids are known yet. */
  noteMember(person: string, userId: string, serviceUrl: string): Promise<void>;
  /** A chat that Teams opened. */
  noteChat(person: string, chat: OpenedChat): Promise<void>;
  /** The person whom Teams calls by this id of its own, if we know. */
  personOf(userId: string): Promise<string | undefined>;
  /** What is known of the way to a person. */
  chatOf(person: string): Promise<Chat>;
  /** Where a community's messages go; undefined while the app is not in the team. */
  teamOf(community: string): Promise<TeamReference | undefined>;
  /** Every other address of the Bot Connector that is known in this tenant, newest first: some few. */
  addresses(): Promise<readonly string[]>;
  /** The Bot Connector answered for this person, or for this community, at another address than was noted. */
  noteAddress(of: { readonly person: string } | { readonly community: string }, serviceUrl: string): Promise<void>;
  /** Teams no longer knows this chat. The person may have another by now. */
  forgetChat(conversationId: string): Promise<void>;
  /** A person removed the app from their own chat: what waits for them is settled, and the chat is forgotten. */
  forgetPerson(person: string): Promise<void>;
}

interface Chat {
  readonly conversationId: string | undefined;
  /** Teams' own id of the person. */
  readonly userId: string | undefined;
  readonly serviceUrl: string | undefined;
}

interface OpenedChat {
  readonly conversationId: string;
  readonly userId: string;
  readonly serviceUrl: string;
}

interface TeamReference {
  readonly channelId: string;
  /** General has the id of the team. */
  readonly generalChannelId: string;
  readonly serviceUrl: string;
}

export function createConversationReferences(db: Db, now: Clock): ConversationReferences {
  // Many messages leave at once, and each asks both of these.
  const chatOf = createBatch<string, Chat>(people => chatsOf(db, people));
  const teamOf = createBatch<string, TeamReference | undefined>(communities => teamsOf(db, communities));
  return {
    async observe(activity, inOwnChat = true) {
      const moments = { now: now(), at: new Date(activity.timestamp ?? now()) };
      await observePerson(db, activity, { ...moments, inOwnChat });
      await observeTeam(db, activity, moments);
    },
    noteMember: (person, userId, serviceUrl) => noteMember(db, { person, userId, serviceUrl }),
    noteChat: (person, chat) => noteChat(db, person, chat),
    async personOf(userId) {
      return (await db.selectFrom('chats').select('person').where('user_id', '=', userId).executeTakeFirst())?.person;
    },
    chatOf,
    addresses: () => addresses(db),
    noteAddress: (of, serviceUrl) => noteAddress(db, of, serviceUrl),
    teamOf,
    async forgetChat(conversationId) {
      await db
        .updateTable('chats')
        .set({ conversation_id: null })
        .where('conversation_id', '=', conversationId)
        .execute();
    },
    async forgetPerson(person) {
      await db.transaction().execute(async transaction => {
        await transaction.deleteFrom('chats').where('person', '=', person).execute();
        await settleWaiting(transaction, { people: [person], reason: 'blocked', at: now() });
      });
    },
  };
}

interface Moments {
  readonly now: Date;
  /** When the activity happened, as Teams says. */
  readonly at: Date;
}

/** How much newer an activity must be to be worth a write when it says nothing new, in SQL. */
const worthAWrite = sql`interval '1 hour'`;

/** Whether an activity is not older than what was believed. A time that is still to come is that of a wrong clock. */
function isNewer(table: 'chats' | 'communities', { now, at }: Moments) {
  const before = sql.ref(`${table}.heard_at`);
  return sql<boolean>`(${before} IS NULL OR ${before} <= ${at} OR ${before} > ${now})`;
}

function saysNews(table: 'chats' | 'communities', observed: object, { at }: Moments) {
  const changed = Object.entries(observed).map(
    ([column, value]) => sql<boolean>`${sql.ref(`${table}.${column}`)} IS DISTINCT FROM ${value}`,
  );
  const before = sql.ref(`${table}.heard_at`);
  const isMuchNewer = sql<boolean>`coalesce(${before} + ${worthAWrite} < ${at}, true)`;
  return sql<boolean>`(${sql.join([...changed, isMuchNewer], sql` OR `)})`;
}

async function observePerson(
  db: Db,
  { from, conversation, serviceUrl, locale, localTimezone }: TeamsActivity,
  { inOwnChat, ...moments }: Moments & { readonly inOwnChat: boolean },
): Promise<void> {
  if (!from.aadObjectId) return;
  const observed = {
    user_id: from.id,
    service_url: serviceUrl,
    ...(inOwnChat && conversation.conversationType === 'personal' ? { conversation_id: conversation.id } : {}),
    ...(locale ? { locale } : {}),
    ...(localTimezone ? { time_zone: localTimezone } : {}),
  };
  const heard = { ...observed, heard_at: moments.at };
  await db
    .insertInto('chats')
    .values({ person: from.aadObjectId, conversation_id: null, locale: null, time_zone: null, ...heard })
    .onConflict(conflict =>
      conflict
        .column('person')
        .doUpdateSet(heard)
        .where(isNewer('chats', moments))
        // Nearly every activity says what is known already: then no row is written.
        .where(saysNews('chats', observed, moments)),
    )
    .execute();
}

async function observeTeam(db: Db, activity: TeamsActivity, moments: Moments): Promise<void> {
  const place = placeOf(activity);
  if (!('team' in place)) return;
  const observed = { service_url: activity.serviceUrl };
  await db
    .updateTable('communities')
    .set({ ...observed, heard_at: moments.at })
    .where('thread_id', '=', place.team.id)
    .where(isNewer('communities', moments))
    .where(saysNews('communities', observed, moments))
    .execute();
}

/** More than a tenant has, unless something is very wrong. */
const mostAddresses = 5;

async function addresses(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ service_url: string }>`
    SELECT service_url FROM (SELECT service_url, heard_at FROM communities UNION ALL SELECT service_url, heard_at FROM chats) AS known
    GROUP BY service_url ORDER BY max(heard_at) DESC NULLS LAST LIMIT ${mostAddresses}`.execute(db);
  return rows.map(row => row.service_url);
}

async function noteAddress(
  db: Db,
  of: Parameters<ConversationReferences['noteAddress']>[0],
  serviceUrl: string,
): Promise<void> {
  // No activity said so: one that is still being read, and says another, is newer than what is known.
  const found = { service_url: serviceUrl };
  if ('person' in of) await db.updateTable('chats').set(found).where('person', '=', of.person).execute();
  else await db.updateTable('communities').set(found).where('id', '=', of.community).execute();
}

async function noteMember(
  db: Db,
  { person, userId, serviceUrl }: { readonly person: string; readonly userId: string; readonly serviceUrl: string },
): Promise<void> {
  await db
    .insertInto('chats')
    .values({
      person,
      user_id: userId,
      conversation_id: null,
      service_url: serviceUrl,
      locale: null,
      time_zone: null,
    })
    .onConflict(conflict => conflict.column('person').doUpdateSet({ user_id: userId }))
    .execute();
}

async function noteChat(db: Db, person: string, { conversationId, userId, serviceUrl }: OpenedChat): Promise<void> {
  const opened = { conversation_id: conversationId, service_url: serviceUrl };
  await db
    .insertInto('chats')
    .values({ person, user_id: userId, locale: null, time_zone: null, ...opened })
    .onConflict(conflict => conflict.column('person').doUpdateSet(opened))
    .execute();
}

async function chatsOf(db: Db, people: readonly string[]): Promise<readonly Chat[]> {
  const rows = await db
    .selectFrom('chats')
    .select(['person', 'conversation_id', 'user_id', 'service_url'])
    .where('person', '=', sql<string>`ANY(${people}::text[])`)
    .execute();
  const found = new Map(rows.map(row => [row.person, row]));
  return people.map(person => {
    const row = found.get(person);
    return {
      conversationId: row?.conversation_id ?? undefined,
      userId: row?.user_id ?? undefined,
      serviceUrl: row?.service_url,
    };
  });
}

async function teamsOf(db: Db, communities: readonly string[]): Promise<readonly (TeamReference | undefined)[]> {
  const rows = await db
    .selectFrom('communities')
    .select(['id', 'channel_id', 'thread_id', 'service_url'])
    .where('id', '=', sql<string>`ANY(${[...new Set(communities)]}::text[])`)
    .where('removed_at', 'is', null)
    .execute();
  const found = new Map(
    rows.map(row => [
      row.id,
      { channelId: row.channel_id, generalChannelId: row.thread_id, serviceUrl: row.service_url },
    ]),
  );
  return communities.map(community => found.get(community));
}

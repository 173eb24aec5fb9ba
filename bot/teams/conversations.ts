import { settleWaiting } from '../database/settle-messages.ts';
import type { Db } from '../database/tables.ts';
import type { Clock } from '../ports.ts';
import type { TeamsActivity } from './activity.ts';

/** The name under which the conversation's own sentences are kept, beside those of the features. */
export const botName = 'bot';

/** Where the app can write: each person's own chat, Teams' name for them, their language and zone; each team's channel. */
export interface ConversationReferences {
  /** Remembers what an activity says of its sender. */
  observe(activity: TeamsActivity): Promise<void>;
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
  /** Teams no longer knows this chat. The person may have another by now. */
  forgetChat(conversationId: string): Promise<void>;
  /** A person removed the app from their own chat: what waits for them is settled, and the chat is forgotten. */
  forgetPerson(person: string): Promise<void>;
}

interface Chat {
  readonly conversationId: string | undefined;
  /** Teams' own id of the person. */
  readonly userId: string | undefined;
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
  return {
    observe: activity => observe(db, activity),
    noteMember: (person, userId, serviceUrl) => noteMember(db, { person, userId, serviceUrl }),
    noteChat: (person, chat) => noteChat(db, person, chat),
    async personOf(userId) {
      return (await db.selectFrom('chats').select('person').where('user_id', '=', userId).executeTakeFirst())?.person;
    },
    async chatOf(person) {
      const row = await db
        .selectFrom('chats')
        .select(['conversation_id', 'user_id'])
        .where('person', '=', person)
        .executeTakeFirst();
      return { conversationId: row?.conversation_id ?? undefined, userId: row?.user_id ?? undefined };
    },
    teamOf: community => teamOf(db, community),
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

async function observe(
  db: Db,
  { from, conversation, serviceUrl, locale, localTimezone }: TeamsActivity,
): Promise<void> {
  if (!from.aadObjectId) return;
  const observed = {
    user_id: from.id,
    service_url: serviceUrl,
    ...(conversation.conversationType === 'personal' ? { conversation_id: conversation.id } : {}),
    ...(locale ? { locale } : {}),
    ...(localTimezone ? { time_zone: localTimezone } : {}),
  };
  await db
    .insertInto('chats')
    .values({ person: from.aadObjectId, conversation_id: null, locale: null, time_zone: null, ...observed })
    .onConflict(conflict =>
      conflict
        .column('person')
        .doUpdateSet(observed)
        // Nearly every activity says what is known already: then no row is written.
        .where(known =>
          known.or(
            Object.entries(observed).map(([column, value]) =>
              known(`chats.${column as keyof typeof observed}`, 'is distinct from', value),
            ),
          ),
        ),
    )
    .execute();
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

async function teamOf(db: Db, community: string): Promise<TeamReference | undefined> {
  const row = await db
    .selectFrom('communities')
    .select(['channel_id', 'thread_id', 'service_url'])
    .where('id', '=', community)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return row && { channelId: row.channel_id, generalChannelId: row.thread_id, serviceUrl: row.service_url };
}

import { settleWaiting } from '../database/settle-messages.ts';
import type { Db } from '../database/tables.ts';
import type { Clock } from '../ports.ts';
import type { TeamsActivity } from './activity.ts';

/** The name under which the conversation's own sentences are kept, beside those of the features. */
export const botName = 'bot';

/** Remembers where a person's own chat is, how Teams calls them, and their language and zone. */
export interface Chats {
  seen(activity: TeamsActivity): Promise<void>;
  /** Somebody of whom only the ids are known yet. */
  joined(person: string, userId: string, serviceUrl: string): Promise<void>;
  /** Whoever Teams calls by this id of its own, if we know. */
  personBehind(userId: string): Promise<string | undefined>;
  /** The conversation of a person's own chat, if there is one. */
  chatOf(person: string): Promise<string | undefined>;
  /** Somebody removed the app from their own chat: what waits for them is settled, and the chat is forgotten. */
  closed(person: string): Promise<void>;
}

export function createChats(db: Db, now: Clock): Chats {
  return {
    async seen(activity) {
      const person = activity.from.aadObjectId;
      if (!person) return;
      const conversation = activity.conversation.conversationType === 'personal' ? activity.conversation.id : null;
      await db
        .insertInto('chats')
        .values({
          person,
          user_id: activity.from.id,
          conversation_id: conversation,
          service_url: activity.serviceUrl,
          locale: activity.locale ?? null,
          time_zone: activity.localTimezone ?? null,
        })
        .onConflict(conflict =>
          conflict
            .column('person')
            .doUpdateSet({
              user_id: activity.from.id,
              service_url: activity.serviceUrl,
              ...(conversation ? { conversation_id: conversation } : {}),
              ...(activity.locale ? { locale: activity.locale } : {}),
              ...(activity.localTimezone ? { time_zone: activity.localTimezone } : {}),
            })
            // Nearly every activity says what is known already: then no row is written.
            .where(known =>
              known.or([
                known('chats.user_id', 'is distinct from', activity.from.id),
                known('chats.service_url', 'is distinct from', activity.serviceUrl),
                ...(conversation ? [known('chats.conversation_id', 'is distinct from', conversation)] : []),
                ...(activity.locale ? [known('chats.locale', 'is distinct from', activity.locale)] : []),
                ...(activity.localTimezone
                  ? [known('chats.time_zone', 'is distinct from', activity.localTimezone)]
                  : []),
              ]),
            ),
        )
        .execute();
    },
    async joined(person, userId, serviceUrl) {
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
    },
    async personBehind(userId) {
      return (await db.selectFrom('chats').select('person').where('user_id', '=', userId).executeTakeFirst())?.person;
    },
    async chatOf(person) {
      return (
        (await db.selectFrom('chats').select('conversation_id').where('person', '=', person).executeTakeFirst())
          ?.conversation_id ?? undefined
      );
    },
    async closed(person) {
      await db.transaction().execute(async transaction => {
        await transaction.deleteFrom('chats').where('person', '=', person).execute();
        await settleWaiting(transaction, { people: [person], reason: 'blocked', at: now() });
      });
    },
  };
}

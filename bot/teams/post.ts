import type { Activity } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import type { Card } from '../cards.ts';
import type { Config } from '../config.ts';
import type { Db } from '../database/tables.ts';
import type { Adapter } from './adapter.ts';
import { meaningOf, NotNow, Refused } from './connector-errors.ts';

/**
 * Posts and updates cards in Teams, each call once. Fails with {@link Refused} or {@link NotNow}, whatever goes wrong
 * there.
 */
export interface Transport {
  send(message: OneMessage, leave: Leave): Promise<Sent>;
  update(message: OneMessage & Sent, leave: Leave): Promise<void>;
}

interface OneMessage {
  readonly community: string;
  /** A person's id, or `channel`. */
  readonly recipient: string;
  readonly card: Card;
  readonly summary: string;
}

/** What a call does: put a message there, or something that may be done twice and nobody sees. */
export type Leaving = 'message' | 'harmless';

/** Awaited before each call to Teams; a message to somebody new takes more than one. */
type Leave = (what: Leaving) => Promise<void>;

interface Sent {
  readonly conversationId: string;
  readonly activityId: string;
}

export interface TransportParts {
  readonly db: Db;
  readonly adapter: Adapter;
  readonly config: Config;
  /** Teams no longer knows the channel that a community's messages go to: from now on they go elsewhere. */
  readonly channelGone?: (community: string, channel: string) => Promise<void>;
}

export function createTransport({ db, adapter, config, channelGone }: TransportParts): Transport {
  const bot = { id: `28:${config.appId}`, name: 'CoP Companion' };

  async function placeOf(community: string) {
    const place = await db
      .selectFrom('communities')
      .select(['channel_id', 'thread_id', 'service_url', 'removed_at'])
      .where('id', '=', community)
      .executeTakeFirst();
    if (!place || place.removed_at) throw new Refused('app-removed', 'the app is no longer in this team');
    return { ...place, connector: await adapter.connector(place.service_url) };
  }

  async function sendToChannel(community: string, activity: Partial<Activity>, leave: Leave): Promise<Sent> {
    const { connector, channel_id, thread_id } = await placeOf(community);
    await leave('message');
    const created = await understood('channel', () =>
      connector.conversations.createConversation({
        isGroup: true,
        bot,
        channelData: { channel: { id: channel_id } },
        activity: activity as Activity,
        members: [],
      } as never),
    ).catch(async (error: unknown) => {
      // General has the id of the team; when that is gone there is nowhere else.
      if (!channelGone || !isGone(error) || channel_id === thread_id) throw error;
      await channelGone(community, channel_id);
      throw elsewhere(error);
    });
    return { conversationId: created.id, activityId: created.activityId };
  }

  async function sendToPerson(
    community: string,
    person: string,
    activity: Partial<Activity>,
    leave: Leave,
  ): Promise<Sent> {
    const { connector, thread_id, service_url } = await placeOf(community);
    const chat = await db
      .selectFrom('chats')
      .select(['conversation_id', 'user_id'])
      .where('person', '=', person)
      .executeTakeFirst();
    // What comes before the message itself leaves nothing behind, whatever became of it.
    const conversationId =
      chat?.conversation_id ??
      (await harmless(async () =>
        openChat(
          connector,
          service_url,
          person,
          chat?.user_id ?? (await userIdOf(connector, thread_id, person, leave)),
          leave,
        ),
      ));
    await leave('message');
    const { id } = await understood('person', () =>
      connector.conversations.sendToConversation(conversationId, activity as Activity),
    ).catch(async (error: unknown) => {
      if (!isGone(error)) throw error;
      await forgetChat(conversationId);
      // One that Teams opened a moment ago and does not know either would be opened again and again.
      throw chat?.conversation_id ? elsewhere(error) : error;
    });
    return { conversationId, activityId: id };
  }

  /** Only this one: the person may have another by now. */
  async function forgetChat(conversationId: string): Promise<void> {
    await db
      .updateTable('chats')
      .set({ conversation_id: null })
      .where('conversation_id', '=', conversationId)
      .execute();
  }

  /** Chats are opened by Teams' own id for a person; the team's roster tells it for an Entra object id. */
  async function userIdOf(connector: ConnectorClient, thread: string, person: string, leave: Leave): Promise<string> {
    await leave('harmless');
    const member = await understood('channel', () => connector.conversations.getConversationMember(thread, person));
    return member.id;
  }

  /** Teams answers with the same conversation each time, so doing this twice is harmless. */
  async function openChat(
    connector: ConnectorClient,
    serviceUrl: string,
    person: string,
    userId: string,
    leave: Leave,
  ): Promise<string> {
    await leave('harmless');
    const created = await understood('person', () =>
      connector.conversations.createConversation({
        isGroup: false,
        bot,
        members: [{ id: userId, name: '' }],
        tenantId: config.tenantId,
        channelData: { tenant: { id: config.tenantId } },
      } as never),
    );
    await db
      .insertInto('chats')
      .values({
        person,
        user_id: userId,
        conversation_id: created.id,
        service_url: serviceUrl,
        locale: null,
        time_zone: null,
      })
      .onConflict(conflict =>
        conflict.column('person').doUpdateSet({ conversation_id: created.id, service_url: serviceUrl }),
      )
      .execute();
    return created.id;
  }

  return {
    send({ community, recipient, card, summary }, leave) {
      const activity = messageWith(card, summary);
      return recipient === 'channel'
        ? sendToChannel(community, activity, leave)
        : sendToPerson(community, recipient, activity, leave);
    },
    async update({ community, recipient, conversationId, activityId, card, summary }, leave) {
      const { connector } = await placeOf(community);
      await leave('harmless');
      // The same update twice is one: its outcome is never in doubt.
      await harmless(() =>
        understood(recipient === 'channel' ? 'channel' : 'person', () =>
          connector.conversations.updateActivity(conversationId, activityId, {
            ...messageWith(card, summary),
            id: activityId,
          } as Activity),
        ),
      ).catch(async (error: unknown) => {
        if (recipient !== 'channel' && isGone(error)) await forgetChat(conversationId);
        throw error;
      });
    },
  };
}

/** Teams does not know the conversation, or no longer has us in it; of a message that was deleted it says otherwise. */
function isGone(error: unknown): error is Refused {
  return (
    error instanceof Refused &&
    (error.reason === 'not-in-roster' || (error.reason === 'conversation-gone' && !error.message.includes('Activity')))
  );
}

/**
 * The way there was wrong and has been forgotten: another try finds the right one, or hears for good that there is
 * none.
 */
function elsewhere({ message }: Refused): NotNow {
  return new NotNow('unavailable', message, { retryAfter: 0 });
}

async function understood<T>(to: 'channel' | 'person', call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw meaningOf(error, to);
  }
}

/** For calls that may be made twice. */
async function harmless<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotNow && error.uncertain)
      throw new NotNow(error.reason, error.message, { retryAfter: error.retryAfter });
    throw error;
  }
}

/** One card alone: Teams splits a text with a card in two messages and then gives no id to update. */
export function messageWith(card: Card, summary?: string): Partial<Activity> {
  return {
    type: 'message',
    ...(summary ? { summary } : {}),
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
  };
}

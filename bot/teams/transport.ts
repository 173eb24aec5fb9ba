import type { Activity } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import type { DeliveryReason } from '../../domain/delivery.ts';
import type { Card } from '../cards.ts';
import type { Config } from '../config.ts';
import type { Db } from '../data/database.ts';
import type { Adapter } from './adapter.ts';

/** Teams will not take this message, and trying again will not help. The message is the detail for the administrator. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly reason: DeliveryReason;

  constructor(reason: DeliveryReason, detail: string) {
    super(detail);
    this.reason = reason;
  }
}

/** Posts and updates cards in Teams. Failures worth another try are thrown as they come; the others are {@link Refused}. */
export interface Transport {
  send(message: { readonly community: string; readonly recipient: string; readonly card: Card; readonly summary: string }): Promise<Sent>;
  update(message: Sent & { readonly community: string; readonly recipient: string; readonly card: Card; readonly summary: string }): Promise<void>;
}

export interface Sent {
  readonly conversationId: string;
  readonly activityId: string;
}

export function createTransport({ db, adapter, config }: { readonly db: Db; readonly adapter: Adapter; readonly config: Config }): Transport {
  const bot = { id: `28:${config.appId}`, name: 'CoP Companion' };

  async function sendToChannel(community: string, activity: Partial<Activity>): Promise<Sent> {
    const place = await db.selectFrom('communities').select(['channel_id', 'service_url', 'removed_at']).where('id', '=', community).executeTakeFirst();
    if (!place || place.removed_at) throw new Refused('app-removed', 'the app is no longer in this team');
    const connector = await adapter.connector(place.service_url);
    const created = await understood(() =>
      connector.conversations.createConversation({ isGroup: true, bot, channelData: { channel: { id: place.channel_id } }, activity: activity as Activity, members: [] } as never),
    );
    return { conversationId: created.id, activityId: created.activityId };
  }

  async function sendToPerson(community: string, person: string, activity: Partial<Activity>): Promise<Sent> {
    const place = await db.selectFrom('communities').select(['thread_id', 'service_url', 'removed_at']).where('id', '=', community).executeTakeFirst();
    if (!place || place.removed_at) throw new Refused('app-removed', 'the app is no longer in this team');
    const connector = await adapter.connector(place.service_url);
    const chat = await db.selectFrom('chats').select(['conversation_id', 'user_id']).where('person', '=', person).executeTakeFirst();
    const conversationId = chat?.conversation_id ?? (await openChat(connector, place.service_url, person, chat?.user_id ?? (await userIdOf(connector, place.thread_id, person))));
    const { id } = await understood(() => connector.conversations.sendToConversation(conversationId, activity as Activity));
    return { conversationId, activityId: id };
  }

  /** Chats are opened by Teams' own id for a person; the team's roster tells it for an Entra object id. */
  async function userIdOf(connector: ConnectorClient, thread: string, person: string): Promise<string> {
    const member = await understood(() => connector.conversations.getConversationMember(thread, person));
    return member.id;
  }

  /** Teams answers with the same conversation each time, so doing this twice is harmless. */
  async function openChat(connector: ConnectorClient, serviceUrl: string, person: string, userId: string): Promise<string> {
    const created = await understood(() =>
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
      .values({ person, user_id: userId, conversation_id: created.id, service_url: serviceUrl, locale: null, time_zone: null })
      .onConflict(conflict => conflict.column('person').doUpdateSet({ conversation_id: created.id, service_url: serviceUrl }))
      .execute();
    return created.id;
  }

  return {
    send({ community, recipient, card, summary }) {
      const activity = messageWith(card, summary);
      return recipient === 'channel' ? sendToChannel(community, activity) : sendToPerson(community, recipient, activity);
    },
    async update({ community, conversationId, activityId, card, summary }) {
      const place = await db.selectFrom('communities').select(['service_url', 'removed_at']).where('id', '=', community).executeTakeFirst();
      if (!place || place.removed_at) throw new Refused('app-removed', 'the app is no longer in this team');
      const connector = await adapter.connector(place.service_url);
      await understood(() => connector.conversations.updateActivity(conversationId, activityId, { ...messageWith(card, summary), id: activityId } as Activity));
    },
  };
}

/** One card alone: Teams splits a text with a card in two messages and then gives no id to update. */
export function messageWith(card: Card, summary?: string): Partial<Activity> {
  return {
    type: 'message',
    ...(summary ? { summary } : {}),
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
  };
}

interface ConnectorFailure {
  readonly statusCode?: number;
  readonly code?: string;
  readonly message?: string;
  readonly body?: { readonly error?: { readonly code?: string; readonly message?: string } };
}

/** Says in words what Teams meant: platform contract "Send proactive messages" and "Status codes". */
async function understood<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const { statusCode, code, message, body } = error as ConnectorFailure;
    const said = `${statusCode ?? 'no answer'} ${body?.error?.code ?? code ?? ''} ${body?.error?.message ?? message ?? ''}`.trim();
    switch (statusCode) {
      case 401:
        throw new Refused('not-authorised', said);
      case 403:
        throw new Refused(/MessageWritesBlocked|BlockedByUser/.test(said) ? 'blocked' : 'app-removed', said);
      case 404:
        throw new Refused('conversation-gone', said);
      case 400:
        throw new Refused('not-understood', said);
      case 413:
        throw new Refused('too-large', said);
      default:
        throw new Error(`Teams did not take the message now (${said})`, { cause: error });
    }
  }
}

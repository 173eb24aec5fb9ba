import type { Activity } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import type { Card } from '../cards.ts';
import type { Config } from '../config.ts';
import { PermanentError, RetryableError } from '../messages/delivery-errors.ts';
import type { AddressedCard, PostedCard, Transport, WaitForSlot } from '../messages/transport.ts';
import type { Adapter } from './adapter.ts';
import { deliveryErrorOf } from './connector-errors.ts';
import type { ConversationReferences } from './conversations.ts';

export interface TransportParts {
  readonly conversations: Pick<ConversationReferences, 'teamOf' | 'chatOf' | 'noteChat' | 'forgetChat'>;
  readonly adapter: Pick<Adapter, 'connector'>;
  readonly config: Config;
  /** Teams no longer knows the channel that a community's messages go to: from now on they go elsewhere. */
  readonly channelGone?: (community: string, channel: string) => Promise<void>;
}

export function createTransport(parts: TransportParts): Transport {
  return {
    send: (card, waitForSlot) =>
      card.recipient === 'channel' ? sendToChannel(parts, card, waitForSlot) : sendToPerson(parts, card, waitForSlot),
    update: (card, waitForSlot) => update(parts, card, waitForSlot),
  };
}

async function teamOf({ conversations, adapter }: TransportParts, community: string) {
  const team = await conversations.teamOf(community);
  if (!team) throw new PermanentError('app-removed', 'the app is no longer in this team');
  return { ...team, connector: await adapter.connector(team.serviceUrl) };
}

async function sendToChannel(
  parts: TransportParts,
  { community, card, summary }: AddressedCard,
  waitForSlot: WaitForSlot,
): Promise<PostedCard> {
  const { connector, channelId, generalChannelId } = await teamOf(parts, community);
  await waitForSlot('message');
  const created = await withDeliveryErrors('channel', () =>
    connector.conversations.createConversation({
      isGroup: true,
      bot: botOf(parts),
      channelData: { channel: { id: channelId } },
      activity: messageWith(card, summary) as Activity,
      members: [],
    } as never),
  ).catch(async (error: unknown) => {
    // When General is gone there is nowhere else.
    if (!parts.channelGone || !isGone(error) || channelId === generalChannelId) throw error;
    await parts.channelGone(community, channelId);
    throw elsewhere(error);
  });
  return { conversationId: created.id, activityId: created.activityId };
}

async function sendToPerson(
  parts: TransportParts,
  { community, recipient: person, card, summary }: AddressedCard,
  waitForSlot: WaitForSlot,
): Promise<PostedCard> {
  const team = await teamOf(parts, community);
  const chat = await parts.conversations.chatOf(person);
  // What comes before the message itself leaves nothing behind, whatever became of it.
  const conversationId =
    chat.conversationId ??
    (await idempotent(async () => {
      const userId = chat.userId ?? (await userIdOf(team, person, waitForSlot));
      return openChat(parts, team, { person, userId }, waitForSlot);
    }));
  await waitForSlot('message');
  const { id } = await withDeliveryErrors('person', () =>
    team.connector.conversations.sendToConversation(conversationId, messageWith(card, summary) as Activity),
  ).catch(async (error: unknown) => {
    if (!isGone(error)) throw error;
    await parts.conversations.forgetChat(conversationId);
    // One that Teams opened a moment ago and does not know either would be opened again and again.
    throw chat.conversationId ? elsewhere(error) : error;
  });
  return { conversationId, activityId: id };
}

/** Chats are opened by Teams' own id for a person; the team's roster tells it for an Entra object id. */
async function userIdOf(
  { connector, generalChannelId }: { readonly connector: ConnectorClient; readonly generalChannelId: string },
  person: string,
  waitForSlot: WaitForSlot,
): Promise<string> {
  await waitForSlot('idempotent');
  const member = await withDeliveryErrors('channel', () =>
    connector.conversations.getConversationMember(generalChannelId, person),
  );
  return member.id;
}

/** Teams answers with the same conversation each time, so doing this twice is harmless. */
async function openChat(
  parts: TransportParts,
  { connector, serviceUrl }: { readonly connector: ConnectorClient; readonly serviceUrl: string },
  { person, userId }: { readonly person: string; readonly userId: string },
  waitForSlot: WaitForSlot,
): Promise<string> {
  const { tenantId } = parts.config;
  await waitForSlot('idempotent');
  const { id } = await withDeliveryErrors('person', () =>
    connector.conversations.createConversation({
      isGroup: false,
      bot: botOf(parts),
      members: [{ id: userId, name: '' }],
      tenantId,
      channelData: { tenant: { id: tenantId } },
    } as never),
  );
  await parts.conversations.noteChat(person, { conversationId: id, userId, serviceUrl });
  return id;
}

async function update(
  parts: TransportParts,
  { community, recipient, conversationId, activityId, card, summary }: AddressedCard & PostedCard,
  waitForSlot: WaitForSlot,
): Promise<void> {
  const { connector } = await teamOf(parts, community);
  await waitForSlot('idempotent');
  const activity = { ...messageWith(card, summary), id: activityId } as Activity;
  await idempotent(() =>
    withDeliveryErrors(recipient === 'channel' ? 'channel' : 'person', () =>
      connector.conversations.updateActivity(conversationId, activityId, activity),
    ),
  ).catch(async (error: unknown) => {
    if (recipient !== 'channel' && isGone(error)) await parts.conversations.forgetChat(conversationId);
    throw error;
  });
}

function botOf({ config }: TransportParts) {
  return { id: `28:${config.appId}`, name: 'CoP Companion' };
}

/** Teams does not know the conversation, or no longer has us in it; of a message that was deleted it says otherwise. */
function isGone(error: unknown): error is PermanentError {
  return (
    error instanceof PermanentError &&
    (error.reason === 'not-in-roster' || (error.reason === 'conversation-gone' && !error.message.includes('Activity')))
  );
}

/**
 * The way there was wrong and has been forgotten: another try finds the right one, or hears for good that there is
 * none.
 */
function elsewhere({ message }: PermanentError): RetryableError {
  return new RetryableError('unavailable', message, { retryAfter: 0 });
}

async function withDeliveryErrors<T>(to: 'channel' | 'person', call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw deliveryErrorOf(error, to);
  }
}

/** The same call twice is one: its outcome is never in doubt. */
async function idempotent<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RetryableError && error.uncertain)
      throw new RetryableError(error.reason, error.message, { retryAfter: error.retryAfter });
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

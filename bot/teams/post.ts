import type { Activity } from 'botbuilder-core';
import type { Card } from '../cards.ts';
import type { Config } from '../config.ts';
import { PermanentError, RetryableError } from '../messages/delivery-errors.ts';
import type { AddressedCard, PostedCard, ReplacedCard, Transport, WaitForSlot } from '../messages/transport.ts';
import type { Adapter } from './adapter.ts';
import { atAddress, type Addressee } from './at-address.ts';
import type { ConversationReferences } from './conversations.ts';

export interface TransportParts {
  readonly conversations: Pick<
    ConversationReferences,
    'teamOf' | 'chatOf' | 'noteChat' | 'forgetChat' | 'addresses' | 'noteAddress'
  >;
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

interface Team extends Addressee {
  readonly channelId: string;
  readonly generalChannelId: string;
}

async function teamOf({ conversations }: TransportParts, community: string): Promise<Team> {
  const team = await conversations.teamOf(community);
  if (!team) throw new PermanentError('app-removed', 'the app is no longer in this team');
  return { ...team, addresses: [team.serviceUrl], of: { community } };
}

async function sendToChannel(
  parts: TransportParts,
  { community, card, summary }: AddressedCard,
  waitForSlot: WaitForSlot,
): Promise<PostedCard> {
  const team = await teamOf(parts, community);
  const { channelId, generalChannelId } = team;
  const created = await atAddress(parts, team, {
    to: 'channel',
    slot: () => waitForSlot('message'),
    make: connector =>
      connector.conversations.createConversation({
        isGroup: true,
        bot: botOf(parts),
        channelData: { channel: { id: channelId } },
        activity: messageWith(card, summary) as Activity,
        members: [],
      } as never),
  }).catch(async (error: unknown) => {
    // When General is gone there is nowhere else.
    if (!parts.channelGone || !isGone(error) || channelId === generalChannelId) throw error;
    if (!(await isKnown(parts, team, waitForSlot))) throw error;
    await parts.channelGone(community, channelId);
    throw elsewhere(error);
  });
  return { conversationId: created.id, activityId: created.activityId };
}

/** Whether Teams knows the team where it does not know the channel: else it is the team, or its address, that is gone. */
function isKnown(parts: TransportParts, team: Team, waitForSlot: WaitForSlot): Promise<boolean> {
  return atAddress(parts, team, {
    to: 'channel',
    slot: () => waitForSlot('idempotent'),
    make: async connector => void (await connector.conversations.getConversationPagedMembers(team.generalChannelId)),
  }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof PermanentError) return false;
      throw error;
    },
  );
}

async function sendToPerson(
  parts: TransportParts,
  { community, recipient: person, card, summary }: AddressedCard,
  waitForSlot: WaitForSlot,
): Promise<PostedCard> {
  const team = await teamOf(parts, community);
  const chat = await parts.conversations.chatOf(person);
  const addressee = addresseeOf(person, chat.serviceUrl, team);
  const activity = messageWith(card, summary);
  if (chat.conversationId) {
    const posted = await postInChat(parts, addressee, { conversationId: chat.conversationId, activity }, waitForSlot);
    if (posted) return posted;
  }
  // What comes before the message itself leaves nothing behind, whatever became of it.
  const opened = await idempotent(async () => {
    // Teams' own id of the person may be as old as the chat that is gone.
    const userId =
      (chat.conversationId ? undefined : chat.userId) ?? (await userIdOf(parts, team, person, waitForSlot));
    return openChat(parts, addressee, { person, userId }, waitForSlot);
  });
  const there = addresseeOf(person, opened.serviceUrl, team);
  const posted = await postInChat(parts, there, { conversationId: opened.conversationId, activity }, waitForSlot);
  // One that Teams opened a moment ago and does not know either would be opened again and again.
  if (!posted) throw new PermanentError('conversation-gone', '404 ConversationNotFound');
  return posted;
}

function addresseeOf(person: string, own: string | undefined, team: Team): Addressee {
  return { addresses: [...(own === undefined ? [] : [own]), ...team.addresses], of: { person } };
}

/** Undefined when Teams does not know the chat any more, which is then forgotten. */
export async function postInChat(
  parts: TransportParts,
  addressee: Addressee,
  { conversationId, activity }: { readonly conversationId: string; readonly activity: Partial<Activity> },
  waitForSlot: WaitForSlot,
): Promise<PostedCard | undefined> {
  try {
    const { id } = await atAddress(parts, addressee, {
      to: 'person',
      slot: () => waitForSlot('message'),
      make: connector => connector.conversations.sendToConversation(conversationId, activity as Activity),
    });
    return { conversationId, activityId: id };
  } catch (error) {
    if (!isGone(error)) throw error;
    await parts.conversations.forgetChat(conversationId);
    return undefined;
  }
}

/** Chats are opened by Teams' own id for a person; the team's roster tells it for an Entra object id. */
async function userIdOf(parts: TransportParts, team: Team, person: string, waitForSlot: WaitForSlot): Promise<string> {
  const member = await atAddress(parts, team, {
    to: 'channel',
    slot: () => waitForSlot('idempotent'),
    make: connector => connector.conversations.getConversationMember(team.generalChannelId, person),
  });
  return member.id;
}

/** Teams answers with the same conversation each time, so doing this twice is harmless. */
export async function openChat(
  parts: TransportParts,
  addressee: Addressee,
  { person, userId }: { readonly person: string; readonly userId: string },
  waitForSlot: WaitForSlot,
): Promise<{ readonly conversationId: string; readonly serviceUrl: string }> {
  const { tenantId } = parts.config;
  const chat = await atAddress(parts, addressee, {
    to: 'person',
    slot: () => waitForSlot('idempotent'),
    make: async (connector, at) => {
      const opened = await connector.conversations.createConversation({
        isGroup: false,
        bot: botOf(parts),
        members: [{ id: userId, name: '' }],
        tenantId,
        channelData: { tenant: { id: tenantId } },
      } as never);
      return { conversationId: opened.id, serviceUrl: opened.serviceUrl || at };
    },
  });
  await parts.conversations.noteChat(person, { ...chat, userId });
  return chat;
}

async function update(
  parts: TransportParts,
  { conversationId, activityId, isStillWanted, ...addressed }: ReplacedCard,
  waitForSlot: WaitForSlot,
): Promise<PostedCard | undefined> {
  const { community, recipient, card, summary } = addressed;
  const isChannel = recipient === 'channel';
  const team = await teamOf(parts, community);
  const addressee = isChannel
    ? team
    : addresseeOf(recipient, (await parts.conversations.chatOf(recipient)).serviceUrl, team);
  const activity = { ...messageWith(card, summary), id: activityId } as Activity;
  try {
    await idempotent(() =>
      atAddress(parts, addressee, {
        to: isChannel ? 'channel' : 'person',
        slot: () => waitForSlot('idempotent'),
        make: connector => connector.conversations.updateActivity(conversationId, activityId, activity),
      }),
    );
    return undefined;
  } catch (error) {
    if (isChannel || !isGone(error)) throw error;
    await parts.conversations.forgetChat(conversationId);
    if (!isStillWanted) throw error;
    // With the chat its card is gone: people see the new one where they see the next message.
    return sendToPerson(parts, addressed, waitForSlot);
  }
}

function botOf({ config }: TransportParts) {
  return { id: `28:${config.appId}`, name: 'CoP Companion' };
}

/** Teams does not know the conversation, or no longer has us in it; of a message that was deleted it says otherwise. */
export function isGone(error: unknown): error is PermanentError {
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

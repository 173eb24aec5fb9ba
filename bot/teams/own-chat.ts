import type { Activity } from 'botbuilder-core';
import { PermanentError } from '../messages/delivery-errors.ts';
import type { Texts } from '../text.ts';
import type { TeamsActivity } from './activity.ts';
import type { Handle } from './adapter.ts';
import { botName } from './conversations.ts';
import { openChat, postInChat, type TransportParts } from './post.ts';

export interface OwnChatParts extends TransportParts {
  /** Each call answers a person, leaves at once, and is counted. */
  readonly countAnswer: () => void;
}

/** Writes to whoever did something, in their own chat. */
export type WriteInOwnChat = (activity: TeamsActivity, message: Partial<Activity>) => Promise<void>;

/** A chat that Teams no longer knows is opened anew, as for every other message. */
export function createOwnChat(parts: OwnChatParts): WriteInOwnChat {
  const slot = async () => parts.countAnswer();

  return async ({ from, conversation, serviceUrl }, message) => {
    const person = from.aadObjectId;
    if (person === undefined) return;
    const known = await parts.conversations.chatOf(person);
    const conversationId = conversation.conversationType === 'personal' ? conversation.id : known.conversationId;
    const here = { addresses: [...new Set([known.serviceUrl ?? serviceUrl, serviceUrl])], of: { person } };
    if (conversationId && (await postInChat(parts, here, { conversationId, activity: message }, slot))) return;

    const opened = await openChat(parts, here, { person, userId: from.id }, slot);
    const there = { addresses: [opened.serviceUrl], of: { person } };
    const { conversationId: id } = opened;
    if (!(await postInChat(parts, there, { conversationId: id, activity: message }, slot)))
      throw new PermanentError('conversation-gone', '404 ConversationNotFound');
  };
}

export interface AnsweredElsewhereParts {
  readonly handle: Handle;
  readonly writeInOwnChat: WriteInOwnChat;
  readonly texts: Texts;
}

/**
 * Tells people in their own chats when they are not answered where they asked: Teams lets a bot write into no private or
 * shared channel that it was not added to, nor into one that is gone.
 */
export function createAnsweredElsewhere({ handle, writeInOwnChat, texts }: AnsweredElsewhereParts): Handle {
  return async (activity, context) => {
    try {
      await handle(activity, context);
    } catch (error) {
      const { type, conversation, locale } = activity;
      const isShutOut = error instanceof PermanentError && shutOut.has(error.reason);
      if (isShutOut && type === 'message' && conversation.conversationType === 'channel')
        await writeInOwnChat(activity, { type: 'message', text: texts.for(botName, locale)('not-in-channel') });
      throw error;
    }
  };
}

const shutOut: ReadonlySet<string> = new Set(['not-in-roster', 'conversation-gone', 'app-removed']);

import type { Card } from '../cards.ts';
import type { Adapter } from './adapter.ts';
import type { InvokeBody, TeamsActivity } from './activity.ts';
import type { WriteInOwnChat } from './own-chat.ts';
import { isGone, messageWith } from './post.ts';

export interface FollowUpParts {
  readonly adapter: Pick<Adapter, 'run'>;
  readonly writeInOwnChat: WriteInOwnChat;
}

/**
 * Shows what came of a press that took too long to be answered. In a chat the card itself changes. In a channel it does
 * not: what one person sees there is theirs alone, and the copy that all see is refreshed by the feature. A sentence
 * goes to the person's own chat, so that a failure is never silent.
 */
export function createFollowUp({
  adapter,
  writeInOwnChat,
}: FollowUpParts): (activity: TeamsActivity, answer: InvokeBody) => Promise<void> {
  return async (activity, { type, value }) => {
    if (type !== 'application/vnd.microsoft.card.adaptive') {
      const text = typeof value === 'string' ? value : (value as { readonly message?: string }).message;
      if (text !== undefined) await writeInOwnChat(activity, { type: 'message', text });
      return;
    }
    const card = activity.replyToId;
    if (activity.conversation.conversationType !== 'personal' || card === undefined) return;
    const changed = messageWith(value as Card);
    try {
      await adapter.run(
        activity,
        async (_activity, context) => void (await context.updateActivity({ ...changed, id: card })),
      );
    } catch (error) {
      if (!isGone(error)) throw error;
      // With the chat its card is gone: people see the new one where they see the next message.
      await writeInOwnChat(activity, changed);
    }
  };
}

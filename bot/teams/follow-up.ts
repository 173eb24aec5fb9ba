import type { Adapter } from './adapter.ts';
import type { InvokeBody, TeamsActivity } from './activity.ts';
import type { Chats } from './conversations.ts';
import { messageWith } from './post.ts';
import type { Card } from '../cards.ts';

/**
 * Shows what came of a press that took too long to be answered. In a chat the card itself changes. In a channel it does
 * not: what one person sees there is theirs alone, and the copy that all see is refreshed by the feature. A sentence
 * goes to the person's own chat, so that a failure is never silent.
 */
export function createLate({
  adapter,
  chats,
}: {
  readonly adapter: Adapter;
  readonly chats: Pick<Chats, 'chatOf'>;
}): (activity: TeamsActivity, answer: InvokeBody) => Promise<void> {
  return async (activity, { type, value }) => {
    // Nobody pressed: Teams asked by itself, and an update would bring the next refresh, without end.
    if (isAutomatic(activity)) return;
    const inChat = activity.conversation.conversationType === 'personal';

    if (type === 'application/vnd.microsoft.card.adaptive') {
      const card = activity.replyToId;
      if (inChat && card !== undefined)
        await adapter.run(
          activity,
          async context => void (await context.updateActivity({ ...messageWith(value as Card), id: card })),
        );
      return;
    }
    const chat = inChat ? activity.conversation.id : await chats.chatOf(activity.from.aadObjectId ?? '');
    if (chat === undefined) return;
    const text = typeof value === 'string' ? value : (value as { readonly message?: string }).message;
    if (text !== undefined)
      await adapter.run(
        { ...activity, conversation: { id: chat, conversationType: 'personal' } },
        async context => void (await context.sendActivity({ type: 'message', text })),
      );
  };
}

function isAutomatic({ value }: TeamsActivity): boolean {
  return (value as { readonly trigger?: unknown } | null | undefined)?.trigger === 'automatic';
}

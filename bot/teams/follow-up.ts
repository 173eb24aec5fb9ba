import type { Card } from '../cards.ts';
import type { Adapter } from './adapter.ts';
import type { InvokeBody, TeamsActivity } from './activity.ts';
import type { ConversationReferences } from './conversations.ts';
import { messageWith } from './post.ts';

export interface FollowUpParts {
  readonly adapter: Pick<Adapter, 'run'>;
  readonly conversations: Pick<ConversationReferences, 'chatOf'>;
}

/**
 * Shows what came of a press that took too long to be answered. In a chat the card itself changes. In a channel it does
 * not: what one person sees there is theirs alone, and the copy that all see is refreshed by the feature. A sentence
 * goes to the person's own chat, so that a failure is never silent.
 */
export function createFollowUp({
  adapter,
  conversations,
}: FollowUpParts): (activity: TeamsActivity, answer: InvokeBody) => Promise<void> {
  return async (activity, { type, value }) => {
    const inChat = activity.conversation.conversationType === 'personal';
    if (type === 'application/vnd.microsoft.card.adaptive') {
      const card = activity.replyToId;
      if (inChat && card !== undefined)
        await adapter.run(
          activity,
          async (_activity, context) =>
            void (await context.updateActivity({ ...messageWith(value as Card), id: card })),
        );
      return;
    }
    const text = typeof value === 'string' ? value : (value as { readonly message?: string }).message;
    if (text === undefined) return;
    const chat = inChat
      ? { conversationId: activity.conversation.id, serviceUrl: activity.serviceUrl }
      : await conversations.chatOf(activity.from.aadObjectId ?? '');
    if (chat.conversationId === undefined) return;
    await adapter.run(
      {
        ...activity,
        serviceUrl: chat.serviceUrl ?? activity.serviceUrl,
        conversation: { id: chat.conversationId, conversationType: 'personal' },
      },
      async (_activity, context) => void (await context.sendActivity({ type: 'message', text })),
    );
  };
}

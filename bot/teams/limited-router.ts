import { CommunityError } from '../../domain/errors.ts';
import type { Limits } from '../http/limits.ts';
import type { Texts } from '../text.ts';
import { noticeAnswer } from './activity.ts';
import type { Handle } from './adapter.ts';
import { botName, type ConversationReferences } from './conversations.ts';
import { noticeDialog } from './dialogs.ts';
import { sentence } from './failures.ts';
import { isMessageAction } from './message-extensions.ts';

export interface LimitedRouterParts {
  readonly route: Handle;
  readonly conversations: Pick<ConversationReferences, 'observe'>;
  readonly limits: Pick<Limits, 'person' | 'mayTell'>;
  readonly texts: Texts;
}

/**
 * The router, for people who have something left of their budget. A press over it is answered with a notice, typed
 * words with one sentence a minute and then with silence; where they can be written to is learnt all the same. What
 * happens in a team counts for no person, and always runs.
 */
export function createLimitedRouter({ route, conversations, limits, texts }: LimitedRouterParts): Handle {
  return async (activity, context) => {
    const person = activity.from.aadObjectId;
    const isPress = activity.type === 'invoke';
    if (!person || (!isPress && activity.type !== 'message')) return route(activity, context);
    try {
      await limits.person(person, isPress ? 'press' : 'message');
    } catch (error) {
      if (!(error instanceof CommunityError) || error.code !== 'too-many-requests') throw error;
      await conversations.observe(activity, !isMessageAction(activity));
      const t = texts.for(botName, activity.locale);
      const notice = sentence(error, t);
      if (isPress) {
        const body = isMessageAction(activity) ? noticeDialog(t, notice) : noticeAnswer(notice);
        await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
      } else if (await limits.mayTell(person)) await context.sendActivity({ type: 'message', text: notice });
      return;
    }
    await route(activity, context);
  };
}

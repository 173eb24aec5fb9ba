import type { Limits } from '../http/limits.ts';
import { CommunityError } from '../../domain/errors.ts';
import type { Texts } from '../text.ts';
import { noticeAnswer, TeamsActivity } from './activity.ts';
import { botName } from './conversations.ts';
import { isMessageAction } from './message-extensions.ts';
import { sentence, type Turn } from './router.ts';

export interface LimitedTurnParts {
  readonly turn: Turn;
  readonly limits: Pick<Limits, 'person' | 'mayTell'>;
  readonly texts: Texts;
}

/**
 * The turn, for whoever has something left of their budget. A press over it is answered with a notice, typed words with
 * one sentence a minute and then with silence. What happens in a team is nobody's to spend, and always runs.
 */
export function createLimitedTurn({ turn, limits, texts }: LimitedTurnParts): Turn {
  return async context => {
    const activity = TeamsActivity.parse(context.activity);
    const person = activity.from.aadObjectId;
    const isPress = activity.type === 'invoke';
    if (!person || (!isPress && activity.type !== 'message')) return turn(context);
    try {
      await limits.person(person, isPress ? 'press' : 'message');
    } catch (error) {
      if (!(error instanceof CommunityError) || error.code !== 'too-many-requests') throw error;
      const notice = sentence(error, texts.for(botName, activity.locale));
      if (isPress) {
        const body = isMessageAction(activity) ? { task: { type: 'message', value: notice } } : noticeAnswer(notice);
        await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
      } else if (await limits.mayTell(person)) await context.sendActivity({ type: 'message', text: notice });
      return;
    }
    await turn(context);
  };
}

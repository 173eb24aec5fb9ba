import { unanswered, waitsSince } from '../../../domain/agenda/days.ts';
import { namedIn } from '../../../domain/attention/naming.ts';
import { shortened } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import type { RestDays } from '../../ports.ts';
import { todayIn } from '../../shared/days.ts';
import { weekIn, type ReadWaiting } from '../../shared/waiting.ts';
import type { AgendaParts } from './parts.ts';
import { readQuestions } from './store.ts';

/** In characters: three of them are one line of a card. */
const longestTitle = 50;
const longestName = 24;

/**
 * What nobody has answered for six open days, by its words and by who asked. The feature that shows it brings the
 * language; the sentences are this feature's.
 */
export function agendaWaiting(
  parts: Pick<AgendaParts, 'lists' | 'clock'> & { readonly restDays: Pick<RestDays, 'of'> },
): ReadWaiting {
  return async community => {
    const [rest, questions] = await Promise.all([parts.restDays.of(community), readQuestions(parts, community)]);
    const where = { timeZone: community.settings.timeZone, rest };
    const open = unanswered(questions, todayIn(parts, community), where).filter(({ byHand }) => !byHand);
    const { shown, more } = namedIn(weekIn(parts, community), open, question => waitsSince(question, where));
    return t => {
      if (shown.length === 0) return [];
      const names = shown.map(({ item: { title, askedBy }, last }) =>
        t('agenda:waiting.question', {
          title: plain(shortened(title, longestTitle)),
          details: [plain(shortened(askedBy.name, longestName)), ...(last ? [t('agenda:waiting.last')] : [])].join(
            ', ',
          ),
        }),
      );
      return [{ text: t('agenda:waiting.unanswered', { names }), more }];
    };
  };
}

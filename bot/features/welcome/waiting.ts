import { namedIn } from '../../../domain/attention/naming.ts';
import { localDay } from '../../../domain/schedule.ts';
import { shortened } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import { weekIn, type ReadWaiting } from '../../shared/waiting.ts';
import type { WelcomeParts } from './parts.ts';
import { unansweredIn } from './wishes.ts';

/** In characters: three of them are one line of a card. */
const longestName = 30;

/**
 * Who joined and has not said what brings them, for those who may know who answered. The feature that shows it brings
 * the language; the sentences are this feature's.
 */
export function welcomeWaiting(parts: Pick<WelcomeParts, 'lists' | 'roster' | 'clock'>): ReadWaiting {
  return async community => {
    const { timeZone } = community.settings;
    const newcomers = await unansweredIn(parts, community);
    const { shown, more } = namedIn(weekIn(parts, community), newcomers, ({ joinedAt }) =>
      localDay(new Date(joinedAt), timeZone),
    );
    return (t, mayReadNewcomers) => {
      if (!mayReadNewcomers || shown.length === 0) return [];
      const names = shown.map(({ item: { person }, last }) => {
        const name = plain(shortened(person.name, longestName)) || t('welcome:note.somebody');
        return last ? t('welcome:waiting.last', { name }) : name;
      });
      return [{ text: t('welcome:waiting.unanswered', { names }), more }];
    };
  };
}

import { namedIn } from '../../../domain/attention/naming.ts';
import { shortened } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import { weekIn, type ReadComing, type ReadWaiting } from '../../shared/waiting.ts';
import type { WelcomeParts } from './parts.ts';
import { hostsOf, joinedOn, sundayOf, unansweredIn, unansweredKind } from './wishes.ts';

/** In characters: three of them are one line of a card. */
const longestName = 30;

/**
 * Who joined and has not said what brings them, for those who may know who answered. The feature that shows it brings
 * the language; the sentences are this feature's.
 */
export function welcomeWaiting(
  parts: Pick<WelcomeParts, 'lists' | 'roster' | 'clock'> & { readonly coming: ReadComing },
): ReadWaiting {
  return async community => {
    const [members, newcomers] = await Promise.all([
      parts.roster.members(community.id),
      unansweredIn(parts, community),
    ]);
    const week = weekIn(parts, community);
    const to = hostsOf(community, members).map(({ id }) => id);
    const questions = newcomers.map(({ person, ...row }) => {
      const cameUp = joinedOn(row, community);
      const since = sundayOf(cameUp);
      return { kind: unansweredKind, period: since, to, cameUp, since, person };
    });
    const coming = await parts.coming(community, week, questions);
    const { shown, more } = namedIn(
      week,
      questions.filter(one => !coming.has(one)),
      ({ cameUp }) => cameUp,
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

import { namedIn } from '../../../domain/attention/naming.ts';
import { titleOf } from '../../../domain/roles/roles.ts';
import { shortened } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import { weekIn, type ReadWaiting } from '../../shared/waiting.ts';
import { readBoard } from './board.ts';
import type { RolesParts } from './parts.ts';
import { offersIn } from './wishes.ts';

/** In characters: three of them are one line of a card. */
const longestName = 24;
const longestRole = 30;

/**
 * Whose offer to take on a role has no answer, by name. The feature that shows it brings the language; the sentences
 * are this feature's.
 */
export function rolesWaiting(parts: Pick<RolesParts, 'lists' | 'roster' | 'clock'>): ReadWaiting {
  return async community => {
    const offers = offersIn(await readBoard(parts, community));
    const { shown, more } = namedIn(weekIn(parts, community), offers, ({ holding }) => holding.since);
    return t => {
      if (shown.length === 0) return [];
      const names = shown.map(({ item: { role, holding }, last }) =>
        t(last ? 'roles:waiting.offerLast' : 'roles:waiting.offer', {
          name: plain(shortened(holding.person.name, longestName)),
          role: plain(shortened(titleOf(role, t), longestRole)),
        }),
      );
      return [{ text: t('roles:waiting.offers', { names }), more }];
    };
  };
}

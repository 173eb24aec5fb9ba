import { namedIn } from '../../../domain/attention/naming.ts';
import type { Held } from '../../../domain/departures/held.ts';
import { titleOf } from '../../../domain/roles/roles.ts';
import { shortened } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import type { PlanRow } from '../../lists/model.ts';
import { weekIn, type ReadWaiting } from '../../shared/waiting.ts';
import type { Translate } from '../../text.ts';
import { nameOf } from './cards.ts';
import { isHolding, readDepartures, type Departure } from './departures.ts';
import type { DeparturesParts } from './parts.ts';

/** In characters: three of them are one line of a card. */
const longestThing = 30;
const mostThings = 2;

/**
 * Who has left and is still named somewhere. The feature that shows it brings the language; the sentences are this
 * feature's.
 */
export function departuresWaiting(
  parts: Pick<DeparturesParts, 'lists' | 'roster' | 'departed' | 'clock'>,
): ReadWaiting {
  return async community => {
    const { departures } = await readDepartures(parts, community);
    const { shown, more } = namedIn(weekIn(parts, community), departures.filter(isHolding), ({ on }) => on);
    return t => {
      if (shown.length === 0) return [];
      const people = shown.map(({ item, last }) =>
        t(last ? 'departures:waiting.last' : 'departures:waiting.who', {
          name: nameOf(item.held.name, t),
          things: thingsOf(item, t),
        }),
      );
      return [{ text: t('departures:waiting.left', { people }), more }];
    };
  };
}

function thingsOf({ held }: Departure<Held<PlanRow>>, t: Translate): readonly string[] {
  const { coordinates, facilitates, roles, actions, surveys, drafts } = held;
  const short = (text: string): string => plain(shortened(text, longestThing));
  const things = [
    ...(coordinates ? [t('departures:waiting.coordinator')] : []),
    ...(facilitates && !coordinates ? [t('departures:waiting.facilitator')] : []),
    ...roles.map(({ role }) => short(titleOf(role, t))),
    ...actions.map(({ action }) => t('departures:waiting.action', { title: short(action.title) })),
    ...surveys.map(title => t('departures:waiting.survey', { title: short(title) })),
    ...(drafts > 0 ? [t('departures:waiting.drafts', { count: drafts })] : []),
  ];
  const more = things.length - mostThings;
  return more > 0 ? [...things.slice(0, mostThings), t('departures:waiting.things', { count: more })] : things;
}

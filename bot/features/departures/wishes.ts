import { peopleInCharge, type Community } from '../../../domain/community.ts';
import { addDays } from '../../../domain/schedule.ts';
import { shortened } from '../../../domain/text.ts';
import type { Morning, Wish } from '../../feature.ts';
import { leftCard } from './cards.ts';
import { isHolding, readDepartures, type Departure } from './departures.ts';
import type { DeparturesParts } from './parts.ts';

const leftKind = 'departures.left';
/** For so many days after somebody left those in charge are told. */
const toldFor = 14;
/** In characters, on a line among others. */
const longestName = 60;

/**
 * Somebody has left: those in charge are told on the next morning, once, of what they held; of nothing where that is
 * nothing.
 */
export function departuresWishes(parts: DeparturesParts): (morning: Morning) => Promise<readonly Wish[]> {
  return async ({ community, today }) => {
    const { departures, members } = await readDepartures(parts, community);
    const told = departures.filter(isHolding).filter(({ on }) => today <= addDays(on, toldFor));
    if (told.length === 0) return [];
    const to = peopleInCharge(community, members);
    if (to.length === 0)
      parts.log.warn({ community: community.id }, 'nobody is told who has left: there is nobody in charge');
    return told.flatMap(departure =>
      to.map((person): Wish => {
        const name = shortened(departure.held.name, longestName);
        return {
          kind: leftKind,
          period: periodOf(departure),
          to: { person },
          urgency: 'now',
          until: addDays(departure.on, toldFor),
          card: t => leftCard({ community, departure, members, links: parts.links }, t),
          summary: t => t('left.summary', { name, community: community.name }),
          line: t => t('departures:left.line', { name }),
        };
      }),
    );
  };
}

function periodOf({ person, on }: Departure): string {
  return `${person}/${on}`;
}

/** Every copy shows what is left of it. */
export async function showDeparture(
  { messenger, links }: DeparturesParts,
  community: Community,
  {
    departure,
    members,
  }: { readonly departure: Departure; readonly members: Parameters<typeof leftCard>[0]['members'] },
): Promise<void> {
  await messenger.refresh({
    community: community.id,
    kind: leftKind,
    period: periodOf(departure),
    card: t => leftCard({ community, departure, members, links }, t),
  });
}

import { timeZoneOf, type Community } from '../../../domain/community.ts';
import { endOf, type KeptEvent } from '../../../domain/events/event.ts';
import { clockTime, nearDay } from '../../shared/days.ts';

/**
 * When an event is, as the values of a sentence that says `{{when, datetime}}`, `{{from, datetime}}`, `{{to,
 * datetime}}` and `{{zone}}`: by the clock of the community, which is named, as its people may be anywhere.
 */
export function whenOf(
  event: Pick<KeptEvent, 'startsAt' | 'minutes'>,
  community: Pick<Community, 'settings'>,
): Readonly<Record<string, unknown>> {
  const timeZone = timeZoneOf(community);
  const start = new Date(event.startsAt);
  return {
    when: start,
    from: start,
    to: endOf(event),
    zone: timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? timeZone,
    formatParams: {
      when: { ...nearDay, timeZone },
      from: { ...clockTime, timeZone },
      to: { ...clockTime, timeZone },
    },
  };
}

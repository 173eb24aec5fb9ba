import type { Community } from '../../../domain/community.ts';
import { endOf } from '../../../domain/events/event.ts';
import type { HeldEvent } from '../../shared/held-event.ts';
import { readAttendance } from './attendance.ts';
import type { EventsParts } from './parts.ts';
import { asPerson, readEvents, type PlannedEvent } from './store.ts';

type Kept = Pick<EventsParts, 'lists'>;

/** For how long an event counts as held lately, in milliseconds: until what was said of it is counted, told and old. */
const lately = 60 * 86_400_000;

/**
 * Events that were held lately, the latest first. What somebody wrote into SharePoint by hand is none: it would make
 * its author a host who reads what others write.
 */
export function heldReader({
  lists,
  clock,
}: Pick<EventsParts, 'lists' | 'clock'>): (community: Pick<Community, 'id'>) => Promise<readonly HeldEvent[]> {
  return async community => {
    const since = new Date(clock().getTime() - lately);
    return (await readEvents({ lists }, community))
      .filter(event => event.state === 'held' && !event.byHand && endOf(event) >= since)
      .toReversed()
      .map(event => asHeld({ lists }, community, event));
  };
}

export function asHeld(
  parts: Kept,
  community: Pick<Community, 'id'>,
  { id, title, startsAt, hosts, addedBy }: PlannedEvent,
): HeldEvent {
  return {
    ...{ id, title, startsAt, hosts, addedBy },
    async there() {
      const rows = await readAttendance(parts, community, id);
      return rows.flatMap(({ person, was }) => (person && was === 'yes' ? [asPerson(person)] : []));
    },
  };
}

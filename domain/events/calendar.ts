import type { PlacedIn } from '../plan/calendar.ts';
import { endOf, type EventState, type KeptEvent } from './event.ts';

/** An event as calendars need it. */
export interface PlacedEvent
  extends Pick<
    KeptEvent,
    'title' | 'startsAt' | 'minutes' | 'place' | 'link' | 'state' | 'hosts' | 'addedAt' | 'changedAt'
  > {
  readonly id: string;
  readonly community: PlacedIn;
}

/** One meeting in a calendar. */
export interface MeetingEntry {
  /** The same for one event for ever (RFC 5545, 3.8.4.7). */
  readonly uid: string;
  /** Rises with every change (RFC 5545, 3.8.7.4). */
  readonly sequence: number;
  readonly changedAt: string;
  /** ISO instants: a moment is the same in every zone. */
  readonly start: string;
  readonly end: string;
  readonly status: 'confirmed' | 'cancelled' | 'tentative';
  readonly title: string;
  readonly place: string;
  readonly link: string | null;
  readonly hosts: readonly string[];
  readonly community: PlacedIn;
}

const statuses: Readonly<Record<EventState, MeetingEntry['status']>> = {
  draft: 'tentative',
  announced: 'confirmed',
  held: 'confirmed',
  cancelled: 'cancelled',
};

/**
 * What stands in a calendar that is followed: what was announced, and what of it was cancelled, so that it is struck
 * out and does not only vanish.
 */
export function meetingsOf(events: readonly (PlacedEvent & Pick<KeptEvent, 'announcedBy'>)[]): readonly MeetingEntry[] {
  return events
    .filter(({ announcedBy, state }) => announcedBy !== null && state !== 'draft')
    .map(meetingOf)
    .toSorted((one, other) => one.start.localeCompare(other.start) || one.uid.localeCompare(other.uid));
}

/** One event's entry, whatever its state. */
export function meetingOf(event: PlacedEvent): MeetingEntry {
  const { id, title, startsAt, place, link, state, hosts, addedAt, changedAt, community } = event;
  return {
    uid: `event.${id}.${community.id}@cop-companion`,
    // Seconds since it was added, as for what is due: no counter to keep, and no change forgotten to be counted.
    sequence: Math.max(0, Math.floor((Date.parse(changedAt) - Date.parse(addedAt)) / 1000)),
    changedAt,
    start: startsAt,
    end: endOf(event).toISOString(),
    status: statuses[state],
    title,
    place,
    link,
    hosts: hosts.map(({ name }) => name),
    community,
  };
}

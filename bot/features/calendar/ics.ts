import ical, {
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventStatus,
  ICalEventTransparency,
  type ICalCalendar,
} from 'ical-generator';
import type { MeetingEntry } from '../../../domain/events/calendar.ts';
import type { CalendarEntry, PlacedIn } from '../../../domain/plan/calendar.ts';
import type { Translate } from '../../text.ts';

export const calendarType = 'text/calendar; charset=utf-8';

/** How often a calendar should ask again, in seconds. Most ask when they please. */
const askAgain = 3600;

const product = { company: 'CoP Companion', product: 'plan', language: 'EN' };

const statuses = {
  confirmed: ICalEventStatus.CONFIRMED,
  tentative: ICalEventStatus.TENTATIVE,
  cancelled: ICalEventStatus.CANCELLED,
} as const satisfies Readonly<Record<MeetingEntry['status'], ICalEventStatus>>;

/**
 * A calendar file (RFC 5545): what is due as a day, in no zone; a meeting as a moment in UTC, which every calendar shows
 * by the clock of its reader. The same entries give the same bytes, so that whoever fetches it
 * again learns that nothing has changed.
 * @param calendar.name of a calendar to follow; null for a file with entries to take over.
 */
export function icsOf(
  {
    name,
    entries,
    meetings = [],
    link,
    meetingLink = link,
  }: {
    readonly name: string | null;
    readonly entries: readonly CalendarEntry[];
    readonly meetings?: readonly MeetingEntry[];
    readonly link: (community: PlacedIn) => string;
    /** Where the events of a community are. */
    readonly meetingLink?: (community: PlacedIn) => string;
  },
  t: Translate,
): string {
  const calendar =
    name === null
      ? ical({ prodId: product, method: ICalCalendarMethod.PUBLISH })
      : ical({ prodId: product, name, ttl: askAgain });
  for (const { uid, sequence, changedAt, day, title, owners, community } of entries) {
    const url = link(community);
    const start = new Date(`${day}T00:00:00Z`);
    calendar.createEvent({
      id: uid,
      sequence,
      // Without a METHOD the stamp is when the entry was last changed (RFC 5545, 3.8.7.2).
      stamp: new Date(changedAt),
      lastModified: new Date(changedAt),
      start,
      end: new Date(start.getTime() + 86_400_000),
      allDay: true,
      summary: oneLine(title),
      description: [
        owners.length > 0 ? t('owners', { owners: owners.map(oneLine).join(', '), count: owners.length }) : t('nobody'),
        t('of', { community: oneLine(community.name) }),
        url,
      ].join('\n'),
      url,
      // Something due is no appointment: the day stays free.
      transparency: ICalEventTransparency.TRANSPARENT,
      busystatus: ICalEventBusyStatus.FREE,
    });
  }
  for (const meeting of meetings) addMeeting(calendar, meeting, meetingLink(meeting.community), t);
  return calendar.toString();
}

function addMeeting(calendar: ICalCalendar, meeting: MeetingEntry, page: string, t: Translate): void {
  const { uid, sequence, changedAt, start, end, status, title, place, link, hosts, community } = meeting;
  const isOn = status !== 'cancelled';
  calendar.createEvent({
    id: uid,
    sequence,
    stamp: new Date(changedAt),
    lastModified: new Date(changedAt),
    start: new Date(start),
    end: new Date(end),
    status: statuses[status],
    summary: isOn ? oneLine(title) : t('cancelled', { title: oneLine(title) }),
    location: oneLine([place, link ?? ''].filter(part => part !== '').join(', ')),
    description: [
      ...(hosts.length > 0 ? [t('hosts', { hosts: hosts.map(oneLine).join(', '), count: hosts.length })] : []),
      t('ofEvents', { community: oneLine(community.name) }),
      page,
    ].join('\n'),
    url: link ?? page,
    transparency: isOn ? ICalEventTransparency.OPAQUE : ICalEventTransparency.TRANSPARENT,
    busystatus: isOn ? ICalEventBusyStatus.BUSY : ICalEventBusyStatus.FREE,
  });
}

/** The format has no control characters, and a title has no lines. */
function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is meant
  return text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();
}

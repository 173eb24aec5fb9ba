import type { ReadyCommunity } from '../../../domain/community.ts';
import { isBeforeMove, whoSaid, type Attendance } from '../../../domain/events/attendance.ts';
import { endOf, hasBegun } from '../../../domain/events/event.ts';
import type { AttendanceRow } from '../../lists/model.ts';
import { createBatch } from '../../shared/batch.ts';
import { readAttendance } from './attendance.ts';
import { changedCard, eventCard } from './cards.ts';
import type { EventsParts } from './parts.ts';
import { asPerson, findEvent, type PlannedEvent } from './store.ts';

/** The card in the channel with which an event is announced. */
const cardKind = 'events.card';
const movedKind = 'events.moved';
const cancelledKind = 'events.cancelled';

/** An event of a community whose card in the channel is to show what is so now. */
interface Shown {
  readonly community: ReadyCommunity;
  readonly event: string;
}

/** Turns the card of an event in the channel, where there is one. @returns what was answered, as the card says it */
type ShowEvent = (community: ReadyCommunity, event: string) => Promise<readonly AttendanceRow[]>;

export type EventsWork = EventsParts & { readonly show: ShowEvent };

/**
 * However many answer at once, their card is made anew a few times only: who answers while it is being made shares the
 * next time with all others who do, and each is told that all is well only when a card that counts them is on its way.
 */
export function createShow(parts: EventsParts): ShowEvent {
  const showAll = createBatch<Shown, PromiseSettledResult<readonly AttendanceRow[]>>(async asked => {
    const once = [...new Map(asked.map(one => [nameOf(one), one]))];
    const outcomes = await Promise.allSettled(once.map(([, one]) => showOne(parts, one)));
    const byName = new Map(once.map(([name], place) => [name, outcomes[place]]));
    return asked.map(one => byName.get(nameOf(one)) as PromiseSettledResult<readonly AttendanceRow[]>);
  });
  return async (community, event) => {
    const outcome = await showAll({ community, event });
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  };
}

function nameOf({ community, event }: Shown): string {
  return `${community.id} ${event}`;
}

async function showOne(parts: EventsParts, { community, event: id }: Shown): Promise<readonly AttendanceRow[]> {
  const [event, rows] = await Promise.all([findEvent(parts, community, id), readAttendance(parts, community, id)]);
  await parts.messenger.refresh({
    community: community.id,
    kind: cardKind,
    period: id,
    card: t => eventCard({ community, event, rows, now: parts.clock(), links: parts.links }, t),
  });
  return rows;
}

/**
 * Tells whom an event concerns of the state it has reached: the channel of one that is announced for everybody, and
 * those who had said that they come of one that moved or was cancelled. May be repeated: each is told once.
 */
export async function tellOf(parts: EventsWork, community: ReadyCommunity, event: PlannedEvent): Promise<void> {
  const rows = await readAttendance(parts, community, event.id);
  if (event.state === 'announced' && event.audience === 'everybody') await announce(parts, community, event, rows);
  await parts.show(community, event.id);
  if (hasBegun(event, parts.clock())) return;
  if (event.state === 'cancelled') await tellThose(parts, community, { event, rows, kind: cancelledKind });
  if (event.state === 'announced' && event.movedAt !== null)
    await tellThose(parts, community, { event, rows: rows.filter(row => isBeforeMove(row, event)), kind: movedKind });
}

async function announce(
  { messenger, clock, links }: EventsParts,
  community: ReadyCommunity,
  event: PlannedEvent,
  rows: readonly Attendance[],
): Promise<void> {
  await messenger.post({
    community: community.id,
    kind: cardKind,
    period: event.id,
    to: [{ channel: true }],
    card: t => eventCard({ community, event, rows, now: clock(), links }, t),
    summary: t => t('card.summary', { title: event.title }),
    expires: endOf(event),
  });
}

/** At once, and not in the morning: who has the old moment in mind may be on their way by then. */
async function tellThose(
  { messenger, links, roster }: EventsParts,
  community: ReadyCommunity,
  {
    event,
    rows,
    kind,
  }: {
    readonly event: PlannedEvent;
    readonly rows: readonly Attendance[];
    readonly kind: typeof movedKind | typeof cancelledKind;
  },
): Promise<void> {
  const here = new Set((await roster.members(community.id)).map(({ id }) => id));
  const people = whoSaid(rows, 'coming', 'maybe').flatMap(({ person }) =>
    person && here.has(person.id) ? [{ person: asPerson(person) }] : [],
  );
  if (people.length === 0) return;
  const what = kind === movedKind ? 'moved' : 'cancelled';
  await messenger.post({
    community: community.id,
    kind,
    period: `${event.id}/${what === 'moved' ? event.movedAt : event.startsAt}`,
    to: people,
    card: t => changedCard({ community, event, what, links }, t),
    summary: t => t(`changed.${what}Summary`, { title: event.title }),
    expires: endOf(event),
  });
}

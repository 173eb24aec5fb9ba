import type { Community, Member, Person, ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { mostItems } from '../../../domain/events/agenda.ts';
import {
  byStart,
  endOf,
  EventAddress,
  longestEvent,
  longestPlace,
  longestSaid,
  longestTitle,
  mayEdit,
  mostHosts,
  mostNamed,
  moved,
  shortestEvent,
  type By,
  type Event,
  type EventMove,
  type KeptEvent,
} from '../../../domain/events/event.ts';
import { timeOf } from '../../../domain/events/rhythm.ts';
import { localDay } from '../../../domain/schedule.ts';
import { change, whenThere, type Stored } from '../../lists/list.ts';
import type { CommunityLists, EventRow } from '../../lists/model.ts';
import type { EventsParts } from './parts.ts';

/** An event with its id. */
export interface PlannedEvent extends KeptEvent {
  readonly id: string;
  readonly etag: string;
  /** Somebody wrote it in SharePoint itself: nobody is its host, or has proposed it, until it is saved here. */
  readonly byHand: boolean;
}

/** To read events and to answer them is everybody's; to change one depends on whose it is. */
export const reading = { may: 'community.read', ready: true } as const;
export const changing = { may: 'community.read', own: 'event', ready: true } as const;
export const lookingAfter = { may: 'events.edit', ready: true } as const;

/** Every event, by its moment; none where the list is not there yet. */
export async function readEvents(
  { lists }: Pick<EventsParts, 'lists'>,
  community: Pick<Community, 'id'>,
): Promise<readonly PlannedEvent[]> {
  const rows = await whenThere(() => lists.of(community.id).events.all());
  return rows.map(eventOf).toSorted(byStart);
}

/** For how long an event that is over stays in a calendar that is followed, in milliseconds. */
const keptInCalendars = 90 * 86_400_000;

/**
 * What stands in calendars that are followed, whatever rhythm brings it: of a community everything that was announced;
 * of a person what they said that they come to, or may, and what they host.
 */
export function meetingsReader({
  lists,
  clock,
}: Pick<EventsParts, 'lists' | 'clock'>): (
  community: Pick<Community, 'id'>,
  person: string | null,
) => Promise<readonly PlannedEvent[]> {
  return async (community, person) => {
    const since = new Date(clock().getTime() - keptInCalendars);
    const events = (await readEvents({ lists }, community)).filter(
      event => event.announcedBy !== null && endOf(event) >= since,
    );
    if (person === null) return events;
    const { attendance } = lists.of(community.id);
    const mine: PlannedEvent[] = [];
    for (const event of events) {
      const says = (await attendance.find(`${event.id}/${person}`))?.value.says;
      if (says === 'coming' || says === 'maybe' || event.hosts.some(({ id }) => id === person)) mine.push(event);
    }
    return mine;
  };
}

/** Throws `not-found`. */
export async function findEvent(
  { lists }: Pick<EventsParts, 'lists'>,
  community: Pick<Community, 'id'>,
  id: string,
): Promise<PlannedEvent> {
  const row = await lists.of(community.id).events.find(id);
  if (!row) throw noEvent(community, id);
  return eventOf(row);
}

/** Whether this member may change an event, as far as the product itself knows whose it is. */
export function mayEditIt(event: PlannedEvent, who: Member, community: Community): boolean {
  const { byHand, hosts, addedBy, state } = event;
  return mayEdit(byHand ? { hosts: [], addedBy: nobody, state } : { hosts, addedBy, state }, who, community);
}

const nobody: Person = { id: '', name: '' };

/** Throws `not-allowed`. */
export function mustEdit(event: PlannedEvent, who: Member, community: Community): void {
  if (mayEditIt(event, who, community)) return;
  throw new CommunityError(
    'not-allowed',
    'an event is changed by its hosts, by those who look after events, and as a draft by whoever proposed it',
    { permission: 'events.edit' },
  );
}

/**
 * Changes some of an event on what is stored now, again whenever somebody saved in between. `decide` returns undefined
 * when there is nothing to change. Throws `not-found`, or `not-allowed`.
 */
export async function changeEvent(
  parts: Pick<EventsParts, 'lists'>,
  community: Community,
  who: Member,
  id: string,
  {
    decide,
    onBehalfOf,
  }: {
    readonly decide: (current: PlannedEvent) => KeptEvent | undefined;
    /** The person's token; null for a card, which brings none. */
    readonly onBehalfOf: string | null;
  },
): Promise<PlannedEvent> {
  const list = listOf(parts, community, onBehalfOf);
  const stored = await list.find(id);
  if (!stored) throw noEvent(community, id);
  mustEdit(eventOf(stored), who, community);
  const row = await change(list, id, current => {
    if (!current) return undefined;
    const before = eventOf({ ...stored, value: current });
    const wanted = decide(before);
    return wanted && rowOf(id, wanted);
  });
  if (!row) throw noEvent(community, id);
  return eventOf(row);
}

/** Makes an event announced, cancelled, a draft again, or held. Throws `invalid` when it cannot become so now. */
export async function moveEvent(
  parts: EventsParts,
  community: ReadyCommunity,
  who: Member,
  id: string,
  { move, onBehalfOf }: { readonly move: EventMove; readonly onBehalfOf: string | null },
): Promise<PlannedEvent> {
  return changeEvent(parts, community, who, id, {
    onBehalfOf,
    decide(current) {
      const next = moved(current, move, byOf(parts, who));
      if (next === null)
        throw new CommunityError('invalid', `an event that is ${current.state} cannot ${move} at this moment`, {
          context: 'event-state',
        });
      return next === current ? undefined : next;
    },
  });
}

/** A row as the rules know it. It may have been edited in SharePoint, where nothing keeps a title short. */
export function eventOf({ value, etag, byHand }: Stored<EventRow>): PlannedEvent {
  const {
    key,
    title,
    place,
    minutes,
    link,
    recording,
    hosts,
    named,
    agenda,
    keep,
    change: otherwise,
    summary,
    ...rest
  } = value;
  return {
    id: key,
    etag,
    byHand: byHand ?? false,
    ...rest,
    startsAt: atSecond(rest.startsAt),
    movedAt: rest.movedAt && atSecond(rest.movedAt),
    title: title.trim().slice(0, longestTitle) || '…',
    place: place.trim().slice(0, longestPlace),
    minutes: Math.min(longestEvent, Math.max(shortestEvent, Math.round(minutes) || 0)),
    link: EventAddress.safeParse(link.trim()).data ?? null,
    recording: EventAddress.safeParse(recording.trim()).data ?? null,
    hosts: hosts.slice(0, mostHosts),
    named: named.slice(0, mostNamed),
    agenda: agenda.slice(0, mostItems),
    keep: keep.slice(0, longestSaid),
    change: otherwise.slice(0, longestSaid),
    summary: summary.slice(0, longestSaid),
  };
}

export function rowOf(key: string, event: KeptEvent): EventRow {
  const { title, kind, activity, state, startsAt, minutes, mode, place, link, audience, named, hosts, rhythm } = event;
  const { ps, agenda, keep, change: otherwise, summary, recording, there, movedAt, announcedBy } = event;
  const { addedBy, addedAt, changedBy, changedAt } = event;
  return {
    key,
    ...{ title, kind, activity, state, startsAt: atSecond(startsAt), minutes, mode, place, link: link ?? '', audience },
    ...{ named: named.map(asPerson), hosts: hosts.map(asPerson), rhythm, ps, agenda, keep, change: otherwise, summary },
    ...{
      recording: recording ?? '',
      there,
      movedAt: movedAt && atSecond(movedAt),
      announcedBy,
      addedBy,
      addedAt,
      changedBy,
      changedAt,
    },
  };
}

/** SharePoint keeps whole seconds: written so from the first, a moment names the same message before and after. */
function atSecond(moment: string): string {
  return new Date(Math.floor(Date.parse(moment) / 1000) * 1000).toISOString();
}

/** What people say about an event, by the clock of the community. */
export function wordsOf(event: KeptEvent, timeZone: string): Event {
  const { title, kind, activity, minutes, mode, place, link, audience, named, hosts, agenda } = event;
  const { keep, change: otherwise, summary, recording } = event;
  const start = new Date(event.startsAt);
  return {
    ...{ title, kind, activity, day: localDay(start, timeZone), time: timeOf(start, timeZone), minutes, mode, place },
    ...{ link, audience, named: [...named], hosts: [...hosts], agenda: [...agenda] },
    ...{ keep, change: otherwise, summary, recording },
  };
}

/** What is over and was not cancelled, newest first. */
export function pastEvents(events: readonly PlannedEvent[], now: Date): readonly PlannedEvent[] {
  return events.filter(event => event.state !== 'cancelled' && endOf(event) <= now).toReversed();
}

export function listOf(
  { lists }: Pick<EventsParts, 'lists'>,
  community: Pick<Community, 'id'>,
  onBehalfOf: string | null,
): CommunityLists['events'] {
  return (onBehalfOf === null ? lists.of(community.id) : lists.onBehalfOf(community.id, onBehalfOf)).events;
}

export function byOf({ clock }: Pick<EventsParts, 'clock'>, person: Person): By {
  return { by: asPerson(person), now: clock() };
}

export function asPerson({ id, name }: Person): Person {
  return { id, name };
}

/**
 * Members by their ids, named as the team names them. Throws `invalid` for a person who is neither in the team nor
 * `known` already.
 */
export async function membersNamed(
  { roster }: Pick<EventsParts, 'roster'>,
  community: Community,
  people: readonly Pick<Person, 'id'>[],
  { known, field }: { readonly known: readonly Person[]; readonly field: string },
): Promise<Person[]> {
  if (people.length === 0) return [];
  const members: readonly Person[] = await roster.members(community.id);
  return people.map(({ id }) => {
    const found = members.find(member => member.id === id) ?? known.find(person => person.id === id);
    if (!found) throw new CommunityError('invalid', 'expected people of the team', { fields: [field] });
    return asPerson(found);
  });
}

function noEvent(community: Pick<Community, 'id'>, id: string): CommunityError {
  return new CommunityError('not-found', `community ${community.id} has no event ${id}`);
}

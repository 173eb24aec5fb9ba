import { z } from 'zod';
import { Day, Person, TimeOfDay, type Community, type Member } from '../community.ts';
import { canWith } from '../permissions.ts';
import { line, prose, sharedAddress } from '../text.ts';
import { Agenda } from './agenda.ts';
import { activityIds, eventAudiences, eventKindIds, kindOf, psIds, sixPs, type PsId } from './method.ts';

/** In characters. */
export const longestTitle = 120;
export const longestPlace = 200;
const longestAddress = 2_000;
/** Of what is written about one of the six Ps, and of what was said afterwards. */
export const longestPs = 2_000;
export const longestSaid = 4_000;
export const mostHosts = 10;
export const mostNamed = 50;
/** In minutes. */
export const shortestEvent = 5;
export const longestEvent = 720;

export const modes = ['online', 'room', 'both'] as const;

/**
 * `draft`: proposed or made by a rhythm, and told to nobody. `announced`: people can say whether they come. `held`: it
 * is over, and somebody has said who was there.
 */
export const eventStates = ['draft', 'announced', 'held', 'cancelled'] as const;
export type EventState = (typeof eventStates)[number];

/** Names an event; whoever adds it chooses it, so that adding may be repeated. */
export const EventId = z
  .string()
  .regex(/^[a-z0-9-]{8,64}$/, { error: 'expected 8 to 64 small letters, digits and hyphens' });

/** What was written about one of the six Ps, and whether its host is content with it. */
const PsAnswer = z.object({ text: prose(longestPs), done: z.boolean() });
type PsAnswer = z.infer<typeof PsAnswer>;
/** What nobody has looked at yet is left out. */
export const Ps = z.partialRecord(z.enum(psIds), PsAnswer);
export type Ps = z.infer<typeof Ps>;

/** Where an online meeting is joined, or a recording seen. */
export const EventAddress = sharedAddress(longestAddress);

/** What people say about an event; when it is by the clock of the community. */
export const Event = z.object({
  title: line(longestTitle).min(1),
  kind: z.enum(eventKindIds),
  /** What a learning session is made of; null while nobody has chosen, and of other kinds. */
  activity: z.enum(activityIds).nullable(),
  day: Day,
  time: TimeOfDay,
  minutes: z.number().int().min(shortestEvent).max(longestEvent),
  mode: z.enum(modes),
  /** A room, or whatever else says where; empty for none. */
  place: line(longestPlace),
  /** Where it is joined; null for none. */
  link: EventAddress.nullable(),
  audience: z.enum(eventAudiences),
  /** Who is invited by name; empty for the other audiences. */
  named: z.array(Person).max(mostNamed),
  hosts: z.array(Person).max(mostHosts),
  agenda: Agenda,
  /** What to do again and what to do otherwise, and what it came to: written when it is over. */
  keep: prose(longestSaid),
  change: prose(longestSaid),
  summary: prose(longestSaid),
  recording: EventAddress.nullable(),
});
export type Event = z.infer<typeof Event>;
export type EventField = keyof Event;
export const eventFields = Object.keys(Event.shape) as readonly EventField[];

/** An event as it is kept: its moment is an instant, so that a change of the clocks moves nothing. */
export interface KeptEvent extends Omit<Event, 'day' | 'time'> {
  readonly state: EventState;
  /** ISO instants. */
  readonly startsAt: string;
  /** When an announced event was given another moment last; null for never. */
  readonly movedAt: string | null;
  readonly announcedBy: Person | null;
  readonly ps: Ps;
  /** The rhythm that made it; null for one that somebody added. */
  readonly rhythm: string | null;
  /** How many were there, guests too; null until somebody has said so. */
  readonly there: number | null;
  readonly addedBy: Person;
  readonly addedAt: string;
  readonly changedBy: Person;
  readonly changedAt: string;
}

/** Who changes something, and when. */
export interface By {
  readonly by: Person;
  readonly now: Date;
}

/** The moment it is over. */
export function endOf({ startsAt, minutes }: Pick<KeptEvent, 'startsAt' | 'minutes'>): Date {
  return new Date(Date.parse(startsAt) + minutes * 60_000);
}

export function hasBegun({ startsAt }: Pick<KeptEvent, 'startsAt'>, now: Date): boolean {
  return Date.parse(startsAt) <= now.getTime();
}

/** Whether people can still say that they come, or do not. It goes on until the end: some are late. */
export function takesAnswers(event: Pick<KeptEvent, 'state' | 'startsAt' | 'minutes'>, now: Date): boolean {
  return event.state === 'announced' && now < endOf(event);
}

/** What becomes of an event as a whole, by somebody's press. */
export const eventMoves = ['announce', 'cancel', 'reopen', 'hold'] as const;
export type EventMove = (typeof eventMoves)[number];

const movesFrom: Readonly<Record<EventState, readonly EventMove[]>> = {
  draft: ['announce', 'cancel', 'hold'],
  announced: ['cancel', 'hold'],
  held: [],
  cancelled: ['reopen'],
};

const stateAfter: Readonly<Record<EventMove, EventState>> = {
  announce: 'announced',
  cancel: 'cancelled',
  reopen: 'draft',
  hold: 'held',
};

/**
 * Whether this can become of it now. What has begun is neither announced nor brought back, and nothing was held that
 * has not begun; that it did not take place can also be said afterwards.
 */
export function canMove(event: Pick<KeptEvent, 'state' | 'startsAt'>, move: EventMove, now: Date): boolean {
  return movesFrom[event.state].includes(move) && (move === 'cancel' || hasBegun(event, now) === (move === 'hold'));
}

/**
 * The event after the move; the same object when it is so already, as after a press that is repeated, and null when it
 * cannot become so.
 */
export function moved<Kept extends KeptEvent>(event: Kept, move: EventMove, { by, now }: By): Kept | null {
  const state = stateAfter[move];
  if (event.state === state) return event;
  if (!canMove(event, move, now)) return null;
  const announcedBy = move === 'announce' ? by : event.announcedBy;
  return { ...event, state, announcedBy, changedBy: by, changedAt: now.toISOString() };
}

/** Whether its moment can still be changed: an event that was held, or is cancelled, was when it was. */
export function mayBeMoved({ state }: Pick<KeptEvent, 'state'>): boolean {
  return state === 'draft' || state === 'announced';
}

/**
 * Whether this member may change an event, announce and cancel it, and say who was there: its hosts, whoever proposed
 * it as long as it is a draft, and those who look after events. Everybody may propose one.
 */
export function mayEdit(
  event: Pick<KeptEvent, 'hosts' | 'addedBy' | 'state'>,
  member: Member,
  community: Community,
): boolean {
  const isHost = event.hosts.some(({ id }) => id === member.id);
  const isProposer = event.state === 'draft' && event.addedBy.id === member.id;
  return canWith(member, 'event', isHost || isProposer, community);
}

/** An event that is new. */
export function added(
  event: Omit<Event, 'day' | 'time'>,
  { startsAt, rhythm = null }: { readonly startsAt: string; readonly rhythm?: string | null },
  { by, now }: By,
): KeptEvent {
  const at = now.toISOString();
  return {
    ...event,
    startsAt,
    state: 'draft',
    movedAt: null,
    announcedBy: null,
    ps: {},
    rhythm,
    there: null,
    addedBy: by,
    addedAt: at,
    changedBy: by,
    changedAt: at,
  };
}

/** The event as it reads now. One that is announced and gets another moment has moved: who answered did so before. */
export function edited<Kept extends KeptEvent>(
  current: Kept,
  change: Partial<Omit<KeptEvent, 'state' | 'addedBy' | 'addedAt'>>,
  { by, now }: By,
): Kept {
  const at = now.toISOString();
  const next = { ...current, ...change };
  const isMoved = current.state === 'announced' && !isSameMoment(next.startsAt, current.startsAt);
  return { ...next, movedAt: isMoved ? at : current.movedAt, changedBy: by, changedAt: at };
}

/** The two are the same instant: SharePoint keeps whole seconds. */
export function isSameMoment(one: string, other: string): boolean {
  return Math.floor(Date.parse(one) / 1000) === Math.floor(Date.parse(other) / 1000);
}

/** The fields in which two events differ. People are the same by their ids, in whatever order. */
export function changedFields(one: Event, other: Event): readonly EventField[] {
  return eventFields.filter(field => {
    if (field === 'hosts' || field === 'named') return !samePeople(one[field], other[field]);
    return JSON.stringify(one[field]) !== JSON.stringify(other[field]);
  });
}

/** Which of the six Ps are open that hosts are asked about by this many working days before. */
export function openPs({ kind, ps }: Pick<KeptEvent, 'kind' | 'ps'>, daysBefore: number): readonly PsId[] {
  if (kindOf(kind).light) return [];
  return sixPs.filter(({ id, day }) => day >= daysBefore && !ps[id]?.done).map(({ id }) => id);
}

/** The order in which events are read: by their moment. */
export function byStart(
  one: Pick<KeptEvent, 'startsAt' | 'title'>,
  other: Pick<KeptEvent, 'startsAt' | 'title'>,
): number {
  return Date.parse(one.startsAt) - Date.parse(other.startsAt) || one.title.localeCompare(other.title);
}

/** The next events that are not over, soonest first. What is cancelled or only a draft is none that people go to. */
export function nextEvents<Kept extends Pick<KeptEvent, 'state' | 'startsAt' | 'minutes' | 'title'>>(
  events: readonly Kept[],
  now: Date,
): readonly Kept[] {
  return events.filter(event => event.state === 'announced' && now < endOf(event)).toSorted(byStart);
}

/**
 * The last events of the same kind in which something was said to keep or to change, newest first: what hosts are
 * reminded of before the next one. Where its kind has none, those of any kind.
 */
export function lastWords<Kept extends Pick<KeptEvent, 'kind' | 'state' | 'startsAt' | 'title' | 'keep' | 'change'>>(
  event: Pick<KeptEvent, 'kind' | 'startsAt'>,
  events: readonly Kept[],
  most = 2,
): readonly Kept[] {
  const before = events
    .filter(
      one => one.state === 'held' && one.startsAt < event.startsAt && (one.keep.trim() || one.change.trim()) !== '',
    )
    .toSorted((one, other) => byStart(other, one));
  const same = before.filter(({ kind }) => kind === event.kind);
  return (same.length > 0 ? same : before).slice(0, most);
}

function samePeople(some: readonly Person[], others: readonly Person[]): boolean {
  const ids = new Set(others.map(({ id }) => id));
  return some.length === others.length && some.every(({ id }) => ids.has(id));
}

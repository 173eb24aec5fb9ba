import { addDays } from '../schedule.ts';

/**
 * What a wish is to whoever reads it: `now` loses its sense when it waits, `soon` may wait a little, `sometime` long.
 */
const urgencies = ['now', 'soon', 'sometime'] as const;
export type Urgency = (typeof urgencies)[number];

/** Stands for the channel among recipients, who else go by their ids. */
export const theChannel = 'channel';

/** One message that somebody may be sent, by its key in the outbox. */
export interface WishKey {
  readonly person: string;
  readonly kind: string;
  readonly period: string;
}

/** As much of a wish as decides when its moment comes. */
export interface Wanted extends WishKey {
  readonly urgency: Urgency;
  /** The last day on which it makes sense. */
  readonly until: string;
  /** False for what the person asked for: it takes nothing from their week. */
  readonly counted: boolean;
  /** It follows from what a sponsor agreed to. */
  readonly agreed: boolean;
  /** It is put again while it is open, which takes to know when it was put before. */
  readonly again: boolean;
}

export type Reader = 'coordinator' | 'member' | 'sponsor';

/** What a community has been sent in the mornings before. */
export interface Sent {
  readonly person: string;
  readonly day: string;
  readonly counted: boolean;
}

export interface MorningFacts {
  readonly today: string;
  readerOf(person: string): Reader;
  /** Whether they have a card of their own this morning, such as that of the week. */
  hasCard(person: string): boolean;
  /** Of the last seven days. */
  readonly sent: readonly Sent[];
  /** Whether this very wish went out on a morning before. */
  wasSent(wish: WishKey): boolean;
}

/** One card for one person. */
export interface MorningCard<Wish extends Wanted = Wanted> {
  readonly person: string;
  readonly counted: boolean;
  readonly wishes: readonly Wish[];
}

export interface Decided<Wish extends Wanted = Wanted> {
  readonly cards: readonly MorningCard<Wish>[];
  /** They are asked again on the next open morning. */
  readonly waiting: readonly Wish[];
}

/** How many mornings within seven days bring a member something that they did not ask for. */
export const mostInSevenDays = 2;
/** How many wishes one card holds. */
export const mostOnCard = 6;

/**
 * Who gets what this morning: one card a person at most, however much there is, and on two of seven days to a member.
 * The channel gets one message, as what it is sent is for everybody and stands alone. Called on open days only.
 */
export function decideMorning<Wish extends Wanted>(wanted: readonly Wish[], facts: MorningFacts): Decided<Wish> {
  const fresh = wanted.filter(wish => !facts.wasSent(wish) && wish.until >= facts.today);
  const sentTo = Map.groupBy(facts.sent, ({ person }) => person);
  const cards = [...Map.groupBy(fresh, ({ person }) => person)].flatMap(([person, wishes]) => {
    const chosen = chosenFor(person, wishes.toSorted(byUrgency), { ...facts, sent: sentTo.get(person) ?? [] });
    return chosen.length === 0 ? [] : [{ person, wishes: chosen, counted: chosen.some(({ counted }) => counted) }];
  });
  const sent = new Set(cards.flatMap(({ wishes }) => wishes));
  return { cards, waiting: fresh.filter(wish => !sent.has(wish)) };
}

/** After how many days a question that is still open is put again, and then again: three times in all. */
const againAfter = [14, 42] as const;

/** The periods under which one open question may have been put. */
export function periodsOf(period: string): readonly string[] {
  return [period, ...againAfter.map((_days, index) => `${period}#${index + 2}`)];
}

/** Stands for a day that never comes: the question was let go. */
export const never = 'never';

/** What is known of one open question. */
export interface Past {
  /** On which days it was put, by its periods. */
  readonly put: ReadonlyMap<string, string>;
  /** The day on which it was put first, where that was no morning of ours. */
  readonly since: string | null;
  /** What its reader chose when it was put last: the day from which it may come again, or {@link never}. */
  readonly againOn: string | null;
  readonly today: string;
}

/**
 * Under which period an open question is put today: one that was put already, so that nothing is said, or the next when
 * its time has come.
 */
export function periodToday(period: string, past: Past): string {
  const { last, next } = timesOf(period, past);
  return next && (next.on === null || past.today >= next.on) ? next.period : (last ?? period);
}

/**
 * Whether an open question comes by itself in the week that begins on this day: it has come in it, or its time does.
 * What has been due for longer is held up by something else, and may as well be named where it waits.
 * @param cameUp the day on which it came up
 */
export function comesInWeek(
  week: string,
  { period, cameUp }: { readonly period: string; readonly cameUp: string },
  past: Omit<Past, 'today'>,
): boolean {
  const [weekBefore, weekAfter] = [addDays(week, -7), addDays(week, 7)];
  if ([...past.put.values()].some(day => week <= day && day < weekAfter)) return true;
  const { next } = timesOf(period, past);
  const on = next && (next.on ?? cameUp);
  return on !== undefined && weekBefore < on && on < weekAfter;
}

/**
 * The period under which an open question was put last, and the next with the day from which on it may be put: null for
 * at once. Two weeks at least lie between them, unless its reader chose otherwise.
 */
function timesOf(
  period: string,
  { put, since, againOn }: Omit<Past, 'today'>,
): { readonly last?: string; readonly next?: { readonly period: string; readonly on: string | null } } {
  const periods = periodsOf(period);
  const days = periods.map((one, index) => (index === 0 ? (since ?? put.get(one)) : put.get(one)));
  const place = days.findLastIndex(day => day !== undefined);
  const [first, lastDay] = [days[0] ?? days[place], days[place]];
  if (first === undefined || lastDay === undefined) return { next: { period, on: null } };
  const [last, next] = [periods[place] ?? period, periods[place + 1]];
  if (next === undefined || againOn === never) return { last };
  const [due, apart] = [addDays(first, againAfter[place] ?? 0), addDays(lastDay, againAfter[0])];
  return { last, next: { period: next, on: againOn ?? (due > apart ? due : apart) } };
}

/** For which time an open question is put under this period: the first, the second, or the last. */
export function timeIn(period: string): 'first' | 'second' | 'last' {
  const suffix = /#(\d)$/.exec(period)?.[1];
  return suffix === undefined ? 'first' : Number(suffix) > againAfter.length ? 'last' : 'second';
}

/** How often it is put again after this period. */
export function timesLeft(base: string, period: string): number {
  const periods = periodsOf(base);
  return periods.length - 1 - periods.indexOf(period);
}

/** @param facts with what was sent to this person alone */
function chosenFor<Wish extends Wanted>(person: string, wishes: readonly Wish[], facts: MorningFacts): readonly Wish[] {
  const { today, sent } = facts;
  if (facts.hasCard(person) || sent.some(({ day }) => day === today)) return [];
  if (person === theChannel) return wishes.slice(0, 1);
  const reader = facts.readerOf(person);
  const allowed = reader === 'sponsor' ? wishes.filter(({ agreed }) => agreed) : wishes;
  const room = reader === 'coordinator' ? mostInSevenDays : mostInSevenDays - countedWithin(facts);
  return within(allowed, room, today).slice(0, mostOnCard);
}

/** The last place of somebody's week is kept for what cannot wait; once it is taken, what can wait comes along. */
function within<Wish extends Wanted>(wishes: readonly Wish[], room: number, today: string): readonly Wish[] {
  const cannotWait = wishes.some(wish => wish.counted && (wish.urgency !== 'sometime' || wish.until === today));
  return room > 1 || (room === 1 && cannotWait) ? wishes : wishes.filter(({ counted }) => !counted);
}

function countedWithin({ sent, today }: MorningFacts): number {
  const first = addDays(today, -6);
  return sent.filter(({ counted, day }) => counted && day >= first && day <= today).length;
}

function byUrgency(one: Wanted, other: Wanted): number {
  const order = urgencies.indexOf(one.urgency) - urgencies.indexOf(other.urgency);
  return order || (one.until < other.until ? -1 : one.until > other.until ? 1 : 0);
}

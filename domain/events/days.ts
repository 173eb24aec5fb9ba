import { openDayBefore, type Rest } from '../attention/open-days.ts';
import { addDays, localDay } from '../schedule.ts';
import { endOf, openPs, type KeptEvent } from './event.ts';
import { sixPs, type PsId } from './method.ts';

type Placed = Pick<KeptEvent, 'startsAt' | 'minutes'>;

export interface Where {
  readonly timeZone: string;
  readonly rest: Rest;
}

/** For how many days after an event its hosts can be asked how it was. */
const askedFor = 5;
/** How long after the end, in milliseconds. */
const afterEnd = 30 * 60_000;

/** On which working days before an event its hosts are asked about the six Ps: 10, 5 and 2. */
export const preparationDays: readonly number[] = [...new Set(sixPs.map(({ day }) => day))].toSorted(
  (one, other) => other - one,
);

/** So many open days before a day. */
export function openDaysBefore(day: string, count: number, rest: Rest): string {
  let before = day;
  for (let step = 0; step < count; step++) before = openDayBefore(before, rest);
  return before;
}

/**
 * Which round of questions hosts are in today, by its working days before the event, and what is still open of it; null
 * before the first, and on the day itself. Who proposes an event late is asked at once, about all that should have been
 * looked at by then.
 */
export function preparation(
  event: Pick<KeptEvent, 'kind' | 'startsAt' | 'ps'>,
  today: string,
  { timeZone, rest }: Where,
): { readonly round: number; readonly open: readonly PsId[]; readonly until: string } | null {
  const day = localDay(new Date(event.startsAt), timeZone);
  if (today >= day) return null;
  const round = preparationDays.findLast(days => today >= openDaysBefore(day, days, rest));
  if (round === undefined) return null;
  const open = openPs(event, round);
  const next = preparationDays[preparationDays.indexOf(round) + 1];
  const until = addDays(next === undefined ? day : openDaysBefore(day, next, rest), -1);
  return { round, open, until };
}

/**
 * Whether those who come are told today: on the last open day before, or on the day itself as long as it has not begun,
 * where somebody said only then that they come.
 */
export function isReminderDay(
  { startsAt }: Pick<KeptEvent, 'startsAt'>,
  now: Date,
  { timeZone, rest }: Where,
): boolean {
  const day = localDay(new Date(startsAt), timeZone);
  return localDay(now, timeZone) >= openDayBefore(day, rest) && now.getTime() < Date.parse(startsAt);
}

/** The last day on which it makes sense to ask hosts how an event was, as long as it is over: null before that. */
export function asksUntil(event: Placed, now: Date, timeZone: string): string | null {
  const end = endOf(event);
  if (now.getTime() < end.getTime() + afterEnd) return null;
  return addDays(localDay(end, timeZone), askedFor);
}

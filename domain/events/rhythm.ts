import type { Rest } from '../attention/open-days.ts';
import { addDays, daysBetween, localDay, localTime, momentOn, weekdayOf } from '../schedule.ts';
import type { NthWeekday, RhythmRule, KeptRhythm } from './rhythm-rule.ts';

/** For how many days ahead a rhythm makes its events: six weeks. */
export const daysAhead = 42;

/**
 * Why a day of a rhythm brings no event: it is one of the community's quiet days, a public holiday, or a day that the
 * zone skipped (Apia had no 30 December 2011).
 */
type Skipped = 'quiet' | 'holiday' | 'no-such-day';

/** One day of a rhythm. */
export interface Occurrence {
  readonly day: string;
  /** ISO instant, by the clock of that day; null where it is skipped. */
  readonly startsAt: string | null;
  readonly skipped: Skipped | null;
}

interface RhythmWhere {
  readonly timeZone: string;
  readonly rest: Pick<Rest, 'quiet' | 'isHoliday'>;
}

/**
 * The days of a rhythm from one day to another, both included, in order. Hours are those of the wall clock: a time that
 * the clocks skip is the moment just as long after the change, one that comes twice is the first, as in `schedule.ts`.
 */
export function occurrencesOf(
  { rule, time, until }: Pick<KeptRhythm, 'rule' | 'time' | 'until'>,
  between: { readonly from: string; readonly to: string },
  where: RhythmWhere,
): readonly Occurrence[] {
  const from = between.from > rule.from ? between.from : rule.from;
  const to = until !== null && until < between.to ? until : between.to;
  return daysOf(rule, from, to).map(day => {
    const skipped = whySkipped(day, where);
    return { day, startsAt: skipped ? null : momentOn(day, time, where.timeZone).toISOString(), skipped };
  });
}

/** What a rhythm has within its six weeks that has not begun. */
export function aheadOf(
  rhythm: Pick<KeptRhythm, 'rule' | 'time' | 'until'>,
  now: Date,
  where: RhythmWhere,
): readonly Occurrence[] {
  const today = localDay(now, where.timeZone);
  return occurrencesOf(rhythm, { from: today, to: addDays(today, daysAhead) }, where).filter(
    ({ startsAt }) => startsAt === null || Date.parse(startsAt) > now.getTime(),
  );
}

function whySkipped(day: string, { timeZone, rest }: RhythmWhere): Skipped | null {
  if (localDay(momentOn(day, '12:00', timeZone), timeZone) !== day) return 'no-such-day';
  if (rest.quiet.some(({ from, to }) => from <= day && day <= to)) return 'quiet';
  return rest.isHoliday(day) ? 'holiday' : null;
}

/** Whether there is this day, and on it this time of day, where the community is. */
export function isOnClock(day: string, time: string, timeZone: string): 'yes' | 'no-such-day' | 'later' {
  const moment = momentOn(day, time, timeZone);
  if (localDay(moment, timeZone) !== day) return 'no-such-day';
  return timeOf(moment, timeZone) === time ? 'yes' : 'later';
}

/** The wall-clock time (HH:MM) of a moment. */
export function timeOf(moment: Date, timeZone: string): string {
  return localTime(moment, timeZone, 'minute').slice(11);
}

function daysOf(rule: RhythmRule, from: string, to: string): readonly string[] {
  return rule.every === 'weeks' ? everyWeeks(rule, from, to) : everyMonths(rule, from, to);
}

function everyWeeks(
  { weeks, from: first }: Extract<RhythmRule, { every: 'weeks' }>,
  from: string,
  to: string,
): string[] {
  const step = weeks * 7;
  const missed = Math.max(0, Math.ceil(daysBetween(first, from) / step));
  const days: string[] = [];
  for (let day = addDays(first, missed * step); day <= to; day = addDays(day, step)) days.push(day);
  return days;
}

function everyMonths(
  { months, nth, weekday, from: first }: Extract<RhythmRule, { every: 'months' }>,
  from: string,
  to: string,
): string[] {
  const days: string[] = [];
  for (let month = `${first.slice(0, 7)}-01`; month <= to; month = monthLater(month, months)) {
    const day = nthOf(month, nth, weekday);
    if (day >= from && day <= to) days.push(day);
  }
  return days;
}

/** @param month its first day */
function nthOf(month: string, nth: NthWeekday, weekday: number): string {
  if (nth === 'last') {
    const end = addDays(monthLater(month, 1), -1);
    return addDays(end, -((weekdayOf(end) - weekday + 7) % 7));
  }
  return addDays(month, ((weekday - weekdayOf(month) + 7) % 7) + (nth - 1) * 7);
}

function monthLater(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 10);
}

import { Temporal } from 'temporal-polyfill';
import type { Weekday } from './community.ts';

/** Days of the week and a wall-clock time (HH:MM) in an IANA zone. */
export interface WeeklyTimes {
  readonly days: readonly Weekday[];
  readonly time: string;
  readonly timeZone: string;
}

/** One day of the week and a wall-clock time (HH:MM) in an IANA zone. */
export interface WeeklyTime extends Omit<WeeklyTimes, 'days'> {
  readonly day: Weekday;
}

/**
 * The next occurrence strictly after this moment. A time that the clocks skip becomes the moment just as long after
 * the change (09:30 in a gap of an hour becomes 10:30); a time that comes twice counts the first time only.
 */
export function nextWeekly({ day, time, timeZone }: WeeklyTime, after: Date): Date {
  // A single day is never missing, so there always is a next one.
  return nextOnDays({ days: [day], time, timeZone }, after) as Date;
}

/** As {@link nextWeekly}, on whichever of these days comes first; null when there are no days. */
export function nextOnDays({ days, time, timeZone }: WeeklyTimes, after: Date): Date | null {
  if (days.length === 0) return null;
  // Starts a day early: where a whole day was skipped, its occurrence lies on the day after.
  let date = dateAt(after, timeZone).subtract({ days: 1 });
  for (;;) {
    if (days.includes(date.dayOfWeek as Weekday)) {
      const moment = toDate(date, time, timeZone);
      if (moment > after) return moment;
    }
    date = date.add({ days: 1 });
  }
}

/** How far one change can move a moment, in milliseconds: zones lie up to 26 hours apart, and hours of a day 24. */
const widestShift = 50 * 3_600_000;

/**
 * The next moment after settings have changed. Whoever moves an hour back across the present, or the zone, would else
 * lose the occasion that was about to come: it is due at once, and whoever acts on it says whether its day is over.
 * What has been due already stays due.
 * @param next the first moment strictly after another, under the new settings
 * @param pending what was due next under the old ones
 */
export function nextAfterChange(next: (after: Date) => Date | null, pending: Date | null, now: Date): Date | null {
  const coming = next(now);
  if (coming === null || pending === null || coming <= pending) return coming;
  if (pending <= now) return pending;
  if (pending.getTime() - now.getTime() > widestShift) return coming;
  let skipped: Date | null = null;
  for (
    let moment = next(new Date(now.getTime() - widestShift));
    moment !== null && moment <= now;
    moment = next(moment)
  )
    skipped = moment;
  return skipped ?? coming;
}

/** The calendar day it is in this zone: YYYY-MM-DD. */
export function localDay(now: Date, timeZone: string): string {
  const isUsual = now >= usualFrom && now < usualUntil;
  return isUsual ? formatIn(timeZone).format(now) : dateAt(now, timeZone).toString();
}

/** Before, Intl reckons by another calendar in the end; after, years have five digits. */
const usualFrom = new Date('1900-01-01T00:00:00Z');
const usualUntil = new Date('9999-01-01T00:00:00Z');

/** Swedish dates look as calendar days do. To make one takes far longer than to ask it. */
function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(timeZone, format);
  return format;
}

// eslint-disable-next-line walls/still -- remembers pure results only, one for each zone there is
const formats = new Map<string, Intl.DateTimeFormat>();

/** The day and the time it is in this zone, as spreadsheets of every country read it: 2026-11-23 09:00. */
export function localTime(now: Date, timeZone: string, smallestUnit: 'minute' | 'second'): string {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDateTime();
  return local.toString({ smallestUnit }).replace('T', ' ');
}

/** The moment of a wall-clock time (HH:MM) on this day; skipped and doubled times as in {@link nextWeekly}. */
export function momentOn(day: string, time: string, timeZone: string): Date {
  return toDate(Temporal.PlainDate.from(day), time, timeZone);
}

/** The moment this day is over in this zone: the first of the day after. */
export function endOfDay(day: string, timeZone: string): Date {
  return new Date(Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds);
}

/** The calendar day so many days later; earlier for negative numbers. */
export function addDays(day: string, days: number): string {
  return dayOf(midnightOf(day) + days * oneDay);
}

/** How many days after the first the second calendar day is; negative when it is before. */
export function daysBetween(first: string, second: string): number {
  return (midnightOf(second) - midnightOf(first)) / oneDay;
}

/** The calendar day so many months later; where a month is too short, its last day. */
export function addMonths(day: string, months: number): string {
  return Temporal.PlainDate.from(day).add({ months }).toString();
}

/** The ISO weekday of a calendar day: Monday is 1. */
export function weekdayOf(day: string): Weekday {
  return (new Date(midnightOf(day)).getUTCDay() || 7) as Weekday;
}

const oneDay = 24 * 3_600_000;

/** A calendar day is in no zone: reckoned in UTC, it takes far less time than by Temporal, and cards ask often. */
function midnightOf(day: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // JavaScript takes 30 February for a day in March.
  if (Number.isNaN(midnight) || dayOf(midnight) !== day) throw new RangeError(`no calendar day: ${day}`);
  return midnight;
}

function dayOf(midnight: number): string {
  return new Date(midnight).toISOString().split('T')[0]!;
}

function dateAt(moment: Date, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
}

function toDate(date: Temporal.PlainDate, time: string, timeZone: string): Date {
  const zoned = date
    .toPlainDateTime(Temporal.PlainTime.from(time))
    .toZonedDateTime(timeZone, { disambiguation: 'compatible' });
  return new Date(zoned.epochMilliseconds);
}

import { Temporal } from 'temporal-polyfill';

// Days by the year's own reckoning: what it holds the product to must not come from the product.

/** Public holidays of England and Wales from November 2026 to December 2027 (gov.uk, "UK bank holidays"). */
const publicHolidays: ReadonlySet<string> = new Set([
  '2026-12-25',
  '2026-12-28',
  '2027-01-01',
  '2027-03-26',
  '2027-03-29',
  '2027-05-03',
  '2027-05-31',
  '2027-08-30',
  '2027-12-27',
  '2027-12-28',
]);

/** When the community has chosen to be left in peace. */
export const quietTimes = [
  { from: '2026-12-29', to: '2026-12-31', title: 'Between the years' },
  { from: '2027-08-09', to: '2027-08-13', title: 'Summer week' },
] as const;

export function later(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** From one day to another; negative when that lies before. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;
}

/** Monday is 1. */
function weekday(day: string): number {
  return Temporal.PlainDate.from(day).dayOfWeek;
}

/** Why nothing is to come on this day; undefined on a working day. */
export function whyClosed(day: string): string | undefined {
  if (weekday(day) === 6) return 'a Saturday';
  if (weekday(day) === 7) return 'a Sunday';
  if (publicHolidays.has(day)) return 'a public holiday';
  return quietTimes.some(({ from, to }) => from <= day && day <= to) ? 'a quiet day of the community' : undefined;
}

export function isWorkingDay(day: string): boolean {
  return whyClosed(day) === undefined;
}

/** As people write it: `Monday 7 December`. */
export function spokenDay(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T12:00:00Z`),
  );
}

/** The Monday of the week that this day is in. */
export function mondayOf(day: string): string {
  return later(day, 1 - weekday(day));
}

/** The calendar day of this moment in a zone. */
export function dayAt(moment: string | number, timeZone: string): string {
  const instant =
    typeof moment === 'number' ? Temporal.Instant.fromEpochMilliseconds(moment) : Temporal.Instant.from(moment);
  return instant.toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

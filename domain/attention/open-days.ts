import type { QuietDays, Settings, Weekday } from '../community.ts';
import { workingDays } from '../facilitation/facilitation.ts';
import { addDays, weekdayOf } from '../schedule.ts';

/** When a community is left in peace: what goes out by itself goes out on its other days, the open ones. */
export interface Rest {
  /** The weekdays on which it works. */
  readonly working: readonly Weekday[];
  /** What it chose for itself. */
  readonly quiet: readonly QuietDays[];
  /** Whether this is a public holiday where it is; false where nobody has said which country that is. */
  isHoliday(day: string): boolean;
}

/** @param isHoliday of the country in these settings */
export function restOf(
  { facilitation, quiet = [] }: Pick<Settings, 'facilitation' | 'quiet'>,
  isHoliday: Rest['isHoliday'],
): Rest {
  return { working: workingDays(facilitation.day), quiet, isHoliday };
}

export function isOpenDay(day: string, { working, quiet, isHoliday }: Rest): boolean {
  return working.includes(weekdayOf(day)) && !quiet.some(({ from, to }) => from <= day && day <= to) && !isHoliday(day);
}

/** This day if it is open, else the first open day after it. Quiet days end and no year is all holidays: there is one. */
export function nextOpenDay(day: string, rest: Rest): string {
  let open = day;
  while (!isOpenDay(open, rest)) open = addDays(open, 1);
  return open;
}

/** The last open day before this one. */
export function openDayBefore(day: string, rest: Rest): string {
  let open = addDays(day, -1);
  while (!isOpenDay(open, rest)) open = addDays(open, -1);
  return open;
}

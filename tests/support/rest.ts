import type { Rest } from '../../domain/attention/open-days.ts';
import type { QuietDays, Weekday } from '../../domain/community.ts';
import { workingDays } from '../../domain/facilitation/facilitation.ts';

export interface RestChoices {
  readonly first?: Weekday;
  readonly quiet?: readonly QuietDays[];
  readonly holidays?: readonly string[];
}

/** The rest of a community that works from Monday to Friday, unless it says otherwise. */
export function restWith({ first = 1, quiet = [], holidays = [] }: RestChoices = {}): Rest {
  return { working: workingDays(first), quiet, isHoliday: day => holidays.includes(day) };
}

/** A community that never rests, for rules that are about something else. */
export const noRest: Rest = { working: [1, 2, 3, 4, 5, 6, 7], quiet: [], isHoliday: () => false };

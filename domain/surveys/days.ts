import { nextOpenDay, openDayBefore, type Rest } from '../attention/open-days.ts';
import type { Survey } from './survey.ts';

/** Whether today is the day of the one reminder: the open day before the last, when the survey was out before that. */
export function remindsOn(
  { opensOn, closesOn }: Pick<Survey, 'opensOn' | 'closesOn'>,
  today: string,
  rest: Rest,
): boolean {
  const day = openDayBefore(closesOn, rest);
  return day > nextOpenDay(opensOn, rest) && today === day;
}

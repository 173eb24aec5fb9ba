import { nextOpenDay, openDayBefore, type Rest } from '../attention/open-days.ts';
import { addDays } from '../schedule.ts';
import type { Survey } from './survey.ts';

type Run = Pick<Survey, 'opensOn' | 'closesOn'>;

/** The day of the one reminder: the open day before the last, when the survey was out before that, else none. */
export function reminderDay({ opensOn, closesOn }: Run, rest: Rest): string | null {
  const day = openDayBefore(closesOn, rest);
  return day > nextOpenDay(opensOn, rest) ? day : null;
}

/**
 * The first morning on which a survey can come into people's own chats; null when it closes before that.
 *
 * @param next the day of the next morning, open or not
 */
export function firstMorning({ opensOn, closesOn }: Run, next: string, rest: Rest): string | null {
  const day = nextOpenDay(opensOn > next ? opensOn : next, rest);
  return day <= closesOn ? day : null;
}

/** Whether whoever is not asked this morning cannot be asked any more. */
export function isLastMorning({ closesOn }: Pick<Survey, 'closesOn'>, today: string, rest: Rest): boolean {
  return nextOpenDay(addDays(today, 1), rest) > closesOn;
}

import { isOpenDay, type Rest } from '../attention/open-days.ts';
import type { Settings } from '../community.ts';
import { weekFrom, weekOf, type Week } from './facilitation.ts';
import { addDays, momentOn } from '../schedule.ts';

/**
 * The day on which the card of this week goes out, its first open one that has tasks; undefined where the community rests
 * throughout, or its week is on a pause.
 */
export function cardDayOf(
  { days }: Week,
  rest: Rest,
  { facilitation: { from = '' } }: Pick<Settings, 'facilitation'>,
): string | undefined {
  return days.find(day => day >= from && isOpenDay(day, rest));
}

/** The moment at which the next week's card goes out. */
export function nextWeekCard(settings: Pick<Settings, 'timeZone' | 'facilitation'>, rest: Rest, now: Date): Date {
  for (let week = weekOf(settings, now); ; week = weekFrom(addDays(week.key, 7))) {
    const day = cardDayOf(week, rest, settings);
    const moment = day === undefined ? now : momentOn(day, settings.facilitation.time, settings.timeZone);
    if (moment > now) return moment;
  }
}

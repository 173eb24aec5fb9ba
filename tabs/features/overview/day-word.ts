import { daysBetween, shortDay } from '../../lib/dates.ts';
import type { Translate } from '../../lib/text.ts';

/** A calendar day as people say it: today, tomorrow, else the day. */
export function dayWord(day: string, today: string, locale: string, t: Translate): string {
  const days = daysBetween(today, day);
  if (days === 0) return t('coming.today');
  if (days === 1) return t('coming.tomorrow');
  return shortDay(day, locale);
}

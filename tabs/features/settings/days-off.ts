import type { QuietDays, Settings, Weekday } from '../../../domain/community.ts';
import type { HolidaysView } from '../../../domain/settings/api.ts';
import { shortDay } from '../../lib/dates.ts';
import type { Translate } from '../../lib/text.ts';

/** A time off: one day, or several. */
export type DayOff = QuietDays;

/**
 * What is off from today, in order: quiet times, and holidays that fall on a day on which the community would have
 * worked and on no quiet one.
 */
export function daysOffAhead(
  { quiet = [], facilitation }: Pick<Settings, 'quiet' | 'facilitation'>,
  holidays: HolidaysView['holidays'],
  today: string,
): readonly DayOff[] {
  const times = quiet.filter(({ from, to }) => from !== '' && to >= from && to >= today);
  const days = holidays
    .filter(({ day }) => day >= today && works(day, facilitation.day))
    .filter(({ day }) => !times.some(({ from, to }) => from <= day && day <= to))
    .map(({ day, title }) => ({ from: day, to: day, title }));
  return [...times, ...days].toSorted((one, other) => (one.from < other.from ? -1 : 1));
}

/** "Fri, 25 Dec (Christmas Day), Mon, 28 Dec to Thu, 31 Dec (Between the years)". */
export function showDaysOff(
  days: readonly DayOff[],
  { t, locale }: { readonly t: Translate; readonly locale: string },
): string {
  const shown = days.map(({ from, to, title }) => {
    const day =
      from === to ? shortDay(from, locale) : t('off.until', { from: shortDay(from, locale), to: shortDay(to, locale) });
    return title.trim() === '' ? day : t('off.named', { day, title: title.trim() });
  });
  return shown.join(t('off.between'));
}

/** As `workingDays` in domain/facilitation, without the library for time zones that comes with it. */
function works(day: string, first: Weekday): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const weekend = first === 6 ? [4, 5] : first === 7 ? [5, 6] : [6, 0];
  return !weekend.includes(weekday);
}

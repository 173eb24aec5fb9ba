const dayLength = 86_400_000;

/** A moment for people, as the clocks of that zone show it, or those of the device: "22 Nov 2026, 14:05". */
export function showMoment(moment: string, locale: string, timeZone?: string): string {
  const zone = timeZone ? { timeZone } : {};
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', ...zone }).format(new Date(moment));
}

/** The time of day of a moment, by the clock of the device: "14:05". */
export function showTime(moment: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(new Date(moment));
}

/** A moment for people, short where it is of today: "14:05", "22 Nov 2026, 14:05". */
export function showRecent(moment: Date, locale: string, now = new Date()): string {
  if (dayOf(moment) !== dayOf(now)) return showMoment(moment.toISOString(), locale);
  return showTime(moment.toISOString(), locale);
}

/** A calendar day for people: "22 November 2026". */
export function showDay(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

/** A calendar day with its weekday: "Friday, 4 December 2026". */
export function showWholeDay(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

/** A calendar day nearby for people: "Tue, 24 Nov". */
export function shortDay(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** A calendar day where there is little room: "22 Nov", with its year when that is not this one. */
export function showShortDay(day: string, today: string, locale: string): string {
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...year, timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** The calendar day of this moment where the person is, YYYY-MM-DD. */
export function dayOf(moment: Date, timeZone?: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...(timeZone ? { timeZone } : {}),
  }).formatToParts(moment);
  const value = (type: string): string => parts.find(part => part.type === type)?.value ?? '';
  return `${value('year')}-${value('month')}-${value('day')}`;
}

/** Days from one calendar day to another; negative when the second comes first. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayLength);
}

/** ISO weekday (1 is Monday) in the person's language. */
export function weekdayName(weekday: number, locale: string): string {
  // 2024-01-01 was a Monday.
  return new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(
    new Date(Date.UTC(2024, 0, weekday)),
  );
}

/** The time of day at this moment in that zone: "14:05". */
export function timeIn(timeZone: string, moment: Date, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone }).format(moment);
}

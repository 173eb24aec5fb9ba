/** A moment as the clocks of that zone show it: "23 Nov 2026, 09:00". */
export function momentIn(timeZone: string, moment: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    new Date(moment),
  );
}

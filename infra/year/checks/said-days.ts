const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A day as cards write it: `Mon, 4 December`, `12 December 2026`. */
export const saidDay = `(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? )?(\\d{1,2}) (${months.join('|')})(?: (\\d{4}))?`;

/** Where a day without its year lies, seen from the day on which it is read. */
type Lies = 'ahead' | 'behind';

/** The calendar day that such words mean when they are read on this day: without a year the next one, or the last. */
export function dayFrom(
  [, day = '', month = '', year]: readonly (string | undefined)[],
  readOn: string,
  lies: Lies = 'ahead',
): string {
  const dated = (inYear: number): string =>
    `${inYear}-${String(months.indexOf(month) + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (year !== undefined) return dated(Number(year));
  const thisYear = Number(readOn.slice(0, 4));
  const years = lies === 'ahead' ? [thisYear, thisYear + 1] : [thisYear, thisYear - 1];
  return years.map(dated).find(one => (lies === 'ahead' ? one >= readOn : one <= readOn)) ?? dated(thisYear);
}

const dayLength = 86_400_000;

/**
 * The weeks of a month, each from Monday to Sunday, with the days of its neighbours that fill them.
 *
 * @param month YYYY-MM
 */
export function weeksOf(month: string): readonly (readonly string[])[] {
  const first = Date.parse(`${month}-01T00:00:00Z`);
  const start = first - ((new Date(first).getUTCDay() + 6) % 7) * dayLength;
  const after = Date.parse(`${monthLater(month, 1)}-01T00:00:00Z`);
  const weeks = Math.ceil((after - start) / (7 * dayLength));
  return Array.from({ length: weeks }, (_week, week) =>
    Array.from({ length: 7 }, (_day, day) => new Date(start + (7 * week + day) * dayLength).toISOString().slice(0, 10)),
  );
}

/** YYYY-MM so many months later, or earlier. */
export function monthLater(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}

import { expect, test } from '@jest/globals';
import { monthLater, weeksOf } from '../../../../tabs/features/plan/month.ts';

test.each([
  ['2026-02', 5, '2026-01-26', '2026-03-01'],
  ['2027-02', 4, '2027-02-01', '2027-02-28'],
  ['2026-11', 6, '2026-10-26', '2026-12-06'],
])('%s is shown in %d whole weeks, from %s to %s', (month, count, first, last) => {
  const weeks = weeksOf(month);

  expect(weeks).toHaveLength(count);
  expect(weeks.every(days => days.length === 7)).toBe(true);
  expect([weeks[0]?.[0], weeks.at(-1)?.at(-1)]).toEqual([first, last]);
});

test.each([
  ['2026-12', 1, '2027-01'],
  ['2026-01', -1, '2025-12'],
  ['2026-05', 0, '2026-05'],
])('%s and %d months is %s', (month, months, later) => {
  expect(monthLater(month, months)).toBe(later);
});

import { expect, test } from '@jest/globals';
import { isReviewDue, reviewIn } from '../../../domain/charter/review.ts';

test.each([
  { months: 3, today: '2026-11-22', day: '2027-02-22', reason: 'the same day of the month, over the turn of the year' },
  { months: 3, today: '2026-11-30', day: '2027-02-28', reason: 'a shorter month: its last day' },
  { months: 6, today: '2027-08-31', day: '2028-02-29', reason: 'a leap year has one more' },
  { months: 12, today: '2028-02-29', day: '2029-02-28', reason: 'a year without that day' },
])('the next review in $months months from $today is on $day: $reason', ({ months, today, day }) => {
  expect(reviewIn(months, today)).toBe(day);
});

test.each([
  { on: null, due: false, reason: 'none is set' },
  { on: '2026-11-23', due: false, reason: 'tomorrow' },
  { on: '2026-11-22', due: true, reason: 'today' },
  { on: '2025-12-31', due: true, reason: 'long ago' },
])('on 22 November 2026 a review set for $on is due: $due, $reason', ({ on, due }) => {
  expect(isReviewDue(on, '2026-11-22')).toBe(due);
});

import { expect, test } from '@jest/globals';
import { reviewState } from '../../../../tabs/features/charter/review.ts';

test.each([
  { reason: 'no date', on: null, state: { kind: 'none' } },
  { reason: 'yesterday', on: '2026-11-21', state: { kind: 'overdue', days: 1 } },
  { reason: 'today', on: '2026-11-22', state: { kind: 'today' } },
  { reason: 'tomorrow', on: '2026-11-23', state: { kind: 'days', days: 1 } },
  { reason: 'just under two weeks', on: '2026-12-05', state: { kind: 'days', days: 13 } },
  { reason: 'two weeks', on: '2026-12-06', state: { kind: 'weeks', weeks: 2 } },
  { reason: 'next year', on: '2027-01-12', state: { kind: 'weeks', weeks: 7 } },
])('how far away the review is: $reason', ({ on, state }) => {
  expect(reviewState(on, '2026-11-22')).toEqual(state);
});

import { expect, test } from '@jest/globals';
import { dayOf, daysBetween, timeIn, weekdayName } from '../../../tabs/lib/dates.ts';

test.each([
  { reason: 'behind UTC it is still yesterday', zone: 'America/New_York', day: '2026-12-31' },
  { reason: 'ahead of UTC it is already tomorrow', zone: 'Pacific/Auckland', day: '2027-01-01' },
])('the day depends on where one is: $reason', ({ zone, day }) => {
  expect(dayOf(new Date('2026-12-31T23:30:00Z'), zone)).toBe(day);
});

test.each([
  { reason: 'across a change of the clocks', from: '2026-03-28', to: '2026-03-30', days: 2 },
  { reason: 'backwards', from: '2026-11-22', to: '2026-11-20', days: -2 },
  { reason: 'over a leap day', from: '2028-02-28', to: '2028-03-01', days: 2 },
])('counts calendar days: $reason', ({ from, to, days }) => {
  expect(daysBetween(from, to)).toBe(days);
});

test('weekdays count from Monday', () => {
  expect([1, 7].map(day => weekdayName(day, 'en-GB'))).toEqual(['Monday', 'Sunday']);
});

test('the time of day in a zone', () => {
  expect(timeIn('Asia/Kolkata', new Date('2026-11-22T09:00:00Z'), 'en-GB')).toBe('14:30');
});

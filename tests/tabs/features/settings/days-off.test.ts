import { expect, test } from '@jest/globals';
import type { Weekday } from '../../../../domain/community.ts';
import { daysOffAhead } from '../../../../tabs/features/settings/days-off.ts';

const holidays = [
  { day: '2026-12-25', title: 'Christmas Day' },
  { day: '2026-12-26', title: 'Boxing Day' },
  { day: '2026-12-28', title: 'Boxing Day (substitute day)' },
  { day: '2027-01-01', title: 'New Year’s Day' },
];
const quiet = [{ from: '2026-12-28', to: '2026-12-31', title: 'Between the years' }];
const facilitation = (day: Weekday) => ({
  day,
  time: '09:00',
  facilitators: [],
  destination: 'chats' as const,
});

test.each<[Weekday, readonly string[], string]>([
  [1, ['2026-12-25', '2026-12-28 to 2026-12-31', '2027-01-01'], 'no Saturday, and no holiday in quiet days'],
  [6, ['2026-12-26', '2026-12-28 to 2026-12-31'], 'where Friday is free'],
])('in a week from %i, %j are off: %s', (day, expected) => {
  const ahead = daysOffAhead({ quiet, facilitation: facilitation(day) }, holidays, '2026-12-01');

  expect(ahead.map(({ from, to }) => (from === to ? from : `${from} to ${to}`))).toEqual(expected);
});

test('what is over, or half typed, is not ahead', () => {
  const typed = [...quiet, { from: '', to: '2027-02-01', title: '' }, { from: '2027-02-01', to: '', title: '' }];

  expect(daysOffAhead({ quiet: typed, facilitation: facilitation(1) }, holidays, '2027-01-01')).toEqual([
    { from: '2027-01-01', to: '2027-01-01', title: 'New Year’s Day' },
  ]);
});

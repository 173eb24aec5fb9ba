import { expect, test } from '@jest/globals';
import { remindsOn } from '../../../domain/surveys/days.ts';
import { noRest, restWith } from '../../support/rest.ts';

test.each([
  ['2026-11-23', '2026-11-29', '2026-11-28', true, 'the last day but one'],
  ['2026-11-23', '2026-11-29', '2026-11-29', false, 'the last day is too late'],
  ['2026-11-23', '2026-11-24', '2026-11-23', false, 'nobody is reminded on the day it comes'],
  ['2026-11-23', '2026-11-25', '2026-11-24', true, 'the shortest survey that reminds'],
])('where nobody rests, from %s to %s, %s reminds: %s, %s', (opensOn, closesOn, today, expected) => {
  expect(remindsOn({ opensOn, closesOn }, today, noRest)).toBe(expected);
});

test.each([
  ['2026-12-08', '2026-12-21', '2026-12-18', true, 'the last day is a Monday: on Friday'],
  ['2026-12-08', '2026-12-21', '2026-12-20', false, 'never on a Sunday'],
  ['2026-12-08', '2026-12-27', '2026-12-23', true, 'over a holiday and a quiet day: the open day before them'],
  ['2026-12-12', '2026-12-15', '2026-12-14', false, 'opened on Saturday it comes on Monday, with nothing to remember'],
  ['2026-12-11', '2026-12-14', '2026-12-11', false, 'from Friday to Monday there is no day between'],
])('from %s to %s, %s reminds: %s, %s', (opensOn, closesOn, today, expected) => {
  const rest = restWith({
    holidays: ['2026-12-25'],
    quiet: [{ from: '2026-12-24', to: '2026-12-24', title: 'Closed' }],
  });

  expect(remindsOn({ opensOn, closesOn }, today, rest)).toBe(expected);
});

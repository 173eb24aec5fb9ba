import { expect, test } from '@jest/globals';
import { firstMorning, isLastMorning, reminderDay } from '../../../domain/surveys/days.ts';
import { noRest, restWith } from '../../support/rest.ts';

test.each([
  ['2026-11-23', '2026-11-29', '2026-11-28', true, 'the last day but one'],
  ['2026-11-23', '2026-11-29', '2026-11-29', false, 'the last day is too late'],
  ['2026-11-23', '2026-11-24', '2026-11-23', false, 'nobody is reminded on the day it comes'],
  ['2026-11-23', '2026-11-25', '2026-11-24', true, 'the shortest survey that reminds'],
])('where nobody rests, from %s to %s, %s reminds: %s, %s', (opensOn, closesOn, today, expected) => {
  expect(reminderDay({ opensOn, closesOn }, noRest) === today).toBe(expected);
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

  expect(reminderDay({ opensOn, closesOn }, rest) === today).toBe(expected);
});

test.each<[string, string, string, string | null, string]>([
  ['2026-12-14', '2026-12-18', '2026-12-10', '2026-12-14', 'the day on which it opens'],
  ['2026-12-12', '2026-12-18', '2026-12-10', '2026-12-14', 'it opens on Saturday, so on Monday'],
  ['2026-12-10', '2026-12-18', '2026-12-12', '2026-12-14', 'it is open, and the weekend is between'],
  ['2026-12-10', '2026-12-10', '2026-12-11', null, 'it closes today, and the morning is over'],
  ['2026-12-12', '2026-12-13', '2026-12-10', null, 'it is open on a weekend alone'],
])('from %s to %s, with a morning on %s, it comes first on %s: %s', (opensOn, closesOn, next, expected) => {
  expect(firstMorning({ opensOn, closesOn }, next, restWith({}))).toBe(expected);
});

test.each([
  ['2026-12-14', '2026-12-15', false, 'there is another'],
  ['2026-12-15', '2026-12-15', true, 'it closes today'],
  ['2026-12-18', '2026-12-20', true, 'it closes on the weekend'],
])('on %s, of one until %s, this is the last morning: %s, %s', (today, closesOn, expected) => {
  expect(isLastMorning({ closesOn }, today, restWith({}))).toBe(expected);
});

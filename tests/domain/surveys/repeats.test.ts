import { expect, test } from '@jest/globals';
import { dueAgain, dueAgainOn, toRepeat } from '../../../domain/surveys/repeats.ts';
import type { Survey } from '../../../domain/surveys/survey.ts';

type Repeated = Parameters<typeof toRepeat>[0][number];
const pulse: Repeated = {
  id: 'pulse-2026-08',
  everyQuarter: true,
  repeats: null,
  opensOn: '2026-08-24',
  closesOn: '2026-08-30',
  closedOn: null,
};
const next: Repeated = {
  ...pulse,
  id: 'pulse-2026-11',
  repeats: pulse.id,
  opensOn: '2026-11-30',
  closesOn: '2026-12-06',
};

test.each([
  ['2026-08-24', '2026-11-24'],
  ['2026-11-30', '2027-02-28'],
])('what opened on %s is proposed anew from %s on', (opensOn, day) => {
  expect(dueAgainOn({ opensOn })).toBe(day);
});

test.each<[string, Partial<Survey>, string, readonly Repeated[], boolean]>([
  ['its quarter has passed', {}, '2026-11-24', [], true],
  ['the day before', {}, '2026-11-23', [], false],
  ['asked once only', { everyQuarter: false }, '2026-11-24', [], false],
  ['still open', { closesOn: '2026-11-24' }, '2026-11-24', [], false],
  ['taken back before it opened', { closedOn: '2026-08-20' }, '2026-11-24', [], false],
  ['the next one is planned', {}, '2026-11-24', [next], false],
  ['the next one was taken back', {}, '2026-11-29', [{ ...next, closedOn: '2026-11-28' }], true],
])('%s', (_reason, change, today, others, due) => {
  const surveys = [{ ...pulse, ...change }, ...others];

  expect(dueAgain(surveys, today).map(({ id }) => id)).toEqual(due ? [pulse.id] : []);
});

test('only the last of a chain is to be repeated', () => {
  expect(toRepeat([pulse, next], '2026-12-07').map(({ id }) => id)).toEqual([next.id]);
});

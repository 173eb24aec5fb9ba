import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isOpenDay, nextOpenDay, openDayBefore } from '../../../domain/attention/open-days.ts';
import type { Weekday } from '../../../domain/community.ts';
import { addDays } from '../../../domain/schedule.ts';
import { restWith } from '../../support/rest.ts';

const christmas = restWith({
  holidays: ['2026-12-25', '2026-12-28', '2027-01-01'],
  quiet: [{ from: '2026-12-24', to: '2026-12-30', title: 'Between the years' }],
});

describe('a day', () => {
  test.each<[string, boolean, string]>([
    ['2026-12-23', true, 'a Wednesday'],
    ['2026-12-24', false, 'the first of the quiet days'],
    ['2026-12-30', false, 'the last of them'],
    ['2026-12-31', true, 'the day after'],
    ['2027-01-01', false, 'a public holiday'],
    ['2027-01-02', false, 'a Saturday'],
  ])('%s is open: %s, %s', (day, expected) => {
    expect(isOpenDay(day, christmas)).toBe(expected);
  });

  test.each<[Weekday, string, boolean]>([
    [1, '2026-11-29', false],
    [7, '2026-11-29', true],
    [7, '2026-11-27', false],
    [6, '2026-11-28', true],
  ])('in a week from %i, %s is open: %s', (first, day, expected) => {
    expect(isOpenDay(day, restWith({ first }))).toBe(expected);
  });
});

test.each([
  ['2026-12-23', '2026-12-23', '2026-12-22'],
  ['2026-12-24', '2026-12-31', '2026-12-23'],
  ['2027-01-01', '2027-01-04', '2026-12-31'],
])('from %s the next open day is %s, and the one before %s', (day, next, before) => {
  expect([nextOpenDay(day, christmas), openDayBefore(day, christmas)]).toEqual([next, before]);
});

test('property: the next open day is open, and no day before it is; the same backwards', () => {
  const days = fc.integer({ min: 0, max: 800 }).map(count => addDays('2026-01-01', count));
  const quiet = fc
    .tuple(days, fc.integer({ min: 0, max: 91 }))
    .map(([from, length]) => ({ from, to: addDays(from, length), title: 'Quiet' }));
  fc.assert(
    fc.property(
      days,
      fc.integer({ min: 1, max: 7 }),
      fc.array(days, { maxLength: 30 }),
      fc.array(quiet, { maxLength: 20 }),
      (day, first, holidays, quietDays) => {
        const rest = restWith({ first: first as Weekday, holidays, quiet: quietDays });
        const next = nextOpenDay(day, rest);
        const before = openDayBefore(day, rest);

        expect([isOpenDay(next, rest), isOpenDay(before, rest), before < day && day <= next]).toEqual([
          true,
          true,
          true,
        ]);
        for (let between = addDays(before, 1); between < next; between = addDays(between, 1))
          expect(isOpenDay(between, rest)).toBe(false);
      },
    ),
  );
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Weekday } from '../../../domain/community.ts';
import { aheadOf, daysAhead, isOnClock, occurrencesOf, timeOf } from '../../../domain/events/rhythm.ts';
import { nthWeekdays, RhythmRule, rulesFrom } from '../../../domain/events/rhythm-rule.ts';
import { addDays, daysBetween, localDay, weekdayOf } from '../../../domain/schedule.ts';
import { noRest, restWith } from '../../support/rest.ts';

const london = { timeZone: 'Europe/London', rest: noRest };
const weekly = (weeks: number, from: string): RhythmRule => ({ every: 'weeks', weeks, from });
const monthly = (nth: 1 | 2 | 3 | 4 | 'last', weekday: Weekday, months: 1 | 2 | 3 | 6 | 12 = 1): RhythmRule => ({
  every: 'months',
  months,
  nth,
  weekday,
  from: '2026-01-01',
});
const daysIn = (rule: RhythmRule, from: string, to: string, until: string | null = null) =>
  occurrencesOf({ rule, time: '15:00', until }, { from, to }, london).map(({ day }) => day);

describe('in weeks', () => {
  test.each([
    [1, '2026-11-26', '2026-11-26', '2026-12-10', ['2026-11-26', '2026-12-03', '2026-12-10'], 'every week'],
    [2, '2026-11-26', '2026-12-01', '2026-12-31', ['2026-12-10', '2026-12-24'], 'every other one, from the first on'],
    [2, '2026-11-26', '2026-01-01', '2026-11-30', ['2026-11-26'], 'never before its first day'],
    [2, '2020-01-02', '2026-11-23', '2026-12-06', ['2026-11-26'], 'years later it is still every other week'],
    [4, '2026-11-26', '2026-11-27', '2026-12-23', [], 'none falls into it'],
  ])('every %i from %s, between %s and %s: %j (%s)', (weeks, first, from, to, expected) => {
    expect(daysIn(weekly(weeks, first), from, to)).toEqual(expected);
  });

  test('end on their last day', () => {
    expect(daysIn(weekly(1, '2026-11-26'), '2026-11-26', '2026-12-31', '2026-12-03')).toEqual([
      '2026-11-26',
      '2026-12-03',
    ]);
  });
});

describe('by a weekday of the month', () => {
  test.each([
    [monthly(1, 4), ['2026-11-05', '2026-12-03', '2027-01-07'], 'the first Thursday'],
    [monthly(4, 4), ['2026-11-26', '2026-12-24', '2027-01-28'], 'the fourth Thursday'],
    [monthly('last', 4), ['2026-11-26', '2026-12-31', '2027-01-28'], 'the last Thursday, which may be the fifth'],
    [monthly('last', 7), ['2026-11-29', '2026-12-27', '2027-01-31'], 'the last Sunday'],
    [monthly(1, 7), ['2026-11-01', '2026-12-06', '2027-01-03'], 'the first Sunday, on the first of the month'],
    [monthly(2, 2, 3), ['2027-01-12'], 'the second Tuesday of a quarter'],
  ] as const)('%j is %j: %s', (rule, expected, _reason) => {
    expect(daysIn(rule, '2026-11-01', '2027-01-31')).toEqual(expected);
  });

  test('of every sixth month, counted from the first one', () => {
    const rule: RhythmRule = { every: 'months', months: 6, nth: 3, weekday: 3, from: '2026-05-20' };

    expect(daysIn(rule, '2026-01-01', '2027-12-31')).toEqual(['2026-05-20', '2026-11-18', '2027-05-19', '2027-11-17']);
  });

  test('of the month in which it begins only what is not before its first day', () => {
    const rule: RhythmRule = { every: 'months', months: 1, nth: 1, weekday: 4, from: '2026-11-20' };

    expect(daysIn(rule, '2026-11-01', '2026-12-31')).toEqual(['2026-12-03']);
  });

  test('finds the 29th of February', () => {
    expect(daysIn(monthly('last', 2), '2028-02-01', '2028-02-29')).toEqual(['2028-02-29']);
  });
});

describe('by the clock on the wall', () => {
  const momentsOf = (rule: RhythmRule, time: string, timeZone: string, from: string, to: string) =>
    occurrencesOf({ rule, time, until: null }, { from, to }, { timeZone, rest: noRest }).map(
      ({ startsAt }) => startsAt,
    );

  test.each([
    [
      'Europe/London',
      '2026-10-22',
      '15:00',
      ['2026-10-22T14:00:00.000Z', '2026-10-29T15:00:00.000Z'],
      'stays at three over the change to winter time',
    ],
    [
      'Europe/London',
      '2026-03-26',
      '15:00',
      ['2026-03-26T15:00:00.000Z', '2026-04-02T14:00:00.000Z'],
      'and to summer time',
    ],
    [
      'Europe/London',
      '2026-03-22',
      '01:30',
      ['2026-03-22T01:30:00.000Z', '2026-03-29T01:30:00.000Z'],
      'the clocks skip 01:30: it begins at 02:30',
    ],
    [
      'Europe/London',
      '2026-10-18',
      '01:30',
      ['2026-10-18T00:30:00.000Z', '2026-10-25T00:30:00.000Z'],
      '01:30 comes twice: it begins the first time',
    ],
    [
      'Australia/Lord_Howe',
      '2026-09-27',
      '02:10',
      ['2026-09-26T15:40:00.000Z', '2026-10-03T15:40:00.000Z'],
      'half an hour is skipped there',
    ],
    [
      'Asia/Kathmandu',
      '2026-11-26',
      '09:00',
      ['2026-11-26T03:15:00.000Z', '2026-12-03T03:15:00.000Z'],
      'a zone of quarters of an hour',
    ],
  ])('%s from %s at %s: %j (%s)', (timeZone, from, time, expected) => {
    expect(momentsOf(weekly(1, from), time, timeZone, from, addDays(from, 7))).toEqual(expected);
  });

  test('a day that the zone skips is said to be none', () => {
    const found = occurrencesOf(
      { rule: weekly(1, '2011-12-23'), time: '09:00', until: null },
      { from: '2011-12-23', to: '2012-01-06' },
      { timeZone: 'Pacific/Apia', rest: noRest },
    );

    expect(found).toEqual([
      { day: '2011-12-23', startsAt: '2011-12-23T19:00:00.000Z', skipped: null },
      { day: '2011-12-30', startsAt: null, skipped: 'no-such-day' },
      { day: '2012-01-06', startsAt: '2012-01-05T19:00:00.000Z', skipped: null },
    ]);
  });

  test.each([
    ['2026-11-26', '15:00', 'Europe/London', 'yes'],
    ['2026-03-29', '01:30', 'Europe/London', 'later'],
    ['2026-10-25', '01:30', 'Europe/London', 'yes'],
    ['2011-12-30', '15:00', 'Pacific/Apia', 'no-such-day'],
    ['2026-03-27', '00:30', 'Asia/Jerusalem', 'yes'],
  ])('%s %s in %s is on the clock: %s', (day, time, timeZone, expected) => {
    expect(isOnClock(day, time, timeZone)).toBe(expected);
  });
});

test('quiet days and holidays are skipped, and said to be', () => {
  const rest = restWith({
    quiet: [{ from: '2026-12-21', to: '2027-01-03', title: 'Winter break' }],
    holidays: ['2026-12-10'],
  });
  const found = occurrencesOf(
    { rule: weekly(1, '2026-12-03'), time: '15:00', until: null },
    { from: '2026-12-03', to: '2027-01-07' },
    { timeZone: 'Europe/London', rest },
  );

  expect(found.map(({ day, skipped }) => [day, skipped])).toEqual([
    ['2026-12-03', null],
    ['2026-12-10', 'holiday'],
    ['2026-12-17', null],
    ['2026-12-24', 'quiet'],
    ['2026-12-31', 'quiet'],
    ['2027-01-07', null],
  ]);
});

test('a rhythm on a day on which the community does not work is its own affair', () => {
  const found = occurrencesOf(
    { rule: weekly(1, '2026-11-28'), time: '10:00', until: null },
    { from: '2026-11-28', to: '2026-11-28' },
    { timeZone: 'Europe/London', rest: restWith() },
  );

  expect(found.map(({ skipped }) => skipped)).toEqual([null]);
});

test('six weeks are made ahead, and nothing that has begun', () => {
  const rhythm = { rule: weekly(1, '2026-11-05'), time: '15:00', until: null };
  const before = aheadOf(rhythm, new Date('2026-11-26T14:59:59Z'), london).map(({ day }) => day);
  const after = aheadOf(rhythm, new Date('2026-11-26T15:00:00Z'), london).map(({ day }) => day);

  expect(before).toEqual([
    '2026-11-26',
    '2026-12-03',
    '2026-12-10',
    '2026-12-17',
    '2026-12-24',
    '2026-12-31',
    '2027-01-07',
  ]);
  expect(after).toEqual(before.slice(1));
});

const zones = fc.constantFrom(
  'Europe/London',
  'America/New_York',
  'Australia/Sydney',
  'Asia/Kolkata',
  'Pacific/Apia',
  'Africa/Casablanca',
  'America/Santiago',
);
const dayBetween = fc.integer({ min: 0, max: 9000 }).map(days => addDays('2010-01-01', days));
const times = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const rules: fc.Arbitrary<RhythmRule> = fc.oneof(
  fc.record({ every: fc.constant('weeks' as const), weeks: fc.integer({ min: 1, max: 8 }), from: dayBetween }),
  fc.record({
    every: fc.constant('months' as const),
    months: fc.constantFrom(1, 2, 3, 6, 12) as fc.Arbitrary<1 | 2 | 3 | 6 | 12>,
    nth: fc.constantFrom(...nthWeekdays),
    weekday: fc.integer({ min: 1, max: 7 }) as fc.Arbitrary<Weekday>,
    from: dayBetween,
  }),
);

test('every occurrence lies on its own day, at its hour unless the clocks skip it, and no sooner than the rhythm', () => {
  fc.assert(
    fc.property(rules, times, zones, fc.integer({ min: -100, max: 800 }), (rule, time, timeZone, later) => {
      const from = addDays(rule.from, later);
      const found = occurrencesOf(
        { rule, time, until: null },
        { from, to: addDays(from, 400) },
        { timeZone, rest: noRest },
      );

      expect(RhythmRule.safeParse(rule).success).toBe(true);
      for (const { day, startsAt, skipped } of found) {
        expect(day >= from && day >= rule.from).toBe(true);
        if (rule.every === 'weeks') expect(daysBetween(rule.from, day) % (rule.weeks * 7)).toBe(0);
        else expect(weekdayOf(day)).toBe(rule.weekday);
        if (startsAt === null) expect(skipped).toBe('no-such-day');
        else {
          expect(localDay(new Date(startsAt), timeZone)).toBe(day);
          if (isOnClock(day, time, timeZone) === 'yes') expect(timeOf(new Date(startsAt), timeZone)).toBe(time);
        }
      }
      expect(found.map(({ day }) => day)).toEqual([...new Set(found.map(({ day }) => day))].toSorted());
    }),
  );
});

test('where it is asked from changes nothing of what it finds', () => {
  fc.assert(
    fc.property(rules, fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 60 }), (rule, later, size) => {
      const from = addDays(rule.from, later);
      const all = daysIn(rule, rule.from, addDays(from, size + daysAhead));

      expect(daysIn(rule, from, addDays(from, size))).toEqual(
        all.filter(day => day >= from && day <= addDays(from, size)),
      );
    }),
  );
});

test.each([
  ['2026-11-26', [4, 'last'], 'the fourth Thursday, and the last'],
  ['2026-11-05', [1], 'the first Thursday'],
  ['2026-12-31', ['last'], 'a fifth Thursday has no number of its own'],
])('from %s, monthly may mean %j: %s', (day, nths, _reason) => {
  const monthly1 = rulesFrom(day).filter(rule => rule.every === 'months' && rule.months === 1);

  expect(monthly1.map(rule => rule.every === 'months' && rule.nth)).toEqual(nths);
});

test('every rhythm that is offered from a day begins on it', () => {
  fc.assert(
    fc.property(dayBetween, from => {
      for (const rule of rulesFrom(from)) expect(daysIn(rule, from, addDays(from, 40))[0]).toBe(from);
    }),
  );
});

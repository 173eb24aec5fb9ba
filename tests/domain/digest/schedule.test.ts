import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  bundleMonth,
  issueOn,
  periodNow,
  periodOf,
  type DigestIssue,
  type Rhythm,
} from '../../../domain/digest/schedule.ts';
import type { Weekday } from '../../../domain/community.ts';
import { addDays } from '../../../domain/schedule.ts';
import { restWith } from '../../support/rest.ts';

const nothing: ReadonlySet<string> = new Set();

test.each<[Rhythm, string, Weekday, readonly string[], string | null, string | null, string | null, string]>([
  ['monthly', '2026-11-10', 1, [], '2026-11', '2026-11-26', '2026-12-01', 'within a month: that month’s'],
  [
    'monthly',
    '2026-10-15',
    1,
    [],
    '2026-10',
    '2026-10-28',
    '2026-11-02',
    'a month that ends on a Saturday goes out on Monday',
  ],
  ['monthly', '2026-10-15', 7, [], '2026-10', '2026-10-27', '2026-11-01', 'where Sunday is a working day, on Sunday'],
  ['monthly', '2026-12-03', 1, [], '2026-11', '2026-11-26', '2026-12-01', 'late, while it is worth it'],
  ['monthly', '2026-12-04', 1, [], '2026-11', '2026-11-26', '2026-12-01', 'on the third day after, for the last time'],
  ['monthly', '2026-12-05', 1, [], '2026-12', '2026-12-29', '2027-01-01', 'too late: the next one'],
  ['monthly', '2026-12-03', 1, ['2026-11'], '2026-12', '2026-12-29', '2027-01-01', 'the last one has gone out'],
  ['monthly', '2026-11-28', 1, ['2026-11'], '2026-12', '2026-12-29', '2027-01-01', 'this one went out early'],
  ['quarterly', '2026-11-20', 1, [], '2026-Q4', '2026-12-29', '2027-01-01', 'a quarter over the turn of the year'],
  ['quarterly', '2026-07-02', 1, [], '2026-Q2', '2026-06-26', '2026-07-01', 'the quarter before'],
  [
    'quarterly',
    '2026-08-12',
    1,
    [],
    '2026-Q2',
    '2026-06-26',
    '2026-07-01',
    'six weeks late: better than half a year without',
  ],
  ['quarterly', '2026-08-13', 1, [], '2026-Q3', '2026-09-28', '2026-10-01', 'later than that: the next one'],
  ['off', '2026-11-10', 1, [], null, null, null, 'no rhythm'],
])('%s on %s, week from %s, sent %j: %s', (rhythm, today, first, sent, key, notice, due) => {
  const issue = issueOn(rhythm, { today, rest: restWith({ first }), sent: new Set(sent), toldUntil: null });

  expect([issue?.key ?? null, issue?.notice ?? null, issue?.due ?? null]).toEqual([key, notice, due]);
});

test.each([
  ['2026-07-01', '2026-Q3', 'all of the quarter was told out of turn, or the app came after it'],
  ['2026-06-20', '2026-Q2', 'some of it was not'],
])('a quarter of which all was told until %s is followed by %s: %s', (toldUntil, key) => {
  const issue = issueOn('quarterly', { today: '2026-07-20', rest: restWith(), sent: nothing, toldUntil });

  expect(issue?.key).toBe(key);
});

describe('what a digest tells of', () => {
  const november = issueOn('monthly', {
    today: '2026-11-10',
    rest: restWith(),
    sent: nothing,
    toldUntil: null,
  }) as DigestIssue;

  test.each([
    [null, '2026-10-31T11:00:00.000Z', 'the first: its month, in the community’s zone'],
    ['2026-11-12T09:00:00.000Z', '2026-11-12T09:00:00.000Z', 'after another: from where that ended'],
    ['2026-09-01T00:00:00.000Z', '2026-09-01T00:00:00.000Z', 'after months without one: all of it'],
  ])('with the last until %s it begins at %s: %s', (last, from, _reason) => {
    const period = periodOf(november, { last, installedAt: null, timeZone: 'Pacific/Auckland' });

    expect(period).toEqual({ kind: 'month', key: '2026-11', from, to: '2026-11-30T11:00:00.000Z' });
  });

  test.each([
    ['2026-11-23T09:00:00.000Z', '2026-11-23T09:00:00.000Z', 'the app came in the middle of it'],
    ['2026-09-01T09:00:00.000Z', '2026-10-31T11:00:00.000Z', 'the app was there before'],
  ])('the first, with the app added at %s, begins at %s: %s', (installedAt, from, _reason) => {
    const before = { last: null, installedAt, timeZone: 'Pacific/Auckland' };
    const now = new Date('2026-11-26T09:00:00.000Z');

    expect(periodOf(november, before).from).toBe(from);
    expect(periodNow('monthly', { ...before, now }).from).toBe(from);
    expect(periodOf(november, { ...before, last: '2026-11-02T00:00:00.000Z' }).from).toBe('2026-11-02T00:00:00.000Z');
  });

  test('out of turn it ends now, and a clock that was set back makes none that ends before it begins', () => {
    const now = new Date('2026-11-23T09:00:00.000Z');

    expect(periodNow('quarterly', { now, last: null, installedAt: null, timeZone: 'Europe/London' })).toEqual({
      kind: 'now',
      key: 'now-2026-11-23',
      from: '2026-09-30T23:00:00.000Z',
      to: now.toISOString(),
    });
    expect(
      periodNow('monthly', { now, last: '2027-01-01T00:00:00.000Z', installedAt: null, timeZone: 'Europe/London' }),
    ).toMatchObject({
      from: now.toISOString(),
      to: now.toISOString(),
    });
  });

  test('no two in a row overlap, and nothing falls between', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Rhythm>('monthly', 'quarterly'),
        fc.constantFrom('Europe/London', 'Asia/Kolkata', 'America/St_Johns'),
        fc.integer({ min: 2, max: 12 }),
        (rhythm, timeZone, times) => {
          let today = '2026-01-15';
          let last: string | null = null;
          for (let index = 0; index < times; index++) {
            const issue = issueOn(rhythm, { today, rest: restWith(), sent: nothing, toldUntil: null }) as DigestIssue;
            const period = periodOf(issue, { last, installedAt: null, timeZone });
            expect(last === null || period.from === last).toBe(true);
            expect(period.from < period.to).toBe(true);
            last = period.to;
            today = addDays(issue.latest, 1);
          }
        },
      ),
    );
  });
});

test('any day has an issue whose days are in order', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<Rhythm>('monthly', 'quarterly'),
      fc.integer({ min: 0, max: 4000 }),
      fc.integer({ min: 1, max: 7 }),
      (rhythm, days, first) => {
        const today = addDays('2024-01-01', days);
        const { start, notice, end, due, latest } = issueOn(rhythm, {
          today,
          rest: restWith({ first: first as Weekday }),
          sent: nothing,
          toldUntil: null,
        }) as DigestIssue;

        expect([
          start < notice,
          notice < due,
          end <= due,
          due <= addDays(end, 3),
          due < latest,
          today <= latest,
          start <= today,
        ]).toEqual(Array(7).fill(true));
      },
    ),
  );
});

test.each([
  ['month', '2026-12', '2027-01'],
  ['month', '2026-02', '2026-03'],
  ['quarter', '2026-Q4', '2027-01'],
  ['quarter', '2026-Q2', '2026-07'],
  ['now', 'now-2026-11-23', ''],
] as const)('the %s %s is in the bundle of %j', (kind, key, month) => {
  expect(bundleMonth({ kind, key })).toBe(month);
});

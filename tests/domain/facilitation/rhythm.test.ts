import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pausedUntil, pausesFrom, wasQuiet, weeksBefore } from '../../../domain/facilitation/rhythm.ts';
import { nextWeekCard } from '../../../domain/facilitation/card-day.ts';
import { addDays, localDay } from '../../../domain/schedule.ts';
import { settings } from '../../support/feature-parts.ts';
import { restWith } from '../../support/rest.ts';

const from = (day: string, first: 1 | 3 | 7 = 1) => settings({ facilitation: { from: day, day: first } });

describe('the next card', () => {
  test.each([
    [settings(), '2026-11-23T09:00:00Z', '2026-11-30T09:00:00Z', 'once a week'],
    [from('2026-12-07'), '2026-11-23T09:00:00Z', '2026-12-07T09:00:00Z', 'after a pause'],
    [from('2026-12-09'), '2026-11-23T09:00:00Z', '2026-12-09T09:00:00Z', 'a pause that ends on a Wednesday'],
    [from('2026-12-09'), '2026-12-09T09:00:00Z', '2026-12-14T09:00:00Z', 'and then once a week again'],
    [from('2026-12-05'), '2026-11-23T09:00:00Z', '2026-12-07T09:00:00Z', 'a pause that ends on a Saturday'],
    [from('2026-11-26'), '2026-11-26T08:00:00Z', '2026-11-26T09:00:00Z', 'set up before the hour'],
    [from('2026-11-26'), '2026-11-26T10:00:00Z', '2026-11-30T09:00:00Z', 'set up after it'],
    [from('2026-11-27', 7), '2026-11-26T10:00:00Z', '2026-11-29T09:00:00Z', 'where Friday is a rest day'],
  ])('%#: after %s comes %s', (chosen, after, expected) => {
    const rest = restWith({ first: chosen.facilitation.day });

    expect(nextWeekCard(chosen, rest, new Date(after)).toISOString()).toBe(new Date(expected).toISOString());
  });

  test('comes after the moment, and never in a pause', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 * 24 }),
        fc.option(fc.integer({ min: -10, max: 60 })),
        fc.constantFrom(1, 3, 7),
        (hours, days, first) => {
          const after = new Date(Date.parse('2026-11-20T00:30:00Z') + hours * 3_600_000);
          const begins = days === null ? undefined : addDays(localDay(after, 'Europe/London'), days);
          const chosen = begins === undefined ? settings() : from(begins, first as 1 | 3 | 7);

          const next = nextWeekCard(chosen, restWith({ first: chosen.facilitation.day }), after);

          expect(next > after).toBe(true);
          expect(pausedUntil(chosen, next)).toBeNull();
        },
      ),
    );
  });
});

test.each([
  [from('2026-12-07'), '2026-12-06T23:59:00Z', '2026-12-07', 'until the day'],
  [from('2026-12-07'), '2026-12-07T00:00:00Z', null, 'on the day it goes on'],
  [settings(), '2026-12-07T00:00:00Z', null, 'no pause'],
])('%#: at %s paused until %s: %s', (chosen, at, expected, _reason) => {
  expect(pausedUntil(chosen, new Date(at))).toBe(expected);
});

test('a pause ends where a week begins', () => {
  expect(pausesFrom(settings(), new Date('2026-11-25T10:00:00Z'))).toEqual(['2026-12-07', '2026-12-21']);
});

test.each([
  [null, [], 'it is not known since when there are cards'],
  ['2026-11-11', ['2026-11-16'], 'a week that began before them is not one'],
  ['2026-01-01', ['2026-11-16', '2026-11-09', '2026-11-02', '2026-10-26'], 'four at most'],
])('since %s the weeks before are %j: %s', (since, expected, _reason) => {
  expect(weeksBefore('2026-11-23', since)).toEqual(expected);
});

test.each([
  [0, 290, true],
  [28, 290, true],
  [29, 290, false],
  [10, 45, false],
])('%i of %i minutes is quiet: %s', (done, of, expected) => {
  expect(wasQuiet({ minutes: { done, spared: 0, of } })).toBe(expected);
});

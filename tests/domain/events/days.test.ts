import { describe, expect, test } from '@jest/globals';
import { asksUntil, isReminderDay, openDaysBefore, preparation, preparationDays } from '../../../domain/events/days.ts';
import type { Ps } from '../../../domain/events/event.ts';
import { restWith } from '../../support/rest.ts';

const rest = restWith({
  quiet: [{ from: '2026-12-21', to: '2027-01-03', title: 'Winter break' }],
  holidays: ['2026-11-16'],
});
const where = { timeZone: 'Europe/London', rest };
/** A Thursday. */
const startsAt = '2026-11-26T15:00:00.000Z';
const done: Ps = {
  purpose: { text: 'Charts that people read', done: true },
  people: { text: '', done: true },
};

test('hosts are asked 10, 5 and 2 working days before', () => {
  expect(preparationDays).toEqual([10, 5, 2]);
});

test.each([
  ['2026-11-26', 2, '2026-11-24', 'a Tuesday'],
  ['2026-11-26', 5, '2026-11-19', 'a week'],
  ['2026-11-26', 10, '2026-11-11', 'two weeks and a holiday'],
  ['2027-01-07', 5, '2026-12-17', 'over the quiet days'],
  ['2026-11-28', 1, '2026-11-27', 'an event on a Saturday'],
])('%s is %i open days after %s: %s', (day, count, expected) => {
  expect(openDaysBefore(day, count, rest)).toBe(expected);
});

describe('the preparation of an event on Thursday, 26 November', () => {
  test.each([
    ['2026-11-10', {}, null, 'too early'],
    ['2026-11-11', {}, { round: 10, open: ['purpose', 'people'], until: '2026-11-18' }, 'the first round'],
    ['2026-11-18', done, { round: 10, open: [], until: '2026-11-18' }, 'nothing of it is open'],
    [
      '2026-11-19',
      done,
      { round: 5, open: ['presentation', 'participation', 'place'], until: '2026-11-23' },
      'the second one',
    ],
    [
      '2026-11-23',
      {},
      { round: 5, open: ['purpose', 'people', 'presentation', 'participation', 'place'], until: '2026-11-23' },
      'what was left open comes along',
    ],
    [
      '2026-11-25',
      done,
      { round: 2, open: ['presentation', 'participation', 'place', 'preparation'], until: '2026-11-25' },
      'the eve',
    ],
    ['2026-11-26', {}, null, 'the day itself: it is too late for questions'],
  ] as const)('on %s, with %j: %j (%s)', (today, ps, expected, _reason) => {
    expect(preparation({ kind: 'meeting', startsAt, ps }, today, where)).toEqual(expected);
  });

  test('has no questions where the meeting lives from being easy', () => {
    expect(preparation({ kind: 'coffee', startsAt, ps: {} }, '2026-11-24', where)).toEqual({
      round: 2,
      open: [],
      until: '2026-11-25',
    });
  });

  test('is that of the community’s own day', () => {
    const late = '2026-11-26T23:30:00.000Z';

    expect(
      preparation({ kind: 'meeting', startsAt: late, ps: {} }, '2026-11-26', { ...where, timeZone: 'Asia/Tokyo' })
        ?.round,
    ).toBe(2);
  });
});

test.each([
  [startsAt, '2026-11-24T09:00:00Z', false, 'two days before'],
  [startsAt, '2026-11-25T09:00:00Z', true, 'the day before'],
  [startsAt, '2026-11-26T09:00:00Z', true, 'that morning'],
  [startsAt, '2026-11-26T15:00:00Z', false, 'it has begun'],
  ['2026-11-30T15:00:00.000Z', '2026-11-27T09:00:00Z', true, 'on Friday, of Monday'],
  ['2027-01-04T15:00:00.000Z', '2026-12-18T09:00:00Z', true, 'before the quiet days, of the day after them'],
])('those who come to %s are told at %s: %s (%s)', (start, now, expected) => {
  expect(isReminderDay({ startsAt: start }, new Date(now), where)).toBe(expected);
});

test.each([
  ['2026-11-26T16:29:59Z', null, 'people are still going home'],
  ['2026-11-26T16:30:00Z', '2026-12-01', 'half an hour after the end'],
  ['2026-12-20T09:00:00Z', '2026-12-01', 'the server was down for weeks'],
])('hosts are asked at %s until %s: %s', (now, expected, _reason) => {
  expect(asksUntil({ startsAt, minutes: 60 }, new Date(now), 'Europe/London')).toBe(expected);
});

import { describe, expect, test } from '@jest/globals';
import { dueGroup, quickDaysFrom } from '../../../domain/plan/due.ts';

describe('the days that people mostly mean', () => {
  test.each([
    ['a Monday', '2026-11-23', ['today 23', 'tomorrow 24', 'friday 27', 'next-week 30']],
    ['a Thursday, whose tomorrow is Friday', '2026-11-26', ['today 26', 'tomorrow 27', 'next-week 30']],
    ['a Friday', '2026-11-27', ['today 27', 'tomorrow 28', 'next-week 30']],
    ['a Saturday, whose Friday is over', '2026-11-28', ['today 28', 'tomorrow 29', 'next-week 30']],
    ['a Sunday, whose tomorrow is next week', '2026-11-29', ['today 29', 'tomorrow 30']],
  ])('on %s', (_day, today, days) => {
    expect(quickDaysFrom(today).map(({ name, day }) => `${name} ${day.slice(8)}`)).toEqual(days);
  });
});

test.each([
  ['2026-11-26', 'to-do', 'overdue'],
  ['2026-11-27', 'doing', 'today'],
  ['2026-11-29', 'to-do', 'this-week'],
  ['2026-11-30', 'stuck', 'next-week'],
  ['2026-12-07', 'to-do', 'later'],
  [null, 'to-do', 'no-date'],
  ['2026-11-26', 'done', 'done'],
] as const)('what is due %s and %s stands under “%s”', (due, state, group) => {
  expect(dueGroup({ due, state }, '2026-11-27')).toBe(group);
});

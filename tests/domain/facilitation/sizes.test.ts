import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { WeekSize } from '../../../domain/community.ts';
import { boardFor, firstDayOf, weekFrom, type Tick } from '../../../domain/facilitation/facilitation.ts';
import {
  besides,
  facilitationWeek,
  minutesIn,
  mostMinutes,
  sizeOf,
  tasksOf,
} from '../../../domain/facilitation/method.ts';
import { addDays } from '../../../domain/schedule.ts';
import { community, settings } from '../../support/feature-parts.ts';

const monday = '2026-11-23';
const sizes = fc.constantFrom(...WeekSize.options);
const weekKeys = fc.integer({ min: 0, max: 520 }).map(weeks => addDays(monday, weeks * 7));

test.each([
  ['full', [60, 60, 50, 60, 60], 290],
  ['light', [10, 20, 40, 20, 30], 120],
  ['bare', [20, 0, 0, 0, 25], 45],
] as const)('a %s week asks for %j minutes a day, %i in all', (size, days, all) => {
  const week = [monday, addDays(monday, 7)].find(key => minutesIn(tasksOf(size, key)) === mostMinutes(size)) ?? '';
  const tasks = tasksOf(size, week);

  expect([1, 2, 3, 4, 5].map(day => minutesIn(tasks.filter(task => task.day === day)))).toEqual(days);
  expect(mostMinutes(size)).toBe(all);
});

test('a light week has its highlight every second time, and else 30 minutes less', () => {
  const minutes = [0, 7, 14, 21].map(days => minutesIn(tasksOf('light', addDays(monday, days))));

  expect(minutes.toSorted()).toEqual([120, 120, 90, 90]);
  expect(minutes[0]).toBe(minutes[2]);
  expect(minutes[0]).not.toBe(minutes[1]);
});

test('of any week: every task is one of the method’s, and each smaller week asks for less', () => {
  fc.assert(
    fc.property(weekKeys, key => {
      const known = new Set(facilitationWeek.map(({ id }) => id));
      const [full = [], light = [], bare = []] = WeekSize.options.map(size => tasksOf(size, key));

      expect([...light, ...bare].filter(({ id }) => !known.has(id))).toEqual([]);
      expect(minutesIn(light)).toBeLessThan(minutesIn(full));
      expect(minutesIn(bare)).toBeLessThan(minutesIn(light));
    }),
  );
});

test('of any board the minutes are those of its tasks, and a tick is never lost', () => {
  fc.assert(
    fc.property(
      weekKeys,
      sizes,
      fc.subarray(facilitationWeek.map(({ id }) => id)),
      fc.integer({ min: -7, max: 7 }),
      fc.integer({ min: -1, max: 8 }),
      (key, size, tickedIds, from, day) => {
        const ticks = tickedIds.map(
          (task): Tick => ({ week: key, task, tickedBy: priya, tickedAt: `${key}T10:00:00Z` }),
        );
        const now = new Date(`${addDays(key, day)}T12:00:00Z`);

        const board = boardFor(weekFrom(key), ticks, now, 'Europe/London', { size, from: addDays(key, from) });

        const tasks = board.days.flatMap(({ tasks: ofDay }) => ofDay);
        expect(board.minutes.of).toBe(minutesIn(tasks));
        expect(board.days.reduce((sum, { minutes }) => sum + minutes.of, 0)).toBe(board.minutes.of);
        expect(
          tasks
            .filter(({ state }) => state.kind === 'ticked')
            .map(({ id }) => id)
            .toSorted(),
        ).toEqual(tickedIds.toSorted());
        const open = tasks.filter(({ state }) => state.kind !== 'ticked').map(({ id }) => id);
        expect(open.filter(id => !tasksOf(size, key).some(task => task.id === id))).toEqual([]);
        const early = board.days.filter(({ date }) => date < addDays(key, from)).flatMap(({ tasks: ofDay }) => ofDay);
        expect(early.filter(({ state }) => state.kind !== 'ticked')).toEqual([]);
      },
    ),
  );
});

const priya = { id: 'priya', name: 'Priya Raman' };

test('nothing is owed from before the app came', () => {
  const board = boardFor(weekFrom(monday), [], new Date('2026-11-27T10:00:00Z'), 'Europe/London', {
    from: '2026-11-26',
  });

  expect(board.days.flatMap(({ tasks }) => tasks).filter(({ state }) => state.kind === 'carried-over')).toHaveLength(4);
  expect(board.minutes.of).toBe(120);
});

describe('the first day that has tasks', () => {
  test.each<[{ from?: string; installedAt?: string }, string | null, string]>([
    [{}, null, 'nothing is known'],
    [{ installedAt: '2026-11-25T23:30:00Z' }, '2026-11-25', 'the day the app came, in the community’s zone'],
    [{ from: '2026-11-26' }, '2026-11-26', 'the day it was set up'],
    [{ from: '2026-11-26', installedAt: '2026-11-20T09:00:00Z' }, '2026-11-26', 'set up later'],
    [{ from: '2026-11-26', installedAt: '2026-12-20T09:00:00Z' }, '2026-12-20', 'removed, and added again'],
  ])('%j: %s, %s', ({ from, installedAt }, expected, _reason) => {
    const here = community({
      settings: settings({ facilitation: from === undefined ? {} : { from } }),
      ...(installedAt === undefined ? {} : { installedAt }),
    });

    expect(firstDayOf(here)).toBe(expected);
  });
});

test.each([
  ['full', { smaller: 'light', larger: null }],
  ['light', { smaller: 'bare', larger: 'full' }],
  ['bare', { smaller: null, larger: 'light' }],
] as const)('beside a %s week there are %j', (size, expected) => {
  expect(besides(size)).toEqual(expected);
});

test('who has not chosen has the whole week', () => {
  expect(sizeOf(settings())).toBe('full');
});

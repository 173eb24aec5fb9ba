import { expect, test } from '@jest/globals';
import type { Job } from '../../../bot/feature.ts';
import type { DueRow } from '../../../bot/scheduler/due-runs.ts';
import { decide } from '../../../bot/scheduler/scheduler.ts';
import { community, newCommunity } from '../../support/feature-parts.ts';

const now = new Date('2026-11-23T09:00:00Z');
const tomorrow = new Date('2026-11-24T09:00:00Z');

function job(name: string, changes: Partial<Job> = {}): Job {
  return { name, next: () => tomorrow, run: async () => {}, ...changes };
}
const jobs = new Map(
  [job('daily'), job('soon', { urgent: true }), job('last', { next: () => null })].map(one => [one.name, one]),
);

function row(name: string, changes: Partial<DueRow> = {}): DueRow {
  const here = changes.community ?? community();
  return {
    run: { community: here.id, job: name, due: '2026-11-20T09:00:00.000Z' },
    community: here,
    isOver: false,
    ...changes,
  };
}

test('what is due becomes one piece of work, and moves on or ends', () => {
  const unready = newCommunity({ id: 'unready' });
  const rows = [
    row('daily'),
    row('soon'),
    row('last'),
    row('unknown'),
    row('daily', { isOver: true }),
    row('daily', { community: unready }),
  ];
  const [daily, soon, last, unknown, over, notReady] = rows.map(({ run }) => run);
  const key = (name: string, id: string): string => `${id} ${name} 2026-11-20T09:00:00.000Z`;
  const { id } = community();

  expect(decide(rows, jobs, now, { error: () => {} })).toEqual({
    works: [
      { key: key('daily', id), data: daily, urgent: false },
      { key: key('soon', id), data: soon, urgent: true },
      { key: key('last', id), data: last, urgent: false },
      { key: key('daily', 'unready'), data: notReady, urgent: false },
    ],
    moved: [
      { ...daily, next: tomorrow },
      { ...soon, next: tomorrow },
    ],
    ended: [last, unknown, over, notReady],
  });
});

test('a community whose next moment cannot be told keeps no other from theirs, and is looked at again', () => {
  const broken = community({ id: 'broken' });
  const picky = job('daily', {
    next(where) {
      if (where.id === 'broken') throw new RangeError('no such zone');
      return tomorrow;
    },
  });
  const said: unknown[] = [];
  const rows = [row('daily', { community: broken }), row('daily')];

  const decided = decide(rows, new Map([['daily', picky]]), now, { error: (ids: unknown) => void said.push(ids) });

  expect(decided.moved).toEqual([
    { ...rows[0]?.run, next: new Date('2026-11-23T10:00:00Z') },
    { ...rows[1]?.run, next: tomorrow },
  ]);
  expect([decided.works.length, decided.ended]).toEqual([2, []]);
  expect(said).toEqual([{ ...rows[0]?.run, error: 'no such zone' }]);
});

test('a server that was down over weeks runs a job once, at the newest moment, and says since when', () => {
  const weekly = job('weekly', { next: (_where, after) => new Date(after.getTime() + 7 * 86_400_000) });
  const down = row('weekly', {
    run: { community: community().id, job: 'weekly', due: '2026-11-02T09:00:00.000Z' },
  });

  const { works, moved } = decide([down], new Map([['weekly', weekly]]), now, { error: () => {} });

  expect(works.map(({ data }) => data)).toEqual([
    { ...down.run, due: '2026-11-23T09:00:00.000Z', since: '2026-11-02T09:00:00.000Z' },
  ]);
  expect(moved.map(({ due, next }) => [due, next])).toEqual([[down.run.due, new Date('2026-11-30T09:00:00.000Z')]]);
});

import { expect, test } from '@jest/globals';
import type { TickRow } from '../../bot/lists/model.ts';
import { createInMemoryLists } from './in-memory-lists.ts';

const plan: TickRow = {
  key: '2026-11-23/plan',
  week: '2026-11-23',
  task: 'plan',
  tickedBy: { id: 'priya', name: 'Priya Raman' },
  tickedAt: '2026-11-23T09:00:00.000Z',
};

test('beforeNext lets somebody be quicker, once', async () => {
  const lists = createInMemoryLists();
  const { ticks } = lists.of('c1');
  lists.beforeNext('create', 'ticks', () => ticks.create({ ...plan, task: 'quicker' }));

  const { created, row } = await ticks.create(plan);

  expect([created, row.value.task]).toEqual([false, 'quicker']);
});

test('missing lists fail until they are there', async () => {
  const lists = createInMemoryLists();
  lists.missing.add('ticks');

  const early = lists.of('c1').ticks.all();
  await expect(early).rejects.toMatchObject({ code: 'not-set-up' });
  lists.missing.delete('ticks');

  expect(await lists.of('c1').ticks.all()).toEqual([]);
});

test('writes tells what was changed and for whom; communities are apart', async () => {
  const lists = createInMemoryLists();

  const { row } = await lists.onBehalfOf('c1', 'token of Priya').ticks.create(plan);
  await lists.of('c1').ticks.create(plan);
  await lists.of('c1').ticks.remove(row);

  expect(lists.writes).toEqual([
    { community: 'c1', list: 'ticks', operation: 'create', key: plan.key, onBehalfOf: 'token of Priya' },
    { community: 'c1', list: 'ticks', operation: 'remove', key: plan.key, onBehalfOf: null },
  ]);
  expect(await lists.of('c2').ticks.find(plan.key)).toBeUndefined();
});

test('what was handed in or out cannot be changed afterwards', async () => {
  const { ticks } = createInMemoryLists().of('c1');
  const mine = structuredClone(plan) as { -readonly [Name in keyof TickRow]: TickRow[Name] };

  await ticks.create(mine);
  mine.task = 'changed outside';

  expect((await ticks.find(plan.key))?.value.task).toBe('plan');
});

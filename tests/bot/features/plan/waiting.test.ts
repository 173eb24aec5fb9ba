import { beforeEach, expect, test } from '@jest/globals';
import { planWaiting } from '../../../../bot/features/plan/index.ts';
import { person, rosterOf, textsOf } from '../../../support/feature-parts.ts';
import { nothingComes } from '../../../support/wishes.ts';
import { amara, here, priya, scene, type Scene } from './parts.ts';

let now: Scene;
beforeEach(() => {
  now = scene();
});

async function lines() {
  const read = planWaiting({
    coming: nothingComes,
    lists: now.lists,
    roster: rosterOf(priya, amara),
    clock: now.clock.now,
  });
  return (await read(here))(textsOf(now.feature).for('facilitation', 'en-GB'), false);
}

test('an empty plan, and one without anything overdue, has nothing that waits', async () => {
  expect(await lines()).toEqual([]);
  await now.adds('book-a-room', { due: '2026-12-27' });

  expect(await lines()).toEqual([]);
});

test('names what is overdue with its owners who are there, the newest first', async () => {
  await now.adds('book-a-room', {
    title: 'Book *a* room',
    due: '2026-11-20',
    owners: [person('Amara Okafor'), person('Daniel Fitzgerald')],
  });
  await now.adds('ask-a-ward', { title: 'Ask a ward', due: '2026-11-21', owners: [] });
  await now.adds('over-and-done', { due: '2026-11-21', state: 'done' });

  expect(await lines()).toEqual([
    { text: 'Overdue: “Ask a ward” (nobody’s) and “Book \\*a\\* room” (Amara Okafor)', more: 0 },
  ]);
});

test('counts beside three, says when it names something for the last time, and then lets it go', async () => {
  const due = ['2026-11-20', '2026-11-19', '2026-10-01', '2026-09-01'];
  for (const [index, day] of due.entries())
    await now.adds(`number-${index}-of-four`, { title: `No ${index}`, due: day, owners: [] });

  expect(await lines()).toEqual([
    {
      text: 'Overdue: “No 0” (nobody’s), “No 1” (nobody’s) and “No 2” (nobody’s, named here for the last time)',
      more: 0,
    },
  ]);
  await now.adds('number-4-of-five', { title: 'No 4', due: '2026-11-18', owners: [] });

  expect((await lines()).map(({ more }) => more)).toEqual([1]);
});

test('what only people own who left is told of with them', async () => {
  await now.adds('ask-a-ward', { due: '2026-11-20', owners: [person('Daniel Fitzgerald')] });

  expect(await lines()).toEqual([]);
});

test('a community of an earlier version, without a list for its plan, has nothing that waits', async () => {
  now.lists.missing.add('plan');

  expect(await lines()).toEqual([]);
});

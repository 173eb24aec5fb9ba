import { beforeEach, expect, test } from '@jest/globals';
import { planNote } from '../../../../bot/features/plan/index.ts';
import { community, person, settings, textsOf } from '../../../support/feature-parts.ts';
import { here, scene, type Scene } from './parts.ts';

let now: Scene;
beforeEach(() => {
  now = scene();
});

async function lines(where = here): Promise<readonly string[]> {
  const note = planNote({ lists: now.lists, clock: now.clock.now });
  // In the language of another feature's reader, as the facilitation card shows it.
  return (await note(where))(textsOf(now.feature).for('plan', 'en-GB'));
}

test('an empty plan says nothing', async () => {
  expect(await lines()).toEqual([]);
});

test('says what is due this week; what is overdue, and whose owners left, stands by name elsewhere', async () => {
  await now.adds('this-week', { due: '2026-11-27' });
  await now.adds('this-week-2', { due: '2026-11-29' });
  await now.adds('too-late', { due: '2026-11-20' });
  await now.adds('next-week', { due: '2026-11-30' });
  await now.adds('ask-a-ward', { due: null, owners: [person('Daniel Fitzgerald')] });

  expect(await lines()).toEqual(['The plan: 2 actions are due this week.']);
});

test('knows the day in the community’s own zone', async () => {
  await now.adds('book-a-room', { due: '2026-11-22' });
  now.clock.moveTo('2026-11-23T02:00:00Z');

  expect(await lines(community({ settings: settings({ timeZone: 'America/New_York' }) }))).toEqual([
    'The plan: 1 action is due this week.',
  ]);
});

test('a community of an earlier version, without a list for its plan, says nothing', async () => {
  now.lists.missing.add('plan');

  expect(await lines()).toEqual([]);
});

import { beforeEach, expect, test } from '@jest/globals';
import { plan } from '../../../../bot/features/plan/index.ts';
import { rowOf } from '../../../../bot/features/plan/store.ts';
import type { Found } from '../../../../bot/feature.ts';
import { added, type Action } from '../../../../domain/plan/plan.ts';
import { checkCard, textsIn } from '../../../support/cards.ts';
import { community, member, translateFor } from '../../../support/feature-parts.ts';
import { sceneOf } from '../../../support/feature-scene.ts';

const here = community();
const priya = member('Priya Raman');
const gwen = member('Gwen Pritchard');
const scene = sceneOf(plan, { members: [priya, gwen], at: '2026-11-26T10:00:00Z' });
const nothing: Found = { day: null, people: [], number: null, text: '', named: [] };

beforeEach(async () => {
  const actions: readonly (Pick<Action, 'title' | 'state' | 'due' | 'owners'> & { readonly notes?: string })[] = [
    { title: 'Book the room', state: 'doing', due: '2026-11-30', owners: [gwen] },
    { title: 'Ask the board', state: 'stuck', due: '2026-12-20', owners: [priya], notes: 'Nobody answers.' },
    { title: 'Print the sheets', state: 'to-do', due: null, owners: [] },
    { title: 'Draw the chart', state: 'done', due: '2026-11-20', owners: [gwen] },
  ];
  const { plan: list } = scene.lists.of(here.id);
  for (const [index, { notes = '', ...action }] of actions.entries()) {
    const whole = { ...action, weight: 'baseline' as const, aim: null, notes };
    await list.create(rowOf(`a${index}`, added(whole, { by: priya, now: scene.clock.now() })));
  }
});

async function answer(rest: string, found: Partial<Found> = {}): Promise<string> {
  const { feature } = scene;
  const reply = await feature
    .commands!.find(({ name }) => name === 'plan')!
    .run({
      who: priya,
      community: here,
      place: 'chat',
      rest,
      found: { ...nothing, ...found },
      message: '1',
      locale: null,
      t: translateFor(feature),
    });
  if (!('card' in reply)) throw new Error('expected a card');
  checkCard(reply.card);
  return textsIn(reply.card).join('\n');
}

test.each([
  ['stuck', '1 action is stuck\n- **Ask the board**'],
  ['done', '1 of 4 actions is done\n- **Draw the chart**'],
  ['next', '1 action is due in the next seven days\n- **Book the room**'],
  ['free', '1 action has nobody yet\n- **Print the sheets**'],
])('plan %s', async (rest, expected) => {
  expect(await answer(rest)).toContain(expected);
});

test('one that is named says its state, its day, whose it is, and what is noted', async () => {
  const named = [{ kind: 'action', id: 'a1', title: 'Ask the board', certainty: 1 }];

  const text = await answer('the board', { named });

  expect(text).toContain('Ask the board\nStuck · due Sunday 20 December · Priya Raman\n\nNobody answers');
});

test('several that are named as surely are listed, and less sure ones left out', async () => {
  const named = ['a0', 'a1', 'a2'].map((id, index) => ({
    kind: 'action',
    id,
    title: id,
    certainty: index === 2 ? 0.6 : 1,
  }));

  const text = await answer('the', { named });

  expect(text).toContain('2 actions have these words');
  expect(text).not.toContain('Print the sheets');
});

test('somebody’s open actions', async () => {
  expect(await answer('Gwen', { people: [gwen] })).toContain('Gwen Pritchard has 1 open action\n- **Book the room**');
});

test('other words after it show the plan', async () => {
  expect(await answer('please')).toContain('1 of 4 actions done');
});

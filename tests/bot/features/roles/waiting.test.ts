import { beforeEach, expect, test } from '@jest/globals';
import { roles, rolesWaiting } from '../../../../bot/features/roles/index.ts';
import { community, member, person, rosterOf, textsOf } from '../../../support/feature-parts.ts';
import { sceneOf, type FeatureScene } from '../../../support/feature-scene.ts';

const here = community();
const ann = member('Ann Okafor');
let scene: FeatureScene<ReturnType<typeof roles>>;

beforeEach(() => {
  scene = sceneOf(parts => roles({ ...parts, changeCoordinators: async ({ community: same }) => same }), {
    members: [member('Priya Raman'), ann],
    at: '2026-11-23T09:00:00Z',
  });
});

async function offers(name: string, since: string): Promise<void> {
  await scene.lists.of(here.id).offers.create({
    key: `member-support/${person(name).id}/${since}`,
    role: 'member-support',
    person: { ...person(name), mail: null },
    since,
    until: null,
    note: 'I would like to try',
    state: 'volunteered',
    changedBy: person(name),
    changedAt: `${since}T10:00:00.000Z`,
  });
}
async function lines() {
  const { lists, clock, feature } = scene;
  const read = rolesWaiting({ lists, roster: rosterOf(member('Priya Raman'), ann), clock: clock.now });
  return (await read(here))(textsOf(feature).for('facilitation', 'en-GB'), false);
}

test('without offers nothing waits', async () => {
  expect(await lines()).toEqual([]);
});

test('names whoever offers to take on a role and is in the team, and not what they wrote', async () => {
  await offers('Ann Okafor', '2026-11-20');
  await offers('Gone Away', '2026-11-20');

  expect(await lines()).toEqual([{ text: 'Offers without an answer: Ann Okafor (Member support)', more: 0 }]);
});

test('says when it names an offer for the last time, and then lets it go', async () => {
  await offers('Ann Okafor', '2026-10-01');

  expect((await lines()).map(({ text }) => text)).toEqual([
    'Offers without an answer: Ann Okafor (Member support, named here for the last time)',
  ]);
  scene.clock.moveTo('2026-11-30T09:00:00Z');

  expect(await lines()).toEqual([]);
});

import { beforeEach, expect, test } from '@jest/globals';
import { roles, rolesWaiting } from '../../../../bot/features/roles/index.ts';
import type { ReadComing } from '../../../../bot/shared/waiting.ts';
import { methodRoles } from '../../../../domain/roles/method.ts';
import { community, member, person, rosterOf, textsOf } from '../../../support/feature-parts.ts';
import { sceneOf, type FeatureScene } from '../../../support/feature-scene.ts';
import { nothingComes } from '../../../support/wishes.ts';

const here = community({ installedAt: '2026-11-19T08:00:00Z' });
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
async function holds(role: string, name: string, dates: { since: string; until: string | null; ended?: string }) {
  await scene.lists.of(here.id).roles.create({
    key: `${role}/${person(name).id}/${dates.since}`,
    role,
    person: { ...person(name), mail: null },
    since: dates.since,
    until: dates.until,
    note: '',
    state: dates.ended === undefined ? 'accepted' : 'ended',
    changedBy: person('Priya Raman'),
    changedAt: `${dates.ended ?? dates.since}T10:00:00.000Z`,
  });
}

async function lines(where = here, coming: ReadComing = nothingComes) {
  const { lists, clock, feature } = scene;
  const read = rolesWaiting({ coming, lists, roster: rosterOf(member('Priya Raman'), ann), clock: clock.now });
  return (await read(where))(textsOf(feature).for('facilitation', 'en-GB'), false);
}

/** Nobody waits for anything but what a test says: every key role has somebody. */
async function everybodyIsThere(but: readonly string[] = []): Promise<void> {
  for (const role of keyRoles.filter(one => !but.includes(one)))
    await holds(role, 'Ann Okafor', { since: '2026-11-01', until: null });
}

const keyRoles = methodRoles.filter(({ kind }) => kind === 'key').map(({ id }) => id);

test('with somebody in every key role and no offers nothing waits', async () => {
  await everybodyIsThere();

  expect(await lines()).toEqual([]);
});

test('names key roles that nobody ever held, from the day of installation on, and how many there are beside', async () => {
  await everybodyIsThere(keyRoles.slice(1, 5));

  const [line, ...others] = await lines();
  scene.clock.moveTo('2027-01-11T09:00:00Z');
  const [last] = await lines();
  scene.clock.moveTo('2027-01-18T09:00:00Z');

  expect(line?.text).toMatch(/^Nobody holds: (?:[^,]+), (?:[^,]+),? and (?:[^,]+)$/);
  expect(line?.more).toBe(1);
  expect(others).toEqual([]);
  expect(last?.text).toMatch(/\(named here for the last time\)/);
  expect(await lines()).toEqual([]);
});

test('names a role that fell vacant from the day on which it did', async () => {
  await everybodyIsThere(['sponsor']);
  await holds('sponsor', 'Ann Okafor', { since: '2025-11-01', until: '2026-11-20', ended: '2026-11-20' });

  expect(await lines(community({ installedAt: '2025-01-01T08:00:00Z' }))).toEqual([
    { text: 'Nobody holds: Sponsor', more: 0 },
  ]);
});

test('a role whose holder left the team stands with those who left, and one that is offered with the offers', async () => {
  await everybodyIsThere(['sponsor', 'member-support']);
  await holds('sponsor', 'Gone Away', { since: '2026-11-01', until: null });
  await offers('Ann Okafor', '2026-11-20');

  expect((await lines()).map(({ text }) => text)).toEqual(['Offers without an answer: Ann Okafor (Member support)']);
});

test('names terms that are over or end within a month', async () => {
  await everybodyIsThere();
  await holds('member-support', 'Priya Raman', { since: '2025-12-16', until: '2026-12-16' });
  await holds('critical-friends', 'Ann Okafor', { since: '2025-11-15', until: '2026-11-15' });
  await holds('information-resources', 'Gone Away', { since: '2025-11-01', until: '2026-11-01' });

  expect(await lines()).toEqual([
    {
      text: 'Terms to decide about: Priya Raman (Member support, until Wednesday 16 December) and Ann Okafor (Critical friends, until Sunday 15 November)',
      more: 0,
    },
  ]);
});

test('names whoever offers to take on a role and is in the team, and not what they wrote', async () => {
  await everybodyIsThere();
  await offers('Ann Okafor', '2026-11-20');
  await offers('Gone Away', '2026-11-20');

  expect(await lines()).toEqual([{ text: 'Offers without an answer: Ann Okafor (Member support)', more: 0 }]);
});

test('says when it names an offer for the last time, and then lets it go', async () => {
  await everybodyIsThere();
  await offers('Ann Okafor', '2026-10-01');

  expect((await lines()).map(({ text }) => text)).toEqual([
    'Offers without an answer: Ann Okafor (Member support, named here for the last time)',
  ]);
  scene.clock.moveTo('2026-11-30T09:00:00Z');

  expect(await lines()).toEqual([]);
});

test('leaves out what a card of its own tells them in this week: an offer, a vacancy, a term, each by its name', async () => {
  await everybodyIsThere(['sponsor']);
  await holds('sponsor', 'Ann Okafor', { since: '2025-11-01', until: '2026-11-20', ended: '2026-11-20' });
  await holds('critical-friends', 'Ann Okafor', { since: '2025-11-15', until: '2026-12-15' });
  await offers('Ann Okafor', '2026-11-20');
  const asked: unknown[] = [];

  const left = await lines(here, async (_community, week, questions) => {
    asked.push(...questions.map(({ kind, period, to, cameUp, since }) => [week, kind, period, to, cameUp, since]));
    return new Set(questions.filter(({ kind }) => kind !== 'roles.term'));
  });

  expect(left.map(({ text }) => text)).toEqual([expect.stringContaining('Terms to decide about: Ann Okafor')]);
  const to = ['priya-raman'];
  expect(asked).toEqual([
    ['2026-11-23', 'roles.offer', 'member-support/ann-okafor/2026-11-20', to, '2026-11-20', '2026-11-20'],
    ['2026-11-23', 'roles.vacant', 'sponsor/ann-okafor/2025-11-01', to, '2026-11-20', null],
    ['2026-11-23', 'roles.term', 'critical-friends/ann-okafor/2026-12-15', to, '2026-11-15', null],
  ]);
});

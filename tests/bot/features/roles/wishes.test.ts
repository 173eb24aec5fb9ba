import { beforeEach, describe, expect, test } from '@jest/globals';
import { roles } from '../../../../bot/features/roles/index.ts';
import type { Feature } from '../../../../bot/feature.ts';
import type { Departed } from '../../../../bot/ports.ts';
import { createRestDays } from '../../../../bot/shared/rest-days.ts';
import type { Holder } from '../../../../domain/roles/roles.ts';
import { coordinatorRole, methodRoles } from '../../../../domain/roles/method.ts';
import type { ReadyCommunity } from '../../../../domain/community.ts';
import { checkCard, textsIn } from '../../../support/cards.ts';
import {
  community,
  member,
  person,
  settings,
  type RecordingMessenger,
  type TestClock,
  quietLog,
} from '../../../support/feature-parts.ts';
import { type InMemoryLists } from '../../../support/in-memory-lists.ts';
import { sceneOf } from '../../../support/feature-scene.ts';
import { grantWishes } from '../../../support/wishes.ts';

const here = community({ settings: settings({ coordinators: [person('Priya Raman'), person('Gone Away')] }) });
const others = methodRoles.filter(({ kind, id }) => kind === 'key' && id !== coordinatorRole).map(({ id }) => id);
let lists: InMemoryLists;
let messenger: RecordingMessenger;
let clock: TestClock;
let warned: object[];
let departed: Awaited<ReturnType<Departed['since']>>;
let feature: Feature;

beforeEach(() => {
  warned = [];
  departed = [];
  const scene = sceneOf(
    parts =>
      roles({
        ...parts,
        changeCoordinators: async ({ community: unchanged }) => unchanged,
        departed: { since: async () => departed },
        log: { ...quietLog, warn: ids => void warned.push(ids) },
      }),
    { members: [member('Priya Raman'), member('Ann Okafor')], at: '2026-11-23T09:00:00Z' },
  );
  ({ feature, lists, messenger, clock } = scene);
});

describe('asks the coordinators who are in the team', () => {
  test('about the key roles that were never filled: one card, once, however often it runs', async () => {
    await run();
    clock.moveTo('2026-11-30T09:00:00Z');
    await run();
    await hold('sponsor', {});
    clock.moveTo('2026-12-07T09:00:00Z');
    await run();

    expect(messenger.posted.map(({ kind, period, to, summary }) => ({ kind, period, to, summary }))).toEqual([
      {
        kind: 'roles.vacant',
        period: 'start',
        to: 'priya-raman',
        summary: 'Data Storytellers has 4 key roles that have nobody yet, and no offer',
      },
    ]);
    checkCard(messenger.posted[0]!.card);
  });

  test('about a role that falls vacant, once for that vacancy', async () => {
    for (const role of others.slice(1)) await hold(role, {});
    await hold(others[0]!, { state: 'ended', until: '2026-11-20' });

    await run();
    await run();

    expect(messenger.posted.map(({ kind, summary }) => `${kind}: ${summary}`)).toEqual([
      'roles.vacant: Data Storytellers has nobody for Member support',
    ]);
  });

  test('about a role whose holder left, for the first time when they hear of everything that person held', async () => {
    for (const role of others.slice(1)) await hold(role, {});
    await hold(others[0]!, { person: { ...person('Gone Away'), mail: null } });
    departed = [{ person: person('Gone Away').id, at: new Date('2026-11-20T10:00:00Z') }];

    const rest = await createRestDays().of(here);
    const wishes = await feature.wishes!({ community: here, now: clock.now(), today: '2026-11-23', rest });

    expect(wishes.map(({ kind, again }) => [kind, again])).toEqual([['roles.vacant', { since: '2026-11-20' }]]);
  });

  test('about a term that ends within a month: once for that last day, and again for the next', async () => {
    for (const role of others) await hold(role, { until: role === 'sponsor' ? '2026-12-20' : '2027-06-01' });

    await run();
    clock.moveTo('2026-12-14T09:00:00Z');
    await run();
    expect(messenger.posted.map(({ kind, period }) => `${kind} ${period}`)).toEqual([
      'roles.term sponsor/ann-okafor/2026-12-20',
    ]);

    const sponsor = await lists.of(here.id).roles.find('sponsor/ann-okafor/2026-01-10');
    await lists.of(here.id).roles.update(sponsor!, { ...sponsor!.value, until: '2027-01-10' });
    await run();

    expect(messenger.posted.map(({ period }) => period)).toEqual([
      'sponsor/ann-okafor/2026-12-20',
      'sponsor/ann-okafor/2027-01-10',
    ]);
    expect(textsIn(messenger.posted[0]!.card)).toContain('Sponsor: Ann Okafor’s term ends on 20 December 2026');
    // Whether it is asked again is said below every question that is, once.
    expect(textsIn(messenger.posted[0]!.card).join(' ')).not.toMatch(/ask again/);
    checkCard(messenger.posted[0]!.card);
  });

  test('about nothing when all is well', async () => {
    for (const role of others) await hold(role, {});

    await run();

    expect(messenger.posted).toEqual([]);
  });
});

test('works with lists that are older than its own', async () => {
  lists.missing.add('roles').add('ownRoles');

  await run();

  expect(messenger.posted.map(({ period }) => period)).toEqual(['start']);
});

test('says in the log when there is nobody to ask', async () => {
  await run({ ...here, settings: settings({ coordinators: [person('Gone Away')] }) });

  expect(warned).toEqual([{ community: here.id }]);
  expect(messenger.posted).toEqual([]);
});

async function run(where: ReadyCommunity = here): Promise<void> {
  await grantWishes(feature, messenger, { community: where, now: clock.now() });
}

async function hold(
  role: string,
  choices: { state?: 'accepted' | 'ended'; until?: string; person?: Holder },
): Promise<void> {
  const ann = { ...person('Ann Okafor'), mail: null };
  await lists.of(here.id).roles.create({
    key: `${role}/${ann.id}/2026-01-10`,
    role,
    person: ann,
    since: '2026-01-10',
    until: null,
    note: '',
    state: 'accepted',
    changedBy: person('Priya Raman'),
    changedAt: '2026-01-10T10:00:00.000Z',
    ...choices,
  });
}

import { describe, expect, test } from '@jest/globals';
import {
  can,
  mayAccept,
  mustBeAble,
  mustBeAbleWith,
  mustBeReady,
  permissions,
  rightsOfRoles,
  type Owned,
} from '../../domain/permissions.ts';
import { methodRoles } from '../../domain/roles/method.ts';
import type { SetUpBy } from '../../domain/community.ts';
import { community, member, newCommunity, person } from '../support/feature-parts.ts';

const owner = member('Olive Owner', { owner: true });
const priya = member('Priya Raman');
const amara = member('Amara Okafor');
const helen = member('Helen Ashworth');

describe('who may set a community up', () => {
  const setUpBy = (by: SetUpBy) =>
    newCommunity({ installedBy: person('Amara Okafor'), setUp: { by, administrators: [helen.id] } });
  const who = { owner, installer: amara, administrator: helen, another: priya };

  test.each<[SetUpBy, (keyof typeof who)[]]>([
    ['members', ['owner', 'installer']],
    ['owners', ['owner']],
    ['administrators', ['administrator']],
  ])('%s: %j', (by, expected) => {
    const may = Object.entries(who)
      .filter(([, one]) => can(one, 'settings.edit', setUpBy(by)))
      .map(([name]) => name);

    expect(may).toEqual(expected);
  });

  test('nobody has chosen: whoever added the app, and the owners', () => {
    expect(
      [owner, amara, helen].map(one =>
        can(one, 'settings.edit', newCommunity({ installedBy: person('Amara Okafor') })),
      ),
    ).toEqual([true, true, false]);
  });

  test('whoever may not is told that it is the administrator’s', () => {
    expect(() => mustBeAble(owner, 'settings.edit', setUpBy('administrators'))).toThrow(
      expect.objectContaining({ code: 'set-up-by-administrator' }),
    );
  });

  test('once it is set up, coordinators and owners change the settings, whoever set it up', () => {
    const ready = { ...community(), setUp: { by: 'administrators', administrators: [helen.id] } } as const;

    expect([owner, priya, amara, helen].map(one => can(one, 'settings.edit', ready))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

test.each([
  ['facilitation.tick', community(), 'facilitators'],
  ['facilitation.change', community(), 'facilitators'],
  ['welcome.read', community(), 'roles'],
  ['settings.edit', newCommunity({ installedBy: null }), 'owners'],
  ['settings.edit', community(), undefined],
  ['plan.edit', newCommunity({ installedBy: null }), undefined],
] as const)('who may not %s is told whom they could ask', (permission, where, context) => {
  expect(() => mustBeAble(amara, permission, where)).toThrow(
    expect.objectContaining({ code: 'not-allowed', details: { permission, ...(context ? { context } : {}) } }),
  );
});

describe('what is somebody’s', () => {
  const here = community();

  test.each<[Owned, boolean]>([
    ['action', true],
    ['calendar', true],
    ['holding', true],
    ['sent-digest', true],
    ['sponsor-card', false],
    ['tick', false],
  ])('%s: with one’s own everybody may, with what is not one’s own whoever coordinates (%s)', (what, coordinators) => {
    const may = (who: typeof priya, isTheirs: boolean): boolean => {
      try {
        mustBeAbleWith(who, what, isTheirs, here);
        return true;
      } catch (error) {
        expect(error).toMatchObject({ code: 'not-allowed' });
        return false;
      }
    };

    expect([may(amara, true), may(amara, false), may(priya, false), may(owner, false)]).toEqual([
      true,
      false,
      coordinators,
      coordinators,
    ]);
  });
});

describe('a community that is not set up', () => {
  const notYet = (by?: SetUpBy) =>
    newCommunity({
      installedBy: person('Amara Okafor'),
      ...(by ? { setUp: { by, administrators: [helen.id] } } : {}),
    });

  test.each([
    ['whoever added the app', amara, undefined, 'yours'],
    ['an owner', owner, 'owners', 'yours'],
    ['whoever added the app, where owners do it', amara, 'owners', 'owners'],
    ['a member', priya, 'members', 'owners'],
    ['an owner, where the administrator does it', owner, 'administrators', 'administrators'],
    ['the administrator', helen, 'administrators', 'yours'],
  ] as const)('tells %s who can do that', (_who, who, by, context) => {
    expect(() => mustBeReady(who, notYet(by))).toThrow(
      expect.objectContaining({ code: 'not-set-up', details: { context } }),
    );
  });

  test('one that is set up is let through', () => {
    expect(() => mustBeReady(amara, community())).not.toThrow();
  });
});

describe('whoever was accepted into a role', () => {
  const inRole = (role: string) => community({ acceptances: [{ role, person: amara.id }] });
  const mayIn = (role: string) => permissions.filter(permission => can(amara, permission, inRole(role)));

  test.each([
    ['coordinator', []],
    ['member-support', ['facilitation.greet', 'welcome.read']],
    ['information-resources', ['library.edit']],
    ['teams-administrator', ['settings.edit', 'delivery.read']],
    ['sponsor', []],
    ['agenda-activists', ['surveys.plan', 'events.edit', 'agenda.edit']],
    ['community-keepers', ['surveys.results']],
    ['critical-friends', ['surveys.plan', 'events.feedback']],
    ['social-reporters', []],
    ['external-messengers', []],
    ['value-detectives', []],
    ['organisational-brokers', []],
    [
      'core-group',
      ['facilitation.greet', 'facilitation.tick', 'roles.accept', 'events.edit', 'agenda.edit', 'library.edit'],
    ],
    ['meeting-facilitator', []],
    ['thought-leader', []],
    ['subject-expert', []],
    ['mentor', []],
    ['scout', []],
    ['weaver', []],
    ['support', []],
    ['own-chart-doctor', []],
    ['__proto__', []],
    ['constructor', []],
  ] as const)('%s may besides %j, and nobody else may because of it', (role, besides) => {
    expect(mayIn(role)).toEqual(['community.read', ...besides]);
    expect(permissions.filter(permission => can(helen, permission, inRole(role)))).toEqual(['community.read']);
  });

  test('no role is left out of that table, and rights belong to roles that there are', () => {
    const ids = methodRoles.map(({ id }) => id);

    expect(ids).toHaveLength(20);
    expect(Object.keys(rightsOfRoles).filter(id => !ids.includes(id))).toEqual([]);
  });

  test('sets no community up', () => {
    const notYet = newCommunity({
      installedBy: null,
      acceptances: [{ role: 'teams-administrator', person: amara.id }],
    });

    expect(can(amara, 'settings.edit', notYet)).toBe(false);
  });

  test('accepts others into roles that let nobody do more than they may', () => {
    const among = (role: string) => methodRoles.map(({ id }) => id).filter(id => mayAccept(amara, id, inRole(role)));

    expect(among('critical-friends')).toEqual([]);
    expect(methodRoles.map(({ id }) => id).filter(id => !among('core-group').includes(id))).toEqual([
      'coordinator',
      'member-support',
      'teams-administrator',
      'agenda-activists',
      'community-keepers',
      'critical-friends',
    ]);
    expect(methodRoles.filter(({ id }) => !mayAccept(priya, id, inRole('core-group')))).toEqual([]);
  });
});

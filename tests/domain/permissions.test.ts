import { describe, expect, test } from '@jest/globals';
import { can, mustBeAble, type SetUpBy } from '../../domain/permissions.ts';
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

import { beforeEach, expect, test } from '@jest/globals';
import type { ReadyCommunity } from '../../../../domain/community.ts';
import { settings } from '../../../../bot/features/settings/index.ts';
import type { Provisioned } from '../../../../bot/lists/provisioning.ts';
import { community, member, settings as chosen } from '../../../support/feature-parts.ts';
import { sceneOf } from '../../../support/feature-scene.ts';

/** How often the lists in SharePoint are looked at by night: each look costs some twenty units. */
let looks = 0;
let outcome: Provisioned['lists'] = [];
const here: ReadyCommunity = community({ settings: chosen({ coordinators: [member('Priya Raman')] }) });
const day = 24 * 3_600_000;
const begins = new Date('2026-11-23T03:00:00Z').getTime();

function scene() {
  const provision = async (): Promise<Provisioned> => {
    looks++;
    return { lists: outcome };
  };
  const { feature, parts } = sceneOf(made => settings({ ...made, provision }), {
    communities: [here],
    members: [member('Priya Raman')],
  });
  const job = feature.jobs!.find(({ name }) => name === 'settings.copy')!;
  return {
    parts,
    async night(number: number, of: ReadyCommunity = here) {
      const now = new Date(begins + number * day);
      await job.run({ community: of, due: now, since: now, now });
    },
  };
}
beforeEach(() => {
  looks = 0;
  outcome = [];
});

test('lists that were found right are looked at once a month', async () => {
  const { night } = scene();
  for (let number = 0; number < 57; number++) await night(number);

  expect(looks).toBe(3);
});

test('they are looked at in the night after the settings were saved', async () => {
  const { night, parts } = scene();
  await night(0);
  const changed = { ...here, settings: { ...here.settings, timeZone: 'Europe/Paris' } };
  await night(1, changed);
  await night(2, changed);

  expect(looks).toBe(2);
  expect((await parts.lists.of(here.id).settingsCopy.find('settings'))?.value.settings.timeZone).toBe('Europe/Paris');
});

test('and in the night after something was met that is not right', async () => {
  const { night, parts } = scene();
  await night(0);
  await parts.sites.keepRightness(here.id, null);
  await night(1);
  await night(2);

  expect(looks).toBe(2);
});

test('lists that somebody has to put right are looked at each night', async () => {
  const { night } = scene();
  outcome = [{ name: 'CoP Plan', state: 'failed', problem: { code: 'not-granted', said: 'Access denied' } }];
  await night(0);
  await night(1);

  expect(looks).toBe(2);
});

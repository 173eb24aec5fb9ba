import { expect, test } from '@jest/globals';
import { settings } from '../../../../bot/features/settings/index.ts';
import { community, member, settings as chosen } from '../../../support/feature-parts.ts';
import { sceneOf } from '../../../support/feature-scene.ts';

const priya = member('Priya Raman');
const owner = member('Helen Osei', { owner: true });

test.each([
  { who: 'coordinators', of: chosen(), team: [priya, owner], told: [priya.id] },
  { who: 'owners where the coordinators have left', of: chosen(), team: [owner], told: [owner.id] },
  { who: 'owners where nobody coordinates', of: chosen({ coordinators: [] }), team: [priya, owner], told: [owner.id] },
  { who: 'owners where nobody has set it up', of: null, team: [priya, owner], told: [owner.id] },
])('that the community’s channel was deleted is told to its $who', async ({ of, team, told }) => {
  const here = { ...community(), settings: of };
  const { feature, messenger } = sceneOf(settings, { members: team, communities: [here] });

  await feature.events?.channelDeleted?.({ community: here, channel: '19:figures@thread.tacv2' });

  expect(messenger.posted.map(({ kind, to }) => ({ kind, to }))).toEqual(
    told.map(to => ({ kind: 'settings.moved', to })),
  );
});

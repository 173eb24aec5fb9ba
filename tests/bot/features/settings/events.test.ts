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
])('that the community’s channel was deleted, and is back, is told to its $who', async ({ of, team, told }) => {
  const here = { ...community(), settings: of };
  const { feature, messenger } = sceneOf(settings, { members: team, communities: [here] });

  const event = { community: here, channel: '19:figures@thread.tacv2' };
  await feature.events?.channelDeleted?.(event);
  await feature.events?.channelRestored?.(event);

  expect(messenger.posted.map(({ kind, to }) => ({ kind, to }))).toEqual(
    ['settings.moved', 'settings.movedBack'].flatMap(kind => told.map(to => ({ kind, to }))),
  );
});

import { expect, test } from '@jest/globals';
import { settings } from '../../../../bot/features/settings/index.ts';
import type { SettingsParts } from '../../../../bot/features/settings/parts.ts';
import {
  clockAt,
  communitiesOf,
  community,
  member,
  quietLog,
  recordingMessenger,
  rosterOf,
  settings as chosen,
  textsOf,
  nothingChosen,
} from '../../../support/feature-parts.ts';
import { createInMemoryLists } from '../../../support/in-memory-lists.ts';

const priya = member('Priya Raman');
const owner = member('Helen Osei', { owner: true });

test.each([
  { who: 'coordinators', of: chosen(), team: [priya, owner], told: [priya.id] },
  { who: 'owners where the coordinators have left', of: chosen(), team: [owner], told: [owner.id] },
  { who: 'owners where nobody coordinates', of: chosen({ coordinators: [] }), team: [priya, owner], told: [owner.id] },
  { who: 'owners where nobody has set it up', of: null, team: [priya, owner], told: [owner.id] },
])('that the community’s channel was deleted is told to its $who', async ({ of, team, told }) => {
  const here = { ...community(), settings: of };
  const messenger = recordingMessenger(() => textsOf(feature));
  const parts: SettingsParts = {
    lists: createInMemoryLists(),
    messenger,
    roster: rosterOf(...team),
    communities: communitiesOf(here),
    clock: clockAt('2026-11-23T09:00:00Z').now,
    ...nothingChosen,
    provision: async () => ({ lists: [] }),
    links: { tab: () => 'https://teams.example' },
    log: quietLog,
  };
  const feature = settings(parts);

  await feature.events?.channelDeleted?.({ community: here, channel: '19:figures@thread.tacv2' });

  expect(messenger.posted.map(({ kind, to }) => ({ kind, to }))).toEqual(
    told.map(to => ({ kind: 'settings.moved', to })),
  );
});

import { createCommunities } from '../../bot/database/communities.ts';
import type { Db } from '../../bot/database/tables.ts';
import { createSettingsList, settingsKey } from '../../bot/lists/settings-list.ts';
import type { Settings } from '../../domain/community.ts';

/** Has the app added to a team, and set up when there are settings, without anything happening there. */
export async function knownCommunity(db: Db, id: string, settings?: Settings, name = id): Promise<void> {
  const communities = createCommunities(
    db,
    () => new Date('2026-11-22T10:00:00Z'),
    async () => {},
    async () => {},
  );
  await communities.install({
    id,
    name,
    generalChannelId: `19:${id}`,
    channelId: `19:${id}-channel`,
    serviceUrl: 'http://localhost',
    by: null,
  });
  if (settings) await createSettingsList(db, id).create({ key: settingsKey, settings });
}

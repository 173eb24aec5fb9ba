import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createCommunities, type Installations } from '../../../bot/database/communities.ts';
import { createLeavers } from '../../../bot/personal-data/leavers.ts';
import { createEngines, type OpenedEngine } from '../../support/engines.ts';
import { member, quietLog } from '../../support/feature-parts.ts';

const engines = createEngines();
const now = new Date('2026-11-23T03:17:00Z');
const ann = member('Ann');
let opened: OpenedEngine;
let communities: Installations;
beforeAll(async () => {
  opened = await engines.open('the embedded database');
});
afterAll(async () => {
  await opened.close();
  await engines.stop();
});
beforeEach(async () => {
  await opened.database.db.deleteFrom('communities').execute();
  communities = createCommunities(
    opened.database.db,
    () => now,
    async () => {},
    async () => {},
  );
  for (const id of ['broken', 'cedar']) {
    await communities.install({ id, name: id, generalChannelId: id, channelId: id, serviceUrl: '', by: null });
    for (const person of ['ann', 'ben']) await communities.met(id, person);
  }
});

function run(forget: (community: string) => Promise<void> = async () => {}): Promise<number> {
  return createLeavers({
    db: opened.database.db,
    communities,
    roster: {
      async members(community) {
        if (community === 'broken') throw new TypeError('what Graph said of this team is odd');
        return [ann];
      },
      member: async (_community, id) => (id === ann.id ? ann : undefined),
    },
    personalData: { forget: community => forget(community) as ReturnType<typeof forget> },
    audit: () => {},
    after: 30,
    now: () => now,
    log: quietLog as never,
  })();
}

test('a team whose people cannot be read, for whatever reason, keeps no other from being looked through', async () => {
  await run();

  const left = await opened.database.db.selectFrom('leavers').select(['community', 'person']).execute();
  expect(left).toEqual([{ community: 'cedar', person: 'ben' }]);
});

test('somebody who cannot be forgotten keeps no other from being forgotten', async () => {
  const longAgo = new Date('2026-01-01T00:00:00Z');
  await opened.database.db
    .insertInto('leavers')
    .values(['broken', 'cedar'].map(community => ({ community, person: 'ben', left_at: longAgo })))
    .execute();

  const forgotten = await run(async community => {
    if (community === 'broken') throw new TypeError('a fault of ours');
  });

  expect(forgotten).toBe(1);
});

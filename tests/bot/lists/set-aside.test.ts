import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createCommunities } from '../../../bot/database/communities.ts';
import { createSetAside } from '../../../bot/lists/set-aside.ts';
import type { SetAside } from '../../../bot/ports.ts';
import { createEngines, engines, type OpenedEngine } from '../../support/engines.ts';

const monday = new Date('2026-11-23T09:00:00Z');
const tuesday = new Date('2026-11-24T09:00:00Z');
const databases = createEngines();
afterAll(() => databases.stop());

describe.each(engines)('rows set aside, in %s', where => {
  let engine: OpenedEngine;
  let setAside: SetAside;
  beforeAll(async () => {
    engine = await databases.open(where);
  });
  afterAll(() => engine.close());
  beforeEach(async () => {
    await engine.database.db.deleteFrom('communities').execute();
    setAside = createSetAside(engine.database.db);
    for (const id of ['cedar', 'oak']) {
      await createCommunities(
        engine.database.db,
        () => monday,
        async () => {},
        async () => {},
      ).install({ id, name: id, generalChannelId: id, channelId: id, serviceUrl: 'https://x', by: null });
    }
  });
  const keys = async (community = 'cedar') =>
    (await setAside.of(community)).map(({ list, key, reason }) => `${list} ${key} ${reason}`);

  test('are remembered once, since the first time, in their community', async () => {
    await setAside.put({ community: 'cedar', list: 'S', key: 'a', what: 'Pulse', reason: 'failed', since: monday });
    await setAside.put({ community: 'cedar', list: 'S', key: 'a', what: 'Pulse 2', reason: 'failed', since: tuesday });

    expect(await setAside.of('cedar')).toEqual([
      { list: 'S', key: 'a', what: 'Pulse 2', reason: 'failed', since: monday },
    ]);
    expect(await setAside.of('oak')).toEqual([]);
  });

  test('come back by their keys', async () => {
    for (const key of ['a', 'b'])
      await setAside.put({ community: 'cedar', list: 'S', key, what: key, reason: 'failed', since: monday });

    await setAside.takeBack('cedar', 'S', ['a']);

    expect(await keys()).toEqual(['S b failed']);
  });

  test('what cannot be read is what the last reading could not read, and nothing else', async () => {
    await setAside.put({ community: 'cedar', list: 'S', key: 'failed', what: 'x', reason: 'failed', since: monday });
    await setAside.noteUnreadable('cedar', 'S', ['b', 'a'], monday);
    await setAside.noteUnreadable('cedar', 'S', ['a'], tuesday);
    await setAside.noteUnreadable('cedar', 'T', [], tuesday);

    expect(await keys()).toEqual(['S a unreadable', 'S failed failed']);
    await setAside.noteUnreadable('cedar', 'S', [], tuesday);
    expect(await keys()).toEqual(['S failed failed']);
  });

  test('are forgotten with the app', async () => {
    await setAside.put({ community: 'cedar', list: 'S', key: 'a', what: 'x', reason: 'failed', since: monday });

    await createCommunities(
      engine.database.db,
      () => monday,
      async () => {},
      async () => {},
    ).uninstall('cedar');

    expect(await setAside.of('cedar')).toEqual([]);
  });
});

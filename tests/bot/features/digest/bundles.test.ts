import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createGathering } from '../../../../bot/features/digest/bundles.ts';
import type { Gathering } from '../../../../bot/features/digest/bundles.ts';
import { createEngines, engines, type OpenedEngine } from '../../../support/engines.ts';
import { createInMemoryGathering } from '../../../support/gathering.ts';

const databases = createEngines();
afterAll(() => databases.stop());

describe.each([...engines, 'memory'] as const)('a gathering in %s', where => {
  let engine: OpenedEngine | undefined;
  let gathering: Gathering;
  const part = (community: string, month = '2026-12', person = 'helen') => ({ month, person, community });
  beforeAll(async () => {
    if (where === 'memory') return;
    engine = await databases.open(where);
    for (const id of ['cedar', 'maple', 'oak']) {
      await engine.database.db
        .insertInto('communities')
        .values({
          id,
          name: id,
          thread_id: `19:${id}`,
          channel_id: `19:${id}`,
          service_url: 'http://localhost',
          installed_by: null,
          installed_at: new Date('2026-11-02T09:00:00Z'),
          settings: null,
          removed_at: null,
        })
        .execute();
    }
  });
  afterAll(() => engine?.close());
  beforeEach(async () => {
    await engine?.database.db.deleteFrom('gatherings').execute();
    gathering = engine ? createGathering(engine.database.db) : createInMemoryGathering();
  });

  test('whoever comes first takes all, and says the same when asked again', async () => {
    await gathering.expect(part('cedar'));
    await gathering.expect(part('maple'));

    const first = await gathering.claim(part('maple'));
    const second = await gathering.claim(part('cedar'));
    const again = await gathering.claim(part('maple'));

    expect([first, second, again, await gathering.carriedBy(part('maple'))]).toEqual([
      ['cedar', 'maple'],
      [],
      ['cedar', 'maple'],
      ['cedar', 'maple'],
    ]);
  });

  test('of two at the same moment one carries both', async () => {
    await gathering.expect(part('cedar'));
    await gathering.expect(part('maple'));

    const claims = await Promise.all([gathering.claim(part('cedar')), gathering.claim(part('maple'))]);

    expect(claims.toSorted((one, other) => one.length - other.length)).toEqual([[], ['cedar', 'maple']]);
  });

  test('who comes too late goes alone', async () => {
    await gathering.claim(part('cedar'));
    await gathering.expect(part('oak'));

    expect([await gathering.claim(part('cedar')), await gathering.claim(part('oak'))]).toEqual([['cedar'], ['oak']]);
  });

  test('who is carried already takes nothing along', async () => {
    await gathering.expect(part('cedar'));
    await gathering.claim(part('maple'));
    await gathering.expect(part('oak'));

    expect([await gathering.claim(part('cedar')), await gathering.claim(part('oak'))]).toEqual([[], ['oak']]);
  });

  test('alone means alone', async () => {
    await gathering.expect(part('maple'));

    expect([await gathering.claim(part('cedar'), true), await gathering.claim(part('maple'))]).toEqual([
      ['cedar'],
      ['maple'],
    ]);
  });

  test('what is given back is carried by its own', async () => {
    await gathering.expect(part('maple'));
    await gathering.claim(part('cedar'));

    await gathering.release(part('maple'));

    expect([await gathering.claim(part('maple')), await gathering.carriedBy(part('cedar'))]).toEqual([
      ['maple'],
      ['cedar'],
    ]);
  });

  test('months and people have nothing to do with each other', async () => {
    await gathering.expect(part('maple', '2027-01'));
    await gathering.expect(part('oak', '2026-12', 'lars'));

    expect(await gathering.claim(part('cedar'))).toEqual(['cedar']);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createBundles } from '../../../../bot/features/digest/bundles.ts';
import type { Bundles } from '../../../../bot/features/digest/bundles.ts';
import { createEngines, engines, type OpenedEngine } from '../../../support/engines.ts';
import { knownCommunity } from '../../../support/known-community.ts';
import { createInMemoryBundles } from '../../../support/bundles.ts';

const databases = createEngines();
afterAll(() => databases.stop());

describe.each([...engines, 'memory'] as const)('digest bundles in %s', where => {
  let engine: OpenedEngine | undefined;
  let bundles: Bundles;
  const part = (community: string, month = '2026-12', person = 'helen') => ({ month, person, community });
  beforeAll(async () => {
    if (where === 'memory') return;
    engine = await databases.open(where);
    for (const id of ['cedar', 'maple', 'oak']) await knownCommunity(engine.database.db, id);
  });
  afterAll(() => engine?.close());
  beforeEach(async () => {
    await engine?.database.db.deleteFrom('gatherings').execute();
    bundles = engine ? createBundles(engine.database.db) : createInMemoryBundles();
  });

  test('whoever comes first takes all, and says the same when asked again', async () => {
    await bundles.expect(part('cedar'));
    await bundles.expect(part('maple'));

    const first = await bundles.claim(part('maple'));
    const second = await bundles.claim(part('cedar'));
    const again = await bundles.claim(part('maple'));

    expect([first, second, again, await bundles.carriedBy(part('maple'))]).toEqual([
      ['cedar', 'maple'],
      [],
      ['cedar', 'maple'],
      ['cedar', 'maple'],
    ]);
  });

  test('of two at the same moment one carries both', async () => {
    await bundles.expect(part('cedar'));
    await bundles.expect(part('maple'));

    const claims = await Promise.all([bundles.claim(part('cedar')), bundles.claim(part('maple'))]);

    expect(claims.toSorted((one, other) => one.length - other.length)).toEqual([[], ['cedar', 'maple']]);
  });

  test('who comes too late goes alone', async () => {
    await bundles.claim(part('cedar'));
    await bundles.expect(part('oak'));

    expect([await bundles.claim(part('cedar')), await bundles.claim(part('oak'))]).toEqual([['cedar'], ['oak']]);
  });

  test('who is carried already takes nothing along', async () => {
    await bundles.expect(part('cedar'));
    await bundles.claim(part('maple'));
    await bundles.expect(part('oak'));

    expect([await bundles.claim(part('cedar')), await bundles.claim(part('oak'))]).toEqual([[], ['oak']]);
  });

  test('alone means alone', async () => {
    await bundles.expect(part('maple'));

    expect([await bundles.claim(part('cedar'), true), await bundles.claim(part('maple'))]).toEqual([
      ['cedar'],
      ['maple'],
    ]);
  });

  test('what is given back is carried by its own', async () => {
    await bundles.expect(part('maple'));
    await bundles.claim(part('cedar'));

    await bundles.release(part('maple'));

    expect([await bundles.claim(part('maple')), await bundles.carriedBy(part('cedar'))]).toEqual([
      ['maple'],
      ['cedar'],
    ]);
  });

  test('months and people have nothing to do with each other', async () => {
    await bundles.expect(part('maple', '2027-01'));
    await bundles.expect(part('oak', '2026-12', 'lars'));

    expect(await bundles.claim(part('cedar'))).toEqual(['cedar']);
  });
});

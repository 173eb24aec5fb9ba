import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLedger, type Ledger } from '../../../../bot/features/morning/ledger.ts';
import type { Wanted } from '../../../../domain/attention/mornings.ts';
import { createEngines, engines, type OpenedEngine } from '../../../support/engines.ts';
import { createInMemoryLedger } from '../../../support/ledger-of-wishes.ts';

const databases = createEngines();
afterAll(() => databases.stop());

const today = '2026-11-23';

describe.each([...engines, 'memory'] as const)('the ledger of wishes in %s', where => {
  let engine: OpenedEngine | undefined;
  let ledger: Ledger;
  const wish = (period: string, person = 'ann'): Wanted => ({
    person,
    kind: 'plan.reminder',
    period,
    urgency: 'soon',
    until: '2026-12-01',
    counted: true,
    agreed: false,
  });
  const key = (period: string, person = 'ann') => ({ person, kind: 'plan.reminder', period });
  const card = (...wishes: readonly Wanted[]) => ({ person: 'ann', counted: true, wishes });
  beforeAll(async () => {
    if (where === 'memory') return;
    engine = await databases.open(where);
    for (const id of ['maple', 'oak']) {
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
    await engine?.database.db.deleteFrom('mornings').execute();
    await engine?.database.db.deleteFrom('wishes').execute();
    ledger = engine ? createLedger(engine.database.db) : createInMemoryLedger();
  });

  test('keeps what a reader chose of what they were sent, and nothing of what they were not', async () => {
    const chosenOf = async () =>
      (await ledger.wishesOf('maple', ['ann'])).map(({ period, againOn, chosenOn }) => [period, againOn, chosenOn]);
    await ledger.claim('maple', today, card(wish('1')));
    await ledger.choose('maple', key('1'), { againOn: '2026-12-07', on: today });
    await ledger.choose('maple', key('2'), { againOn: 'never', on: today });
    await ledger.wait('maple', [wish('1')]);
    const chosen = await chosenOf();
    await ledger.choose('maple', key('1'), { againOn: null, on: today });

    expect([chosen, await chosenOf()]).toEqual([[['1', '2026-12-07', today]], [['1', null, null]]]);
  });

  test('whoever settles a morning first decides it, and says the same when asked again', async () => {
    const first = await ledger.claim('maple', today, card(wish('1'), wish('2')));
    const second = await ledger.claim('maple', today, card(wish('3')));

    expect([first, second, await ledger.claimed('maple', today)]).toEqual(
      Array.from({ length: 3 }, () => [key('1'), key('2')]),
    );
    expect(await ledger.sentSince('maple', today)).toEqual([{ person: 'ann', day: today, counted: true }]);
  });

  test('servers that settle one morning at the same time agree', async () => {
    const all = await Promise.all(['1', '2', '3', '4'].map(period => ledger.claim('maple', today, card(wish(period)))));

    expect(new Set(all.map(one => JSON.stringify(one))).size).toBe(1);
    expect(all[0]).toHaveLength(1);
  });

  test('what waits is known until it has its morning, or is dropped', async () => {
    await ledger.wait('maple', [wish('1'), wish('2'), wish('3')]);
    await ledger.wait('maple', [{ ...wish('1'), until: '2027-01-01' }]);
    await ledger.claim('maple', today, card(wish('2')));
    await ledger.drop('maple', [key('2'), key('3')]);

    expect(await ledger.waiting('maple')).toEqual([
      { ...key('1'), until: '2027-01-01', day: null, againOn: null, chosenOn: null },
    ]);
    expect((await ledger.wishesOf('maple', ['ann'])).map(({ period, day }) => [period, day]).toSorted()).toEqual([
      ['1', null],
      ['2', today],
    ]);
  });

  test('what had its morning waits no more, whoever says so', async () => {
    await ledger.claim('maple', today, card(wish('1')));
    await ledger.wait('maple', [wish('1')]);

    expect(await ledger.waiting('maple')).toEqual([]);
  });

  test('communities, people and days are apart', async () => {
    await ledger.claim('maple', today, card(wish('1')));
    await ledger.wait('maple', [wish('1', 'ben')]);

    expect([
      await ledger.claimed('oak', today),
      await ledger.claimed('maple', '2026-11-24'),
      await ledger.sentSince('maple', '2026-11-24'),
      await ledger.wishesOf('maple', []),
      (await ledger.wishesOf('maple', ['ben'])).map(({ person }) => person),
    ]).toEqual([[], [], [], [], ['ben']]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLedger, type Ledger } from '../../../../bot/features/morning/ledger.ts';
import type { Wanted } from '../../../../domain/attention/mornings.ts';
import { createEngines, engines, type OpenedEngine } from '../../../support/engines.ts';
import { knownCommunity } from '../../../support/known-community.ts';
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
    again: false,
  });
  const key = (period: string, person = 'ann') => ({ person, kind: 'plan.reminder', period });
  const card = (...wishes: readonly Wanted[]) => [{ person: 'ann', counted: true, wishes }];
  beforeAll(async () => {
    if (where === 'memory') return;
    engine = await databases.open(where);
    for (const id of ['maple', 'oak']) await knownCommunity(engine.database.db, id);
  });
  afterAll(() => engine?.close());
  beforeEach(async () => {
    await engine?.database.db.deleteFrom('mornings').execute();
    await engine?.database.db.deleteFrom('wishes').execute();
    ledger = engine ? createLedger(engine.database.db) : createInMemoryLedger();
  });

  test('keeps what a reader chose of what they were sent, and nothing of what they were not', async () => {
    const chosenOf = async () =>
      (await ledger.wishesLike('maple', [key('1')])).map(({ period, againOn, chosenOn }) => [
        period,
        againOn,
        chosenOn,
      ]);
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

    expect([first, second, await ledger.claim('maple', today, [])]).toEqual(
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
    expect((await ledger.wishesLike('maple', [key('')])).map(({ period, day }) => [period, day]).toSorted()).toEqual([
      ['1', null],
      ['2', today],
    ]);
  });

  test('what had its morning waits no more, whoever says so', async () => {
    await ledger.claim('maple', today, card(wish('1')));
    await ledger.wait('maple', [wish('1')]);

    expect(await ledger.waiting('maple')).toEqual([]);
  });

  test('two thousand people are settled at once, and each once', async () => {
    const people = Array.from({ length: 2_000 }, (_, index) => `person-${index}`);
    const cards = people.map(person => ({ person, counted: true, wishes: [wish('1', person)] }));

    await ledger.wait('maple', [wish('1', 'person-7')]);
    const settled = await ledger.claim('maple', today, cards);
    const again = await ledger.claim('maple', today, [{ person: 'person-7', counted: true, wishes: [wish('2')] }]);

    expect(new Set(settled.map(({ person }) => person)).size).toBe(2_000);
    expect(again).toHaveLength(2_000);
    await ledger.drop('maple', [key('1', 'person-8')]);
    expect(await ledger.waiting('maple')).toEqual([]);
  });

  test('communities, people and days are apart', async () => {
    await ledger.claim('maple', today, card(wish('1')));
    await ledger.wait('maple', [wish('1', 'ben')]);

    expect([
      await ledger.claim('oak', today, []),
      await ledger.claim('maple', '2026-11-24', []),
      await ledger.sentSince('maple', '2026-11-24'),
      await ledger.wishesLike('maple', []),
      await ledger.wishesLike('maple', [{ ...key('', 'ben'), kind: 'roles.term' }]),
      (await ledger.wishesLike('maple', [key('', 'ben')])).map(({ person }) => person),
    ]).toEqual([[], [], [], [], [], ['ben']]);
  });
});

describe.each(engines)('whom something reached, in %s', where => {
  let engine: OpenedEngine;
  beforeAll(async () => {
    engine = await databases.open(where);
    await engine.database.db
      .insertInto('communities')
      .values({
        ...{ id: 'elm', name: 'elm', thread_id: '19:elm', channel_id: '19:elm', service_url: 'http://localhost' },
        ...{ installed_by: null, installed_at: new Date('2026-11-02T09:00:00Z'), settings: null, removed_at: null },
      })
      .execute();
  });
  afterAll(() => engine.close());

  test('are those for whom Teams took its card, or the card on which it is a line', async () => {
    const { db } = engine.database;
    const ledger = createLedger(db);
    const ask = (person: string): Wanted => ({
      ...{ person, kind: 'surveys.ask', period: 'pulse', urgency: 'soon', until: '2026-12-01' },
      ...{ counted: true, agreed: false, again: false },
    });
    const message = (recipient: string, kind: string, period: string, state: 'sent' | 'refused' | 'waiting') => ({
      ...{ id: `${recipient} ${kind}`, community: 'elm', kind, period, recipient, thread: recipient, summary: '' },
      ...{ card: { type: 'AdaptiveCard', version: '1.5', body: [] } as const, state, reason: null, sent_version: 1 },
      ...{ conversation_id: null, activity_id: null, changed_at: new Date(0), expires_at: null, next_at: null },
      created_at: new Date('2026-11-20T09:00:00Z'),
    });
    const people = ['own', 'line', 'own refused', 'line refused', 'still waits'];
    await ledger.claim(
      'elm',
      today,
      people.map(person => ({ person, counted: true, wishes: [ask(person)] })),
    );
    await db
      .insertInto('messages')
      .values([
        message('own', 'surveys.ask', 'pulse', 'sent'),
        message('line', 'morning.several', today, 'sent'),
        message('own refused', 'surveys.ask', 'pulse', 'refused'),
        message('line refused', 'morning.several', today, 'refused'),
        message('still waits', 'surveys.ask', 'pulse', 'waiting'),
        message('by an earlier version', 'surveys.ask', 'pulse', 'sent'),
        message('another day', 'morning.several', '2026-11-20', 'sent'),
        message('another survey', 'surveys.ask', 'tools', 'sent'),
      ])
      .execute();

    const reached = await ledger.reached('elm', { kind: 'surveys.ask', period: 'pulse' });

    expect(Object.fromEntries(reached)).toEqual({
      own: today,
      line: today,
      'by an earlier version': '2026-11-20',
    });
  });
});

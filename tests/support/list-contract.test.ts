import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createDatabaseList, createWholeLists } from '../../bot/lists/database-list.ts';
import { definitions, type TickRow } from '../../bot/lists/model.ts';
import { createEngines, engines, type OpenedEngine } from './engines.ts';
import { createInMemoryLists } from './in-memory-lists.ts';
import { endingsKeepTheirPromises, listsKeepTheirPromises, versionsKeepTheirPromises } from './list-contract.ts';
import { usualFreshness, type Freshness } from '../../bot/lists/mirror.ts';
import { alwaysFresh, startListsOverHttp, type ListsOverHttp } from './lists.ts';
import { knownCommunity } from './known-community.ts';

describe('lists in memory', () => {
  listsKeepTheirPromises(async () => createInMemoryLists().of('c1').ticks);
  versionsKeepTheirPromises(async () => createInMemoryLists().of('c1').ticks);
  endingsKeepTheirPromises(async () => createInMemoryLists().of('c1').plan);
});

describe('SharePoint lists over Graph', () => {
  let over: ListsOverHttp;
  beforeAll(async () => {
    over = await startListsOverHttp();
    await over.provision(over.team);
  });
  afterAll(() => over.stop());

  async function empty() {
    const { ticks } = over.lists.of(over.team);
    for (const row of await ticks.all()) await ticks.remove(row);
    return ticks;
  }
  listsKeepTheirPromises(empty);
  versionsKeepTheirPromises(empty);
  endingsKeepTheirPromises(async () => {
    const { plan } = over.lists.of(over.team);
    for (const row of await plan.all()) await plan.remove(row);
    return plan;
  });
});

function tick(key: string): TickRow {
  return {
    key,
    week: '2026-11-23',
    task: 'plan',
    tickedBy: { id: 'priya', name: 'Priya Raman' },
    tickedAt: '2026-11-23T09:00:00Z',
  };
}

const database = createEngines();
afterAll(() => database.stop());

describe.each(engines)('SharePoint lists over Graph, read from their copy in %s', engine => {
  let over: ListsOverHttp;
  let opened: OpenedEngine;
  beforeAll(async () => {
    over = await startListsOverHttp();
    await over.provision(over.team);
    opened = await database.open(engine);
    await knownCommunity(opened.database.db, over.team);
  });
  afterAll(async () => {
    await opened.close();
    await over.stop();
  });

  async function empty(freshness: Freshness) {
    const { ticks } = over.mirroredIn(opened.database, { freshness }).of(over.team);
    for (const row of await ticks.all()) await ticks.remove(row);
    return ticks;
  }
  async function emptyPlan(freshness: Freshness) {
    const { plan } = over.mirroredIn(opened.database, { freshness }).of(over.team);
    for (const row of await plan.all()) await plan.remove(row);
    return plan;
  }
  describe('by whoever looks again each time', () => {
    listsKeepTheirPromises(() => empty(alwaysFresh));
    versionsKeepTheirPromises(() => empty(alwaysFresh));
    endingsKeepTheirPromises(() => emptyPlan(alwaysFresh));
  });
  describe('by whoever believes what is known', () => {
    listsKeepTheirPromises(() => empty(usualFreshness));
    versionsKeepTheirPromises(() => empty(usualFreshness));
    endingsKeepTheirPromises(() => emptyPlan(usualFreshness));
  });
});

describe.each(engines)('lists in %s', engine => {
  let opened: OpenedEngine;
  beforeAll(async () => {
    opened = await database.open(engine);
    await knownCommunity(opened.database.db, 'c1');
  });
  afterAll(() => opened.close());

  listsKeepTheirPromises(async () => {
    const { db } = opened.database;
    await db.deleteFrom('rows').execute();
    return createDatabaseList<TickRow>({
      db,
      now: () => new Date(),
      name: 'ticks',
      definition: definitions.ticks,
      community: 'c1',
      by: null,
      readWhole: createWholeLists(db),
    });
  });

  test('lists that are asked for in one moment come apart, each with its own rows', async () => {
    const { db } = opened.database;
    await db.deleteFrom('rows').execute();
    await knownCommunity(db, 'c2');
    const readWhole = createWholeLists(db);
    const listIn = (community: string, name: 'ticks' | 'replies') =>
      createDatabaseList<TickRow>({
        db,
        now: () => new Date(),
        name,
        definition: definitions.ticks,
        community,
        by: null,
        readWhole,
      });
    const lists = [listIn('c1', 'ticks'), listIn('c2', 'ticks'), listIn('c1', 'replies'), listIn('c1', 'ticks')];
    await lists[0]!.create(tick('first'));
    await lists[1]!.create(tick('elsewhere'));
    await lists[0]!.create(tick('second'));

    const found = await Promise.all(lists.map(list => list.all()));

    expect(found.map(rows => rows.map(({ value }) => value.key))).toEqual([
      ['first', 'second'],
      ['elsewhere'],
      [],
      ['first', 'second'],
    ]);
  });
});

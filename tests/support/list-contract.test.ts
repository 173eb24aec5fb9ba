import { afterAll, beforeAll, describe } from '@jest/globals';
import { createInMemoryLists } from './in-memory-lists.ts';
import { listsKeepTheirPromises } from './list-contract.ts';
import { startListsOverHttp, type ListsOverHttp } from './lists.ts';

describe('lists in memory', () => {
  listsKeepTheirPromises(async () => createInMemoryLists().of('c1'));
});

describe('SharePoint lists over Graph', () => {
  let over: ListsOverHttp;
  beforeAll(async () => {
    over = await startListsOverHttp();
    await over.provision(over.team);
  });
  afterAll(() => over.stop());

  listsKeepTheirPromises(async () => {
    const lists = over.lists.of(over.team);
    for (const row of await lists.ticks.all()) await lists.ticks.remove(row);
    return lists;
  });
});

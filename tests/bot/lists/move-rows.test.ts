import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { createFewLists } from '../../../bot/lists/community-lists.ts';
import type { VersionedList } from '../../../bot/lists/list.ts';
import { definitions, type FewLists, type NewcomerRow, type RoleRow } from '../../../bot/lists/model.ts';
import { createMove, type Move } from '../../../bot/lists/move-rows.ts';
import { createSharePointList } from '../../../bot/lists/sharepoint-list.ts';
import { createEngines, type OpenedEngine } from '../../support/engines.ts';
import { knownCommunity } from '../../support/known-community.ts';
import { startListsOverHttp, type ListsOverHttp } from '../../support/lists.ts';

/** A community of an earlier version: what was promised to few stands in SharePoint. */
let over: ListsOverHttp;
let opened: OpenedEngine;
let move: Move;
let few: FewLists;
let newcomers: VersionedList<NewcomerRow>;
let roles: VersionedList<RoleRow>;
beforeAll(async () => {
  opened = await createEngines().open('the embedded database');
});
afterAll(() => opened.close());
beforeEach(async () => {
  await opened.database.db.deleteFrom('communities').execute();
  over = await startListsOverHttp();
  await knownCommunity(opened.database.db, over.team);
  await over.provision(over.team);
  const site = await over.findSite(over.team);
  const columns = [
    { name: 'CopKey', text: {}, indexed: true, enforceUniqueValues: true },
    ...Object.entries(definitions.newcomers.columns).map(([name, { facet }]) => ({
      name: `Cop${name[0]!.toUpperCase()}${name.slice(1)}`,
      ...(facet === 'moment'
        ? { dateTime: {} }
        : facet === 'yesNo'
          ? { boolean: {} }
          : { text: { allowMultipleLines: true } }),
    })),
  ];
  await over
    .graphAs('app')
    .post(`/sites/${site}/lists`, { displayName: 'CoP Newcomers', list: { template: 'genericList' }, columns });
  newcomers = createSharePointList<NewcomerRow>(
    { ...definitions.newcomers, title: 'CoP Newcomers' },
    over.graphAs('app'),
    async () => `/sites/${await over.findSite(over.team)}/lists/CoP%20Newcomers`,
  );
  roles = over.lists.of(over.team).roles;
  for (const id of ['ann', 'ben']) await newcomers.create(newcomer(id, `words of ${id}`));
  restart();
});
afterEach(() => over.stop());

/** A server that starts anew on the same database. */
function restart(): void {
  move = createMove({
    db: opened.database.db,
    now: () => new Date('2026-11-22T10:00:00Z'),
    graphAs: over.graphAs,
    findPlace: over.places.find,
    log: pino({ level: 'silent' }),
  });
  few = createFewLists({ db: opened.database.db, now: () => new Date('2026-11-22T10:00:00Z'), copied: move.copied }).of(
    over.team,
  );
}
function newcomer(id: string, inOwnWords: string): NewcomerRow {
  return {
    key: id,
    person: { id, name: id },
    joinedAt: '2026-11-20T10:00:00Z',
    reasons: [],
    inOwnWords,
    contributions: [],
    answeredAt: null,
    forSupport: false,
    noMessages: false,
  };
}
function holding(role: string, state: RoleRow['state'], note: string): RoleRow {
  return {
    key: `${role}/ann/2026-11-20`,
    role,
    person: { id: 'ann', name: 'Ann', mail: null },
    since: '2026-11-20',
    until: null,
    note,
    state,
    changedBy: { id: 'ann', name: 'Ann' },
    changedAt: '2026-11-20T10:00:00Z',
  };
}
const clear = () => move.clear(new AbortController().signal);
const words = async () => (await few.newcomers.all()).map(({ value }) => value.inOwnWords).toSorted();

describe('what was promised to few and stood in SharePoint', () => {
  test('is in the database before it is first read, and then gone from the list', async () => {
    expect(await words()).toEqual(['words of ann', 'words of ben']);

    await clear();
    restart();

    expect([await words(), await newcomers.all()]).toEqual([['words of ann', 'words of ben'], []]);
  });

  test('never takes the place of what is newer', async () => {
    await few.newcomers.all();
    const row = await few.newcomers.find('ann');
    await few.newcomers.update(row!, newcomer('ann', 'changed since'));
    await few.newcomers.remove((await few.newcomers.find('ben'))!);

    restart();
    await clear();

    expect([await words(), await newcomers.all()]).toEqual([['changed since'], []]);
  });

  test('is not looked at in part: while SharePoint does not answer, nothing can be read', async () => {
    over.microsoft365.faults.add({ path: '/lists/CoP Newcomers/items', method: 'GET', status: 403, count: 1 });
    await expect(few.newcomers.all()).rejects.toMatchObject({ code: 'not-granted' });

    over.microsoft365.faults.clear();
    expect(await words()).toEqual(['words of ann', 'words of ben']);
  });

  test.each([1, 2, 3, 4, 5, 6])('goes on where it was stopped, whichever deletion failed: %i', async nth => {
    for (let times = 1; times < nth; times++)
      await roles.create(holding(`role-${times}`, 'volunteered', 'in my words'));
    let deletions = 0;
    const take = over.microsoft365.faults.take.bind(over.microsoft365.faults);
    over.microsoft365.faults.take = (method, path) => {
      if (method === 'DELETE' && ++deletions === nth)
        over.microsoft365.faults.add({ path: '/items', method: 'DELETE', status: 403, count: 1 });
      return take(method, path);
    };

    await clear();
    restart();
    await clear();

    expect([await words(), await newcomers.all(), await roles.all(), (await few.offers.all()).length]).toEqual([
      ['words of ann', 'words of ben'],
      [],
      [],
      nth - 1,
    ]);
  });

  test('in the list of roles is the word of an offer, which its versions told even after it was accepted', async () => {
    const { row } = await roles.create(holding('member-support', 'volunteered', 'in my words'));
    const accepted = { ...holding('member-support', 'accepted', ''), until: '2027-11-20' };
    await roles.update(row, accepted);
    await roles.create(holding('sponsor', 'volunteered', 'also mine'));
    await roles.create({ ...holding('critical-friends', 'accepted', 'for everybody'), until: '2027-11-20' });

    await clear();

    const kept = await roles.all();
    const versions = await Promise.all(kept.map(({ id }) => roles.versions(id, 10)));
    expect(kept.map(({ value }) => value.role).toSorted()).toEqual(['critical-friends', 'member-support']);
    expect(JSON.stringify(versions)).not.toMatch(/in my words|also mine/);
    expect((await few.offers.all()).map(({ value }) => value.note)).toEqual(['also mine']);
  });
});

test('a community that never had such lists is ready after one look', async () => {
  const asked: string[] = [];
  const other = '00000000-0000-4000-8000-000000000000';
  await knownCommunity(opened.database.db, other);
  const empty = createMove({
    db: opened.database.db,
    now: () => new Date(),
    findPlace: async () => over.places.find(over.team),
    log: pino({ level: 'silent' }),
    graphAs: caller => ({
      ...over.graphAs(caller),
      getAll: async (paths: readonly string[]) => {
        asked.push(`${paths.length} at once`);
        return over.graphAs(caller).getAll(paths.map(path => path.replace('CoP%20', 'No%20')));
      },
    }),
  });

  await empty.copied(other);
  await empty.copied(other);

  expect(asked).toEqual(['6 at once']);
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { createCommunities } from '../../../bot/database/communities.ts';
import type { Database } from '../../../bot/database/connection.ts';
import { usualFreshness } from '../../../bot/lists/mirror.ts';
import { createMirrorStore } from '../../../bot/lists/mirror-store.ts';
import type { TeamLists, TickRow } from '../../../bot/lists/model.ts';
import { unitsOf } from '../../../bot/graph/resource-units.ts';
import { createEngines, engines, eventually, type OpenedEngine } from '../../support/engines.ts';
import { knownCommunity } from '../../support/known-community.ts';
import { countingStatements } from '../../support/statements.ts';
import { startListsOverHttp, type ListsOverHttp, type MirrorOptions } from '../../support/lists.ts';

const plan: TickRow = {
  key: '2026-11-23/plan',
  week: '2026-11-23',
  task: 'plan',
  tickedBy: { id: 'priya', name: 'Priya Raman' },
  tickedAt: '2026-11-23T09:00:00Z',
};
const byTomasz: TickRow = { ...plan, tickedBy: { id: 'tomasz', name: 'Tomasz Nowak' } };
const review: TickRow = { ...plan, key: '2026-11-23/review', task: 'review' };

/** What is said of an item, and of the end of a reading, where it does not matter what. */
const item = { key: 'w', marks: [], etag: '"a,1"', changedAt: '2026-11-23T09:00:00Z', fields: {} };
const everything = { at: new Date('2026-11-23T09:00:00Z'), link: '/after', isWhole: true, isChanged: false };

const all = createEngines();
afterAll(() => all.stop());

describe.each(engines)('lists of SharePoint copied into %s', engine => {
  let over: ListsOverHttp;
  let opened: OpenedEngine;
  /** The calls of Graph that lists make, since they were last looked at. */
  let calls: string[] = [];
  /** What happens to a call before it is sent. */
  let before: (path: string) => Promise<unknown> | void = () => {};
  let offset = 0;
  const now = () => new Date(Date.now() + offset);

  beforeAll(async () => {
    over = await startListsOverHttp({
      between: fetch => async (address, options) => {
        const path = decodeURIComponent(String(address)).replace(/^.*?\/sites\/[^/]+\/lists\/[^/]+/, '');
        calls.push(`${options?.method ?? 'GET'} ${path}`);
        await before(path);
        return fetch(address, options);
      },
    });
    await over.provision(over.team);
    opened = await all.open(engine);
    await knownCommunity(opened.database.db, over.team);
  });
  afterAll(async () => {
    await opened.close();
    await over.stop();
  });
  beforeEach(async () => {
    before = () => {};
    const { ticks } = direct();
    for (const row of await ticks.all()) await ticks.remove(row);
    await ticks.create(plan);
    await opened.database.db.deleteFrom('mirrored_lists').execute();
    calls = [];
  });
  afterEach(() => over.microsoft365.graph.grantSite(over.team, 'fullcontrol'));

  /** Whoever is in SharePoint itself. */
  function direct(): TeamLists {
    return over.lists.of(over.team);
  }
  function server(options: MirrorOptions = {}, database: Database = opened.database): TeamLists {
    return over.mirroredIn(database, { now, freshness: usualFreshness, ...options }).of(over.team);
  }
  /** A copy in which nothing is yet. */
  async function openCopy() {
    const store = createMirrorStore(opened.database.db);
    const original = { community: over.team, list: 'ticks', source: '/sites/x/lists/y' };
    await store.open(original);
    return { store, original };
  }
  test('a change is taken over by three statements, whatever else is known of the list', async () => {
    const counting = countingStatements(opened.database.db);
    const store = createMirrorStore(counting.db);
    const { original } = await openCopy();
    const since = await store.now();
    await store.take(original, [{ ...item, id: '1' }], since);

    const changed = await counting.during(async () =>
      store.take(
        original,
        [
          { ...item, id: '1', etag: '"a,2"' },
          { ...item, id: '2' },
        ],
        await createMirrorStore(opened.database.db).now(),
      ),
    );

    expect(changed).toBe(3);
  });

  /** The next call like this waits until it may go on. */
  function heldAt(call: RegExp): { readonly isHeld: Promise<void>; readonly goOn: () => void } {
    const held = Promise.withResolvers<void>();
    const goesOn = Promise.withResolvers<void>();
    before = path => {
      if (!call.test(path)) return;
      before = () => {};
      held.resolve();
      return goesOn.promise;
    };
    return { isHeld: held.promise, goOn: goesOn.resolve };
  }
  async function callsOf<R>(work: () => Promise<R>): Promise<{ readonly made: readonly string[]; readonly value: R }> {
    calls = [];
    const value = await work();
    return { made: [...calls], value };
  }

  test('a second look makes no call, on the same server or on another that starts anew', async () => {
    await server().ticks.all();

    const second = server().ticks;
    const { made, value } = await callsOf(() => Promise.all([second.all(), second.find(plan.key)]));

    expect(made).toEqual([]);
    expect([value[0].map(row => row.value), value[1]?.value]).toEqual([[plan], plan]);
  });

  test('what changed is read by one call of one unit, behind whoever looks', async () => {
    const told: string[] = [];
    const { ticks } = server({ changed: (community, list) => told.push(`${community} ${list}`) });
    await ticks.all();
    await direct().ticks.create(review);
    offset += 10_000;

    const { made, value } = await callsOf(async () => {
      const looked = await ticks.all();
      await eventually('the news', () => told.length > 0);
      return looked;
    });

    expect(value.map(row => row.value)).toEqual([plan]);
    expect((await ticks.all()).map(row => row.value)).toEqual([plan, review]);
    expect(made.map(call => call.split('?')[0])).toEqual(['GET /items/delta']);
    expect(unitsOf('GET', `/sites/s/lists/l${made[0]?.split(' ')[1]}`)).toBe(1);
    expect(told).toEqual([`${over.team} ticks`]);
  });

  test('while somebody looks, what changed is looked for, and only in the lists they look at', async () => {
    const told: string[] = [];
    const mirrored = over.mirrorIn(opened.database, {
      now,
      freshness: usualFreshness,
      changed: (_community, list) => told.push(list),
    });
    await mirrored.lists.of(over.team).ticks.all();
    await direct().ticks.create(review);

    const early = await callsOf(async () => mirrored.mirror.lookAgain(over.team));
    offset += 20_000;
    const { made } = await callsOf(async () => {
      mirrored.mirror.lookAgain(over.team);
      mirrored.mirror.lookAgain('another');
      await eventually('the news', () => told.length > 0);
    });

    expect([early.made, made.map(call => call.split('?')[0]), told]).toEqual([[], ['GET /items/delta'], ['ticks']]);
  });

  test('who looks after a while waits for what changed, and so does a job', async () => {
    const { ticks } = server();
    const job = server({ isBackground: () => true }).ticks;
    await ticks.all();

    await direct().ticks.create(review);
    offset += 70_000;
    const seen = await ticks.all();
    const [row] = await direct().ticks.all({ key: plan.key });
    await direct().ticks.remove(row!);
    offset += 70_000;
    const decided = await job.all();

    expect(seen.map(({ value }) => value)).toEqual([plan, review]);
    expect(decided.map(({ value }) => value)).toEqual([review]);
  });

  test('whoever wrote reads what they wrote, on every server, without a call', async () => {
    const [one, other] = [server().ticks, server().ticks];
    const [row] = await one.all();

    await one.update(row!, byTomasz);
    const { row: made } = await one.create(review);
    const { made: callsForRows, value } = await callsOf(() => other.all());
    await other.remove(made);
    const left = await callsOf(() => one.all());

    expect([callsForRows, value.map(found => found.value)]).toEqual([[], [byTomasz, review]]);
    expect([left.made, left.value.map(found => found.value)]).toEqual([[], [byTomasz]]);
  });

  test('one’s own change that comes back is no news', async () => {
    const told: string[] = [];
    const { ticks } = server({ changed: (_community, list) => told.push(list) });
    const [row] = await ticks.all();
    await ticks.update(row!, byTomasz);
    await ticks.create(review);
    offset += 70_000;

    const { made } = await callsOf(() => ticks.all());

    expect(made).toHaveLength(1);
    expect(told).toEqual([]);
  });

  test('a save that met another one is decided anew from what is there', async () => {
    const { ticks } = server();
    const [stale] = await ticks.all();
    const [row] = await direct().ticks.all();
    await direct().ticks.update(row!, byTomasz);

    await expect(ticks.update(stale!, { ...plan, task: 'other' })).rejects.toMatchObject({ code: 'version-conflict' });
    expect((await ticks.all()).map(({ value }) => value)).toEqual([byTomasz]);
  });

  test('a change whose answer got lost is read by whoever looks next', async () => {
    const { ticks } = server();
    const [row] = await ticks.all();
    before = async path => {
      if (!path.endsWith('/fields')) return;
      before = () => {};
      // Graph does it, and what it says gets lost.
      await direct().ticks.update(row!, byTomasz);
      throw new TypeError('fetch failed');
    };

    await expect(ticks.update(row!, byTomasz)).rejects.toMatchObject({ code: 'unavailable' });

    expect((await ticks.all()).map(({ value }) => value)).toEqual([byTomasz]);
  });

  test('changes that Graph no longer knows are made good by one reading of everything', async () => {
    const { ticks } = server();
    await ticks.all();
    await direct().ticks.create(review);
    const [row] = await direct().ticks.all({ key: plan.key });
    await direct().ticks.remove(row!);
    over.microsoft365.graph.byHand.forgetChanges(over.team, 'CoP Facilitation');
    offset += 70_000;

    const { made, value } = await callsOf(() => Promise.all([ticks.all(), ticks.all()]));

    expect(value.map(rows => rows.map(found => found.value))).toEqual([[review], [review]]);
    expect(made.map(call => call.replace(/token=(?!latest)[^&]*/, 'token=…').replace('%24', '$'))).toEqual([
      'GET /items/delta?$expand=fields&token=…',
      'GET /items/delta?$expand=fields&token=latest',
      'GET /items/delta?$expand=fields&$top=1000',
    ]);
  });

  test('a list that has lost a column is not read as if nobody had ever written there', async () => {
    const broken: string[] = [];
    const { ticks } = server({ broken: community => broken.push(community) });
    await ticks.all();
    const site = await over.findSite(over.team);
    await over.graphAs('app').delete(`/sites/${site}/lists/CoP%20Facilitation/columns/CopTickedBy`);

    expect(broken).toEqual([]);
    // What is known is given out until somebody looks at the columns again, and then no longer.
    const known = await ticks.all();
    offset += 11 * 60_000;
    await expect(ticks.all()).rejects.toMatchObject({ code: 'not-set-up' });
    expect(new Set(broken)).toEqual(new Set([over.team]));
    await expect(ticks.all()).rejects.toMatchObject({ code: 'not-set-up' });
    await over.provision(over.team);

    expect(known.map(({ value }) => value)).toEqual([plan]);
    expect(await ticks.all()).toEqual([]);
  });

  test('a job that finds out whether there is anything to do reads nothing for a week, and then what changed', async () => {
    const { lists, mirror } = over.mirrorIn(opened.database, {
      now,
      freshness: usualFreshness,
      isBackground: () => true,
    });
    const { ticks } = lists.of(over.team);
    const asKnown = () => callsOf(() => mirror.asKnown(() => ticks.all()));
    const first = await asKnown();
    await direct().ticks.create(review);
    offset += 6 * 24 * 3_600_000;
    const known = await asKnown();
    const told = await callsOf(() => ticks.all());
    offset += 24 * 3_600_000;
    // Somebody does change things by hand here.
    const changing = await asKnown();
    offset += 57 * 24 * 3_600_000;
    const late = await asKnown();
    offset += 24 * 3_600_000;
    const quiet = await asKnown();

    expect([first.made.length, known.made, known.value.length]).toEqual([2, [], 1]);
    expect([told.made.length, told.value.length]).toEqual([2, 2]);
    expect([changing, late, quiet].map(({ made }) => made.length > 0)).toEqual([true, true, false]);
  });

  test('a job that finds out whether there is anything to do does not believe a copy that is in doubt', async () => {
    const { lists, mirror } = over.mirrorIn(opened.database, {
      now,
      freshness: usualFreshness,
      isBackground: () => true,
    });
    const { ticks } = lists.of(over.team);
    await ticks.all();
    await direct().ticks.create(review);
    await mirror.doubt(over.team, 'ticks');

    expect(await mirror.asKnown(() => ticks.all())).toHaveLength(2);
  });

  test('jobs look at the columns once a day, and when somebody else changed something', async () => {
    const { ticks } = server({ isBackground: () => true });
    const [row] = await ticks.all();
    // The list itself, or all of the site, with their columns.
    const looks = ({ made }: { readonly made: readonly string[] }) =>
      made.filter(call => call === 'GET ' || call.includes('/lists?')).length;
    const next = async (minutes: number) => {
      offset += minutes * 60_000;
      return looks(await callsOf(() => ticks.all()));
    };
    const first = await next(2);
    await direct().ticks.update((await direct().ticks.find(row!.value.key))!, byTomasz);
    const changed = [await next(20), await next(2)];
    const later = [await next(12 * 60), await next(13 * 60), await next(2)];
    const last = await direct().ticks.find(row!.value.key);
    const site = await over.findSite(over.team);
    await over.graphAs('app').delete(`/sites/${site}/lists/CoP%20Facilitation/columns/CopTickedBy`);
    await direct().ticks.remove(last!);
    offset += 20 * 60_000;

    const lost = await ticks.all().catch((error: unknown) => error);
    await over.provision(over.team);

    expect([first, changed, later]).toEqual([0, [1, 0], [0, 1, 0]]);
    expect(lost).toMatchObject({ code: 'not-set-up' });
  });

  test('one look of a job is for all lists of the site, and vouches for none that has lost a column', async () => {
    const { ticks, charter, plan: actions } = server({ isBackground: () => true });
    await Promise.all([ticks.all(), charter.all(), actions.all()]);
    const site = await over.findSite(over.team);
    await over.graphAs('app').delete(`/sites/${site}/lists/CoP%20Plan/columns/CopWeight`);
    offset += 21 * 60 * 60_000;

    const first = await callsOf(() => Promise.all([ticks.all(), charter.all()]));
    const lost = await actions.all().catch((error: unknown) => error);
    await over.provision(over.team);

    expect(first.made.filter(call => !call.includes('delta'))).toHaveLength(1);
    expect(lost).toMatchObject({ code: 'not-set-up', details: { list: 'CoP Plan' } });
  });

  test('a long list is read page by page, and found in by its index', async () => {
    const { ticks } = server();
    for (let number = 0; number < 30; number++)
      await direct().ticks.create({ ...plan, key: `w${number}`, week: `w${number % 3}` });

    const found = await ticks.all({ week: 'w2' });

    expect(found.map(({ value }) => value.key)).toHaveLength(10);
    expect(await ticks.all()).toHaveLength(31);
  });

  test('a row that is made while everything is read stays, and one that goes meanwhile goes', async () => {
    const { ticks } = server();
    before = async path => {
      if (!path.includes('$top') && !path.includes('%24top')) return;
      before = () => {};
      await server().ticks.create(review);
      const [row] = await direct().ticks.all({ key: plan.key });
      await direct().ticks.remove(row!);
    };

    await ticks.all();
    offset += 70_000;

    expect((await ticks.all()).map(({ value }) => value)).toEqual([review]);
  });

  describe('a copy that is lost while somebody reads, and opened anew by somebody else', () => {
    test('is not believed for what the first one reads of changes', async () => {
      const impatient = { ...usualFreshness, patience: 1 };
      const first = over.mirrorIn(opened.database, { now, freshness: impatient });
      const { ticks } = first.lists.of(over.team);
      await ticks.all();
      offset += 3_600_000;
      const changes = heldAt(/delta\?.*token=(?!latest)/);
      const rows = ticks.all();
      await changes.isHeld;
      await opened.database.db.deleteFrom('mirrored_lists').execute();

      const everything = heldAt(/token=latest/);
      const others = server().ticks.all();
      await everything.isHeld;
      changes.goOn();
      await rows;
      await first.mirror.stop();
      const seen = server({ freshness: impatient }).ticks.all();
      await new Promise(resolve => setTimeout(resolve, 300));
      everything.goOn();

      expect((await seen).map(({ value }) => value)).toEqual([plan]);
      expect((await others).map(({ value }) => value)).toEqual([plan]);
    });

    test('is not believed for the last pages of everything', async () => {
      const { store, original } = await openCopy();
      const { openedFrom } = (await store.extent(original))!;
      const since = await store.now();
      await store.take(original, [{ ...item, id: '1' }], since);
      await store.drop(original);
      await store.open(original);

      await store.finish(original, { ...everything, openedFrom, since });
      expect(await store.extent(original)).toMatchObject({ link: null });
      expect(await store.items(original, { marks: [] })).toBeUndefined();
    });

    test('takes over nothing that was asked before, which may be gone by now', async () => {
      const { store, original } = await openCopy();
      const before = await store.now();
      await store.drop(original);
      await store.open(original);
      const { openedFrom } = (await store.extent(original))!;
      await store.finish(original, { ...everything, openedFrom, since: await store.now() });

      expect(await store.take(original, [{ ...item, id: '1' }], before)).toEqual({ news: 0, isUnsure: true });
      expect(await store.items(original, { marks: [] })).toEqual([]);
    });
  });

  test('a change whose answer comes after everything was read is asked for again, as its row may be gone', async () => {
    const { store, original } = await openCopy();
    const before = await store.now();
    const { openedFrom } = (await store.extent(original))!;
    await store.finish(original, { ...everything, openedFrom, since: await store.now() });

    expect(await store.take(original, [{ ...item, id: '1' }], before)).toEqual({ news: 0, isUnsure: true });
    expect(await store.items(original, { marks: [] })).toEqual([]);
    expect(await store.take(original, [{ ...item, id: '1' }], await store.now())).toEqual({ news: 1, isUnsure: false });
    expect(await store.items(original, { marks: [] })).toMatchObject([{ id: '1' }]);
  });

  test('a lost copy costs one reading', async () => {
    const { ticks } = server();
    await ticks.all();
    await opened.database.db.deleteFrom('mirrored_lists').execute();

    const lost = await callsOf(() => ticks.all());
    const after = await callsOf(() => ticks.all());

    expect(lost.value.map(({ value }) => value)).toEqual([plan]);
    expect([lost.made.length, after.made]).toEqual([2, []]);
  });

  test('rows that somebody added or broke by hand are as they are without a copy', async () => {
    const { ticks } = server();
    const site = await over.findSite(over.team);
    const graph = over.graphAs('app');
    await graph.post(`/sites/${site}/lists/CoP%20Facilitation/items`, { fields: { Title: 'mine' } });
    const broken = await graph.post<{ id: string }>(`/sites/${site}/lists/CoP%20Facilitation/items`, {
      fields: { Title: 'broken', CopKey: 'broken', CopTickedBy: 'nobody' },
    });

    const rows = await ticks.all();
    await graph.delete(`/sites/${site}/lists/CoP%20Facilitation/items/${broken.id}`);

    expect(rows.map(({ value }) => value)).toEqual([plan]);
    const { rows: kept } = await sql<{ item: string }>`
      SELECT item FROM mirrored_items WHERE item LIKE '%mine%'`.execute(opened.database.db);
    expect(kept).toEqual([]);
  });

  describe('while Graph does not answer', () => {
    test('people read what is known, jobs wait, and what is written fails', async () => {
      const { ticks } = server();
      const job = server({ isBackground: () => true }).ticks;
      await ticks.all();
      offset += 3_600_000;
      before = () => Promise.reject(new TypeError('fetch failed'));

      expect((await ticks.all()).map(({ value }) => value)).toEqual([plan]);
      await expect(job.all()).rejects.toMatchObject({ code: 'unavailable' });
      await expect(ticks.create(review)).rejects.toMatchObject({ code: 'unavailable' });
      before = () => {};
      expect((await ticks.all()).map(({ value }) => value)).toEqual([plan]);
    });

    test('a person waits no longer than they have patience', async () => {
      // Somebody with more of it read it before.
      await server().ticks.all();
      const { ticks } = server({ freshness: { ...usualFreshness, patience: 50 } });
      offset += 3_600_000;
      let answer = (): void => {};
      before = () => new Promise<void>(resolve => (answer = resolve));

      const rows = await ticks.all();
      answer();

      expect(rows.map(({ value }) => value)).toEqual([plan]);
    });

    test('without a copy there is nothing to read', async () => {
      before = () => Promise.reject(new TypeError('fetch failed'));

      await expect(server().ticks.all()).rejects.toMatchObject({ code: 'unavailable' });
    });
  });

  test('when the app may no longer read the site, nobody reads what it had read', async () => {
    const { ticks } = server();
    await ticks.all();
    over.microsoft365.graph.grantSite(over.team, null);
    offset += 70_000;

    await expect(ticks.all()).rejects.toMatchObject({ code: 'not-granted' });
  });

  test('the copy goes with the app, and none is kept of a community that does not have it', async () => {
    const { db } = opened.database;
    const { ticks } = server();
    await ticks.all();
    const communities = createCommunities(
      db,
      now,
      async () => {},
      async () => {},
    );

    await communities.uninstall(over.team, 'app-removed');
    const { value } = await callsOf(() => ticks.all());
    const kept = await db.selectFrom('mirrored_items').selectAll().execute();
    await knownCommunity(db, over.team);

    expect(value.map(found => found.value)).toEqual([plan]);
    expect(kept).toEqual([]);
  });

  test('what was read of one site is in no other community', async () => {
    const { db } = opened.database;
    await knownCommunity(db, 'other');
    await server().ticks.all();
    await sql`UPDATE mirrored_lists SET source = '/sites/other/lists/ticks' WHERE list = 'ticks'`.execute(db);

    const { made, value } = await callsOf(() => server().ticks.all());

    // Another list at the same name is read anew, whatever was known of the one before.
    expect(made).toHaveLength(2);
    expect(value.map(found => found.value)).toEqual([plan]);
    expect(await db.selectFrom('mirrored_items').select('id').where('community', '=', 'other').execute()).toEqual([]);
  });

  test('many who look at once read once', async () => {
    const { ticks } = server();
    await ticks.all();
    offset += 70_000;

    const { made } = await callsOf(() => Promise.all(Array.from({ length: 20 }, () => ticks.all())));

    expect(made).toHaveLength(1);
  });
});

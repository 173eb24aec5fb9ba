import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  change,
  VersionConflict,
  type EndingList,
  type EndingPlace,
  type List,
  type Stored,
  type VersionedList,
} from '../../bot/lists/list.ts';
import type { PlanRow, TickRow } from '../../bot/lists/model.ts';

const plan: TickRow = {
  key: '2026-11-23/plan',
  week: '2026-11-23',
  task: 'plan',
  tickedBy: { id: 'priya', name: 'Priya “Pri” O’Raman' },
  tickedAt: '2026-11-23T09:00:00Z',
};
const byTomasz: TickRow = { ...plan, tickedBy: { id: 'tomasz', name: 'Tomasz Nowak' } };
const lastWeek: TickRow = { ...plan, key: '2026-11-16/plan', week: '2026-11-16' };

/**
 * What every kind of list keeps to: SharePoint's, the database's and the one in memory. `open` gives a list in which
 * nothing is stored yet.
 */
export function listsKeepTheirPromises(open: () => Promise<List<TickRow>>): void {
  let ticks: List<TickRow>;
  beforeEach(async () => {
    ticks = await open();
  });

  describe('create', () => {
    test('adds a row that can be found by its key', async () => {
      const { created, row } = await ticks.create(plan);

      expect(created).toBe(true);
      expect(await ticks.find(plan.key)).toEqual(row);
      expect(row.value).toEqual(plan);
    });

    test('finds its twin when it is repeated, and leaves it as it is', async () => {
      const first = await ticks.create(plan);

      const second = await ticks.create(byTomasz);

      expect(second).toEqual({ created: false, row: first.row });
    });

    test('adds one row when it is called twice at the same moment', async () => {
      const both = await Promise.all([ticks.create(plan), ticks.create(byTomasz)]);

      expect(both.map(result => result.created).toSorted()).toEqual([false, true]);
      expect(await ticks.all()).toHaveLength(1);
    });

    test('refuses what does not fit its columns', async () => {
      const created = ticks.create({ ...plan, tickedAt: 'this morning' });

      await expect(created).rejects.toMatchObject({ code: 'invalid' });
      expect(await ticks.all()).toEqual([]);
    });
  });

  test('find gives undefined when there is no such row', async () => {
    expect(await ticks.find('nothing')).toBeUndefined();
  });

  describe('all', () => {
    beforeEach(async () => {
      await ticks.create(plan);
      await ticks.create(lastWeek);
    });

    test.each<[Partial<Record<'week' | 'key', string>> | undefined, readonly string[], string]>([
      [undefined, [plan.key, lastWeek.key], 'every row'],
      [{ week: '2026-11-16' }, [lastWeek.key], 'by an indexed column'],
      [{ week: '2026-11-09' }, [], 'none matches'],
      [{ week: '2026-11-23', key: lastWeek.key }, [], 'both must match'],
    ])('%j gives %j: %s', async (where, expected) => {
      const rows = await ticks.all(where);

      expect(keysOf(rows)).toEqual([...expected].toSorted());
    });

    test('refuses a column without an index', async () => {
      const asked = ticks.all({ task: 'plan' });

      await expect(asked).rejects.toMatchObject({ code: 'invalid' });
    });
  });

  describe('update', () => {
    test('saves and gives the row a new ETag', async () => {
      const { row } = await ticks.create(plan);

      const updated = await ticks.update(row, byTomasz);

      expect(updated.value).toEqual(byTomasz);
      expect(updated.etag).not.toBe(row.etag);
      expect((await ticks.find(plan.key))?.etag).toBe(updated.etag);
    });

    test('refuses a stale ETag and keeps what is stored', async () => {
      const { row } = await ticks.create(plan);
      await ticks.update(row, byTomasz);

      const stale = ticks.update(row, plan);

      await expect(stale).rejects.toBeInstanceOf(VersionConflict);
      expect((await ticks.find(plan.key))?.value).toEqual(byTomasz);
    });

    test('of a row that is gone is a conflict: who reads again sees it', async () => {
      const { row } = await ticks.create(plan);
      await ticks.remove(row);

      const late = ticks.update(row, byTomasz);

      await expect(late).rejects.toBeInstanceOf(VersionConflict);
    });
  });

  describe('remove', () => {
    test('deletes, and may be repeated', async () => {
      const { row } = await ticks.create(plan);

      await ticks.remove(row);
      await ticks.remove(row);

      expect(await ticks.all()).toEqual([]);
    });

    test('refuses a stale ETag', async () => {
      const { row } = await ticks.create(plan);
      await ticks.update(row, byTomasz);

      const stale = ticks.remove(row);

      await expect(stale).rejects.toBeInstanceOf(VersionConflict);
      expect(await ticks.all()).toHaveLength(1);
    });
  });

  describe('change', () => {
    test('creates what is missing and keeps what is there', async () => {
      const first = await change(ticks, plan.key, current => (current ? undefined : plan));
      const second = await change(ticks, plan.key, current => (current ? undefined : byTomasz));

      expect(first?.value).toEqual(plan);
      expect(second).toEqual(first);
    });

    test('reads again when somebody saved in between, so that both changes stay', async () => {
      await ticks.create({ ...plan, task: '' });
      const append = (letter: string) =>
        change(ticks, plan.key, current => current && { ...current, task: current.task + letter });

      await Promise.all([append('a'), append('b'), append('c')]);

      expect([...((await ticks.find(plan.key))?.value.task ?? '')].toSorted()).toEqual(['a', 'b', 'c']);
    });
  });
}

/** What a list keeps to that remembers what its rows said before. */
export function versionsKeepTheirPromises(open: () => Promise<VersionedList<TickRow>>): void {
  let ticks: VersionedList<TickRow>;
  beforeEach(async () => {
    ticks = await open();
  });

  describe('versions', () => {
    test('are what the row said after each save, newest first', async () => {
      const { row } = await ticks.create(plan);
      await ticks.update(row, byTomasz);

      const versions = await ticks.versions(row.id, 10);

      expect(versions.map(({ version, value }) => ({ version, value }))).toEqual([
        { version: '2.0', value: byTomasz },
        { version: '1.0', value: plan },
      ]);
      expect(versions.map(({ savedBy }) => savedBy)).toEqual([null, null]);
      expect(versions.every(({ savedAt }) => !Number.isNaN(Date.parse(savedAt)))).toBe(true);
    });

    test('are at most as many as were asked for', async () => {
      const { row } = await ticks.create(plan);
      await ticks.update(row, byTomasz);

      const versions = await ticks.versions(row.id, 1);

      expect(versions.map(({ version }) => version)).toEqual(['2.0']);
    });

    test('of a row that is gone are not found', async () => {
      const { row } = await ticks.create(plan);
      await ticks.remove(row);

      const asked = ticks.versions(row.id, 10);

      await expect(asked).rejects.toMatchObject({ code: 'not-found' });
    });
  });
}

/** What a list keeps to whose rows are over one day. */
export function endingsKeepTheirPromises(open: () => Promise<EndingList<PlanRow>>): void {
  let actions: EndingList<PlanRow>;
  const day = (date: string): string => `${date}T12:00:00.000Z`;
  const keys = (rows: readonly Stored<PlanRow>[]): readonly string[] => rows.map(({ value }) => value.key);
  const add = async (key: string, change: Partial<PlanRow>): Promise<Stored<PlanRow>> =>
    (await actions.create({ ...actionWith(key), ...change })).row;
  const done = (date: string, change: Partial<PlanRow> = {}): Partial<PlanRow> => ({
    state: 'done',
    doneAt: day(date),
    ...change,
  });
  beforeEach(async () => {
    actions = await open();
    await add('open', { aim: 'Share' });
    await add('long-ago', done('2024-03-01', { aim: 'Share' }));
    await add('lately', done('2026-11-20'));
    await add('last-year', done('2025-11-20'));
    // Set in SharePoint itself, where nobody writes down when it was.
    await add('by-hand', { state: 'done', changedAt: '2025-01-01T09:00:00Z', aim: 'Share' });
  });

  describe('what is over', () => {
    test('is left out when it was before the moment that is asked for', async () => {
      expect(keys(await actions.since(day('2026-11-20')))).toEqual(['open', 'lately']);
      expect(keys(await actions.since('2026-11-20T12:00:00.001Z'))).toEqual(['open']);
      expect(keys(await actions.since(day('2025-01-01')))).toEqual(['open', 'lately', 'last-year']);
    });

    test('is read page by page, the last first, each row once', async () => {
      const first = await actions.before({ at: day('2026-01-01'), id: null }, 2);
      const { endedAt, id } = first.at(-1)!;
      const second = await actions.before({ at: endedAt, id }, 2);

      expect(first.map(({ value, endedAt: at }) => [value.key, at])).toEqual([
        ['last-year', day('2025-11-20')],
        ['by-hand', '2025-01-01T09:00:00.000Z'],
      ]);
      expect(keys(second)).toEqual(['long-ago']);
    });

    test('comes once when many were over at the same moment', async () => {
      for (const name of ['one', 'two', 'three']) await add(name, done('2023-01-01'));
      const found: string[] = [];
      let place: EndingPlace = { at: day('2023-06-01'), id: null };
      for (let pages = 0; pages < 3; pages++) {
        const [row] = await actions.before(place, 1);
        found.push(row!.value.key);
        place = { at: row!.endedAt, id: row!.id };
      }

      expect(found).toEqual(['three', 'two', 'one']);
      expect(await actions.before(place, 1)).toEqual([]);
    });

    test('is counted by what it says', async () => {
      const counts = await actions.countBefore(day('2026-01-01'));

      expect(new Map(counts.map(({ said, count }) => [said, count]))).toEqual(
        new Map([
          ['Share', 2],
          [null, 1],
        ]),
      );
      expect(await actions.countBefore(day('2020-01-01'))).toEqual([]);
    });

    test('is there again as soon as it is not over any more, and gone once it is', async () => {
      const row = (await actions.find('long-ago'))!;
      const reopened = await actions.update(row, { ...row.value, state: 'doing', doneAt: null });
      expect(keys(await actions.since(day('2026-11-01')))).toEqual(['open', 'long-ago', 'lately']);

      await actions.update(reopened, { ...row.value, doneAt: day('2024-05-01') });
      expect(keys(await actions.since(day('2026-11-01')))).toEqual(['open', 'lately']);
      expect((await actions.countBefore(day('2026-01-01'))).reduce((sum, { count }) => sum + count, 0)).toBe(3);
    });

    test('is found by its key, and among all', async () => {
      expect((await actions.find('long-ago'))?.value.aim).toBe('Share');
      expect(await actions.all()).toHaveLength(5);
    });
  });
}

function actionWith(key: string): PlanRow {
  const person = { id: 'priya', name: 'Priya Raman' };
  const at = '2022-11-23T09:00:00Z';
  return {
    key,
    title: `Action ${key}`,
    owners: [],
    due: null,
    state: 'to-do',
    weight: 'baseline',
    aim: null,
    notes: '',
    steps: [],
    links: [],
    addedBy: person,
    addedAt: at,
    doneAt: null,
    changedBy: person,
    changedAt: at,
  };
}

function keysOf(rows: readonly Stored<TickRow>[]): readonly string[] {
  return rows.map(row => row.value.key).toSorted();
}

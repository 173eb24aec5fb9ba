import { beforeEach, describe, expect, test } from '@jest/globals';
import { change, VersionConflict, type List, type Stored, type VersionedList } from '../../bot/lists/list.ts';
import type { TickRow } from '../../bot/lists/model.ts';

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

function keysOf(rows: readonly Stored<TickRow>[]): readonly string[] {
  return rows.map(row => row.value.key).toSorted();
}

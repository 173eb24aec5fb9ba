import { describe, expect, test } from '@jest/globals';
import fc, { type Scheduler } from 'fast-check';
import type { Changes } from '../../../bot/lists/list-changes.ts';
import { VersionConflict, type Stored, type VersionedList } from '../../../bot/lists/list.ts';
import { createReadings } from '../../../bot/lists/shared-readings.ts';
import { createInMemoryLists } from '../../support/in-memory-lists.ts';

interface Counter {
  readonly key: string;
  readonly value: number;
}

/** One row in a SharePoint that takes its time: when it looks, and when its answer arrives, is anybody's guess. */
function slowList(wait: (what: string) => Promise<unknown>) {
  let row: Stored<Counter> = { id: '1', etag: '0', value: { key: 'k', value: 0 }, changedAt: '' };
  let readings = 0;
  const list: Pick<VersionedList<Counter>, 'find' | 'all' | 'update'> = {
    async find() {
      readings++;
      await wait('a reading leaves');
      const seen = row;
      await wait('its answer comes');
      return seen;
    },
    async all() {
      const found = await list.find('k');
      return found ? [found] : [];
    },
    async update(before, value) {
      await wait('a change leaves');
      const fits = before.etag === row.etag;
      if (fits) row = { ...row, etag: String(Number(row.etag) + 1), value };
      await wait('its answer comes');
      if (!fits) throw new VersionConflict('counters', '1');
      return row;
    },
  };
  return { list: list as VersionedList<Counter>, readings: () => readings, now: () => row.value.value };
}

/** Counts as servers do that share a database. */
function sharedChanges(wait: (what: string) => Promise<unknown> = async () => undefined): Changes {
  let count = 0;
  return {
    async version() {
      await wait('the version is asked for');
      const seen = count;
      await wait('the version comes');
      return String(seen);
    },
    async add() {
      await wait('a change is noted');
      count++;
      await wait('noted');
    },
  };
}

const where = { community: 'c', list: 'counters' };

/** SharePoint's units as they usually are, and when a third of them is spent. */
const [plenty, scarce] = [() => 0, () => 0.4];

describe('what is asked at once', () => {
  test('is read once, and everybody has the same answer', async () => {
    const { list, readings } = slowList(() => new Promise(resolve => setTimeout(resolve, 5)));
    const shared = createReadings({ changes: sharedChanges(), isBackground: () => false, spent: plenty }).share(
      list,
      where,
    );

    const answers = await Promise.all(Array.from({ length: 100 }, () => shared.all()));

    expect(readings()).toBe(1);
    expect(new Set(answers).size).toBe(1);
  });

  test('is read anew by whoever asks later, while little is going on', async () => {
    const { list, readings } = slowList(async () => undefined);
    const shared = createReadings({ changes: sharedChanges(), isBackground: () => false, spent: plenty }).share(
      list,
      where,
    );

    await shared.all();
    await shared.all();

    expect(readings()).toBe(2);
  });

  test('is given out again while units are scarce, for five seconds', async () => {
    let now = 0;
    const { list, readings } = slowList(async () => undefined);
    const all = createReadings({ changes: sharedChanges(), isBackground: () => false, spent: scarce, now: () => now });
    const shared = all.share(list, where);
    for (now = 0; now < 10_000; now += 100) await shared.all();

    expect(readings()).toBe(2);
  });

  test('by a job is not what a person waits for', async () => {
    let background = true;
    const { list, readings } = slowList(() => new Promise(resolve => setTimeout(resolve, 5)));
    const shared = createReadings({ changes: sharedChanges(), isBackground: () => background, spent: scarce }).share(
      list,
      where,
    );

    const job = shared.all();
    background = false;
    await Promise.all([job, shared.all()]);

    expect(readings()).toBe(2);
  });

  test('fails for all who wait, and for nobody after them', async () => {
    let fails = true;
    const { list } = slowList(async () => undefined);
    const all = createReadings({ changes: sharedChanges(), isBackground: () => false, spent: scarce });
    const shared = all.share(
      {
        ...list,
        find: async key => {
          if (fails) throw new Error('away');
          return list.find(key);
        },
      },
      where,
    );
    const failed = await Promise.allSettled([shared.find('k'), shared.find('k')]);
    fails = false;

    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await shared.find('k')).toMatchObject({ value: { value: 0 } });
  });

  test('is read by each for themselves while nobody knows what was changed', async () => {
    const { list, readings } = slowList(async () => undefined);
    const shared = createReadings({
      changes: { version: async () => undefined, add: async () => undefined },
      isBackground: () => false,
      spent: plenty,
    }).share(list, where);

    await Promise.all([shared.all(), shared.all()]);

    expect(readings()).toBe(2);
  });

  test('by different keys is different', async () => {
    const lists = createInMemoryLists();
    const { share } = createReadings({ changes: sharedChanges(), isBackground: () => false, spent: plenty });
    const one = share(lists.of('one').ownRoles, { community: 'one', list: 'ownRoles' });
    const other = share(lists.of('other').ownRoles, { community: 'other', list: 'ownRoles' });
    await one.create({ key: 'host', title: 'Host', purpose: '', addedBy: { id: 'p', name: 'P' } });

    const read = await Promise.all([one.find('host'), one.find('else'), other.find('host'), one.all(), other.all()]);

    expect(read.map(found => (Array.isArray(found) ? found.length : found === undefined ? 0 : 1))).toEqual([
      1, 0, 0, 1, 0,
    ]);
  });
});

test('whoever saved reads what they saved, on every server, in whatever order things happen', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.boolean(),
      fc.array(fc.array(fc.constantFrom('read', 'save', 'save as a person'), { minLength: 1, maxLength: 5 }), {
        minLength: 2,
        maxLength: 4,
      }),
      async (scheduler: Scheduler, busy, people) => {
        const wait = (what: string): Promise<unknown> => scheduler.schedule(Promise.resolve(), what);
        const { list } = slowList(wait);
        const changes = sharedChanges(wait);
        const servers = [0, 1].map(() =>
          createReadings({ changes, isBackground: () => false, spent: busy ? scarce : plenty }),
        );
        /** The newest save that anybody has been told of. */
        let told = 0;
        const stale: string[] = [];

        async function acts(steps: readonly string[], place: number): Promise<void> {
          for (const [index, step] of steps.entries()) {
            const server = servers[(place + index) % 2]!;
            const shared = server.share(list, where);
            const before = told;
            const read = await (index % 2 === 0 ? shared.find('k') : shared.all().then(([one]) => one));
            if ((read?.value.value ?? -1) < before)
              stale.push(`person ${place} read ${read?.value.value} after ${before} was saved`);
            if (step === 'read' || !read) continue;
            const saving = step === 'save' ? shared : server.watch(list, where);
            const saved = await saving
              .update(read, { key: 'k', value: read.value.value + 1 })
              .catch((error: unknown) => {
                if (error instanceof VersionConflict) return undefined;
                throw error;
              });
            if (saved) told = Math.max(told, saved.value.value);
          }
        }

        await scheduler.waitFor(Promise.all(people.map(acts)));
        expect(stale).toEqual([]);
      },
    ),
    { numRuns: 150 },
  );
});

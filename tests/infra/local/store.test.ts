import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../infra/local/store.ts';

interface Plant {
  readonly name: string;
}

describe('the store', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'store-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('keeps documents in the order in which their keys were first put', () => {
    const plants = openStore(':memory:').collection<Plant>('plants');

    plants.put('b', { name: 'beans' });
    plants.put('a', { name: 'apples' });
    plants.put('b', { name: 'broad beans' });

    expect([...plants.entries()]).toEqual([
      ['b', { name: 'broad beans' }],
      ['a', { name: 'apples' }],
    ]);
  });

  test('gives everything back after it is opened again, numbers included', () => {
    const file = join(folder, 'deep', 'memory.sqlite');
    const before = openStore(file);
    before.collection<Plant>('plants').put('a', { name: 'apples' });
    before.collection<Plant>('plants').next();
    before.close();

    const after = openStore(file).collection<Plant>('plants');

    expect({ all: after.values(), next: after.next() }).toEqual({ all: [{ name: 'apples' }], next: 2 });
  });

  test('has what was written by a process that was killed', () => {
    const file = join(folder, 'memory.sqlite');
    const source = new URL('../../../infra/local/store.ts', import.meta.url).href;
    const script = `
      import { openStore } from ${JSON.stringify(source)};
      openStore(${JSON.stringify(file)}).collection('plants').put('a', { name: 'apples' });
      process.kill(process.pid, 'SIGKILL');`;

    const { signal } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { env: {} });

    expect([signal, openStore(file).collection<Plant>('plants').values()]).toEqual(['SIGKILL', [{ name: 'apples' }]]);
  });

  test('finds documents by a field as looking at each would, after changes, deletions and work that was given up', () => {
    const store = openStore(':memory:');
    const plants = store.collection<Plant & { readonly bed: number }>('plants');
    plants.put('a', { name: 'apples', bed: 1 });
    plants.put('b', { name: 'beans', bed: 1 });
    const atFirst = plants.where('bed', 1);

    plants.put('a', { name: 'apples', bed: 2 });
    plants.put('c', { name: 'chard', bed: 1 });
    plants.delete('b');
    expect(() =>
      store.together(() => {
        plants.put('d', { name: 'dill', bed: 1 });
        throw new Error('frost');
      }),
    ).toThrow('frost');

    expect(atFirst.map(({ name }) => name)).toEqual(['apples', 'beans']);
    expect([1, 2, 3].map(bed => plants.where('bed', bed).map(({ name }) => name))).toEqual([['chard'], ['apples'], []]);
  });

  test('keeps collections apart and forgets what was deleted', () => {
    const store = openStore(':memory:');
    store.collection<Plant>('plants').put('a', { name: 'apples' });
    store.collection<Plant>('weeds').put('a', { name: 'bindweed' });

    store.collection<Plant>('weeds').delete('a');

    expect([store.collection<Plant>('plants').values(), store.collection<Plant>('weeds').values()]).toEqual([
      [{ name: 'apples' }],
      [],
    ]);
  });

  describe('together', () => {
    test('takes everything back when one part fails, also for whoever held the collection before', () => {
      const store = openStore(join(folder, 'memory.sqlite'));
      const plants = store.collection<Plant>('plants');
      plants.put('a', { name: 'apples' });

      const failing = () =>
        store.together(() => {
          plants.put('a', { name: 'pears' });
          plants.put('b', { name: 'beans' });
          throw new Error('hail');
        });

      expect(failing).toThrow('hail');
      expect([plants.values(), store.collection<Plant>('plants').values()]).toEqual([
        [{ name: 'apples' }],
        [{ name: 'apples' }],
      ]);
    });

    test('inside another is part of it', () => {
      const store = openStore(':memory:');
      const plants = store.collection<Plant>('plants');

      const failing = () =>
        store.together(() => {
          store.together(() => plants.put('a', { name: 'apples' }));
          throw new Error('hail');
        });

      expect(failing).toThrow('hail');
      expect(plants.values()).toEqual([]);
    });

    test('can be used again after a failure, and returns what its work returns', () => {
      const store = openStore(':memory:');
      expect(() => store.together(() => JSON.parse('{'))).toThrow(SyntaxError);

      expect(store.together(() => store.collection('plants').next())).toBe(1);
    });
  });
});

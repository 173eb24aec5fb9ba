import { VersionConflict, type Keyed, type Stored, type VersionedList, type VouchedList } from './list.ts';
import type { Vouches } from './vouches.ts';

/** How many versions are looked through for the one that the product wrote last. */
const mostVersions = 50;

/**
 * A list that members can write as well: rows that the product did not write are marked, until somebody confirms them.
 */
export function createVouchedList<T extends Keyed>(list: VersionedList<T>, vouches: Vouches<T>): VouchedList<T> {
  async function marked(row: Stored<T>): Promise<Stored<T>> {
    return (await vouches.marked([row]))[0] ?? row;
  }

  async function update(read: Pick<Stored<T>, 'id' | 'etag'>, value: T): Promise<Stored<T>> {
    await vouches.intend(value);
    try {
      const row = await list.update(read, value);
      await vouches.vouch(row);
      return row;
    } catch (error) {
      // Of other failures nobody knows whether it was written.
      if (error instanceof VersionConflict) await vouches.drop(value);
      throw error;
    }
  }

  async function remove(read: Pick<Stored<T>, 'id' | 'etag'>): Promise<void> {
    await list.remove(read);
    await vouches.forget(read.id);
  }

  return {
    async find(key) {
      const row = await list.find(key);
      return row && marked(row);
    },
    all: async where => vouches.marked(await list.all(where)),
    async create(value) {
      await vouches.intend(value);
      const { created, row } = await list.create(value);
      if (created) {
        await vouches.vouch(row);
        return { created, row };
      }
      // Its twin may say the very same, because the answer got lost; whatever else it says is not ours.
      const twin = await marked(row);
      if (twin.byHand) await vouches.drop(value);
      return { created, row: twin };
    },
    update,
    remove,
    versions: (id, most) => list.versions(id, most),
    confirm: row => vouches.vouch(row),
    async putBack(row) {
      if (!row.byHand) return;
      for (const { value } of await list.versions(row.id, mostVersions)) {
        if (await vouches.isOurs(value)) return void (await update(row, value));
      }
      await remove(row);
    },
  };
}

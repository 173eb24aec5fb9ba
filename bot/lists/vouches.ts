import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../database/tables.ts';
import type { Keyed, Stored } from './list.ts';
import type { ListDefinition } from './model.ts';

/** What the product knows of the rows that it wrote itself into one list that members can write as well. */
export interface Vouches<T extends Keyed> {
  /** Notes that this value is about to be written: a server that stops in between has vouched all the same. */
  intend(value: T): Promise<void>;
  /** It will not be written after all. */
  drop(value: T): Promise<void>;
  /** It is written. What somebody wrote later keeps its own. */
  vouch(row: Stored<T>): Promise<void>;
  /** The row of this id is gone: what comes back from the recycle bin is by hand. */
  forget(id: string): Promise<void>;
  /** The rows as they were read; those that the product did not write are marked. */
  marked(rows: readonly Stored<T>[]): Promise<readonly Stored<T>[]>;
  /** Whether this value is the one that the product wrote last. */
  isOurs(value: T): Promise<boolean>;
}

interface VouchesParts {
  readonly db: Db;
  readonly community: string;
  /** The list's name in `lists.ts`. */
  readonly list: string;
  readonly definition: ListDefinition;
}

/**
 * Members can write into SharePoint, so a row there is a claim. What the product wrote it knows again by a hash in our
 * database; a row that has none, or another, was written by hand, whatever name it gives as its author.
 */
export function createVouches<T extends Keyed>({ db, community, list, definition }: VouchesParts): Vouches<T> {
  const hash = (value: T): string => hashOf(definition, value);

  function here() {
    return db.selectFrom('vouched').selectAll().where('community', '=', community).where('list', '=', list);
  }

  async function known(keys: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string | null>>> {
    const rows = await here()
      .where('key', 'in', [...keys])
      .execute();
    return new Map(rows.map(row => [row.key, new Set([row.hash, row.pending])]));
  }

  return {
    async intend(value) {
      const pending = hash(value);
      await db
        .insertInto('vouched')
        .values({ community, list, key: value.key, hash: null, pending, item: 0, version: 0 })
        .onConflict(conflict => conflict.columns(['community', 'list', 'key']).doUpdateSet({ pending }))
        .execute();
    },
    async drop(value) {
      await db
        .updateTable('vouched')
        .set({ pending: null })
        .where('community', '=', community)
        .where('list', '=', list)
        .where('key', '=', value.key)
        .where('pending', '=', hash(value))
        .execute();
    },
    async vouch({ id, etag, value }) {
      const [item, version] = [Number(id), Number(/,(\d+)"?$/.exec(etag)?.[1] ?? 0)];
      const found = hash(value);
      await sql`
        INSERT INTO vouched (community, list, key, hash, item, version) VALUES (${community}, ${list}, ${value.key}, ${found}, ${item}, ${version})
        ON CONFLICT (community, list, key) DO UPDATE
          SET hash = excluded.hash, item = excluded.item, version = excluded.version, pending = NULLIF(vouched.pending, excluded.hash)
          WHERE (vouched.item, vouched.version) <= (excluded.item, excluded.version)`.execute(db);
    },
    async forget(id) {
      await db
        .deleteFrom('vouched')
        .where('community', '=', community)
        .where('list', '=', list)
        .where('item', '=', Number(id))
        .execute();
    },
    async marked(rows) {
      if (rows.length === 0) return rows;
      const ours = await known(rows.map(({ value }) => value.key));
      return rows.map(row => (ours.get(row.value.key)?.has(hash(row.value)) ? row : { ...row, byHand: true }));
    },
    async isOurs(value) {
      return (await known([value.key])).get(value.key)?.has(hash(value)) ?? false;
    },
  };
}

/** Of what a row says, in the order of its columns; SharePoint keeps whole seconds, and line ends in its own way. */
function hashOf(definition: ListDefinition, value: Keyed): string {
  const given = value as unknown as Readonly<Record<string, unknown>>;
  const values = Object.entries(definition.columns).map(([name, { facet, schema }]) => {
    const parsed = schema.safeParse(given[name]);
    const known = parsed.success ? parsed.data : given[name];
    if (facet === 'moment') return String(known).slice(0, 19);
    return typeof known === 'string' ? known.replace(/\r\n?/g, '\n').trim() : known;
  });
  return createHash('sha256')
    .update(JSON.stringify([value.key, ...values]))
    .digest('hex');
}

import { sql, type Selectable } from 'kysely';
import { CommunityError } from '../../domain/errors.ts';
import type { Clock } from '../ports.ts';
import type { Db, RowsTable } from '../database/tables.ts';
import { VersionConflict, type Keyed, type List, type Stored } from './list.ts';
import type { ListDefinition } from './model.ts';
import { isKey, readRow, writtenRow } from './row-value.ts';

export interface DatabaseListParts {
  readonly db: Db;
  readonly now: Clock;
  /** The list's name in `lists.ts`, and what its rows say. */
  readonly name: string;
  readonly definition: ListDefinition;
  readonly community: string;
  /** Whom the rows name as the one who saved; null for the app. */
  readonly by: string | null;
}

/** `List<T>` in our database: the same promises as in SharePoint, without a way for a team's members to reach it. */
export function createDatabaseList<T extends Keyed>({
  db,
  now,
  name,
  definition,
  community,
  by,
}: DatabaseListParts): List<T> {
  type Read = Pick<Stored<T>, 'id' | 'etag'>;
  type Row = Selectable<RowsTable>;

  /** Nothing is ever asked of all communities at once. */
  function here() {
    return db.selectFrom('rows').selectAll().where('community', '=', community).where('list', '=', name);
  }

  function stored(row: Row): Stored<T> | undefined {
    const value = readRow<T>(definition, row.key, parsed(row.value));
    return value && { id: String(row.id), etag: etagOf(row), value, changedAt: row.changed_at.toISOString() };
  }

  function marksOf(value: T): string[] {
    const columns = Object.entries(definition.columns).filter(([, column]) => column.indexed);
    return columns.map(([column]) => mark(column, (value as unknown as Record<string, unknown>)[column]));
  }

  function written(value: T): Pick<Row, 'value' | 'marks' | 'changed_at' | 'changed_by'> {
    const { key: _key, ...columns } = value;
    return { value: JSON.stringify(columns), marks: marksOf(value), changed_at: now(), changed_by: by };
  }

  async function find(key: string): Promise<Stored<T> | undefined> {
    if (!isKey(key)) return undefined;
    const row = await here().where('key', '=', key).executeTakeFirst();
    return row && stored(row);
  }

  return {
    find,

    async all(where = {}) {
      const { key, ...columns } = where as Readonly<Record<string, string>>;
      for (const column of Object.keys(columns)) {
        if (!definition.columns[column]?.indexed)
          throw new CommunityError(
            'invalid',
            `rows of list ${definition.title} cannot be found by ${column}: it has no index`,
          );
      }
      if (key !== undefined && !isKey(key)) return [];
      const marks = Object.entries(columns).map(([column, value]) => mark(column, value));
      const rows = await here()
        .$if(key !== undefined, query => query.where('key', '=', key ?? ''))
        .$if(marks.length > 0, query => query.where(sql<boolean>`marks @> ${marks}::text[]`))
        .orderBy(sql`id`)
        .execute();
      return rows.flatMap(row => stored(row) ?? []);
    },

    async create(value) {
      const row = writtenRow(definition, value);
      const values = { community, list: name, key: row.key, ...written(row) };
      for (;;) {
        const made = await db
          .insertInto('rows')
          .values(values)
          .onConflict(conflict => conflict.columns(['community', 'list', 'key']).doNothing())
          .returningAll()
          .executeTakeFirst();
        if (made) return { created: true, row: read(made) };
        const twin = await here().where('key', '=', row.key).executeTakeFirst();
        // Gone again between the two questions: then there is room.
        if (!twin) continue;
        const found = stored(twin);
        if (found) return { created: false, row: found };
        // What cannot be read is nobody's any more; its key is needed.
        await db.deleteFrom('rows').where('id', '=', twin.id).where('version', '=', twin.version).execute();
      }
    },

    async update(before, value) {
      const row = writtenRow(definition, value);
      const { id, version } = versionOf(before);
      const saved = await db
        .updateTable('rows')
        .set({ ...written(row), version: version + 1 })
        .where('community', '=', community)
        .where('list', '=', name)
        .where('key', '=', row.key)
        .where('id', '=', id)
        .where('version', '=', version)
        .returningAll()
        .executeTakeFirst();
      if (!saved) throw new VersionConflict(definition.title, before.id);
      return read(saved);
    },

    async remove(before) {
      const { id, version } = versionOf(before);
      const mine = () => here().where('id', '=', id);
      const { numDeletedRows } = await db
        .deleteFrom('rows')
        .where('community', '=', community)
        .where('list', '=', name)
        .where('id', '=', id)
        .where('version', '=', version)
        .executeTakeFirst();
      if (numDeletedRows === 0n && (await mine().executeTakeFirst()))
        throw new VersionConflict(definition.title, before.id);
    },
  };

  /** What was written a moment ago can be read. */
  function read(row: Row): Stored<T> {
    const found = stored(row);
    if (!found) throw new Error(`row ${row.id} of list ${definition.title} was saved and cannot be read`);
    return found;
  }

  function versionOf({ id, etag }: Read): { readonly id: string; readonly version: number } {
    const [, of, version] = /^"(\d{1,18}),(\d{1,9})"$/.exec(etag) ?? [];
    if (of === undefined || of !== id) throw new VersionConflict(definition.title, id);
    return { id: of, version: Number(version) };
  }
}

function etagOf({ id, version }: Pick<Selectable<RowsTable>, 'id' | 'version'>): string {
  return `"${id},${version}"`;
}

/** As JSON, which has a way to write every character that PostgreSQL refuses. */
function mark(column: string, value: unknown): string {
  return `${column}=${JSON.stringify(value ?? null)}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { sql, type Selectable } from 'kysely';
import { CommunityError } from '../../domain/errors.ts';
import type { Clock } from '../ports.ts';
import type { Db, RowsTable } from '../database/tables.ts';
import { createMoment } from '../shared/batch.ts';
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
  /** Shared by the lists that are read together. */
  readonly readWhole?: ReadWhole;
}

/** `List<T>` in our database: the same promises as in SharePoint, without a way for a team's members to reach it. */
export function createDatabaseList<T extends Keyed>(parts: DatabaseListParts): List<T> {
  const { definition } = parts;
  const stored = (row: Row): Stored<T> | undefined => storedIn<T>(definition, row);

  return {
    async find(key) {
      const row = isKey(key) ? await rowsOf(parts).where('key', '=', key).executeTakeFirst() : undefined;
      return row && stored(row);
    },
    async all(where = {}) {
      const rows = await rowsWith(parts, where as Readonly<Record<string, string>>);
      return rows.flatMap(row => stored(row) ?? []);
    },
    async create(value) {
      const row = writtenRow(definition, value);
      for (;;) {
        const made = await insert(parts, row);
        if (made) return { created: true, row: readBack(definition, made) };
        const twin = await rowsOf(parts).where('key', '=', row.key).executeTakeFirst();
        // Gone again between the two questions: then there is room.
        if (!twin) continue;
        const found = stored(twin);
        if (found) return { created: false, row: found };
        // A row that cannot be read belongs to nobody any more; its key is needed.
        await parts.db.deleteFrom('rows').where('id', '=', twin.id).where('version', '=', twin.version).execute();
      }
    },
    async update(before, value) {
      const saved = await replace(parts, versionOf(definition, before), writtenRow(definition, value));
      if (!saved) throw new VersionConflict(definition.title, before.id);
      return readBack(definition, saved);
    },
    async remove(before) {
      const { id, version } = versionOf(definition, before);
      const { db, community, name } = parts;
      const { numDeletedRows } = await db
        .deleteFrom('rows')
        .where('community', '=', community)
        .where('list', '=', name)
        .where('id', '=', id)
        .where('version', '=', version)
        .executeTakeFirst();
      if (numDeletedRows === 0n && (await rowsOf(parts).where('id', '=', id).executeTakeFirst()))
        throw new VersionConflict(definition.title, before.id);
    },
  };
}

type Row = Selectable<RowsTable>;

/** Rows of one list of one community: no statement reads those of all communities. */
function rowsOf({ db, community, name }: Pick<DatabaseListParts, 'db' | 'community' | 'name'>) {
  return db.selectFrom('rows').selectAll().where('community', '=', community).where('list', '=', name);
}

async function rowsWith(parts: DatabaseListParts, where: Readonly<Record<string, string>>): Promise<readonly Row[]> {
  const { definition } = parts;
  const { key, ...columns } = where;
  const unindexed = Object.keys(columns).find(column => !definition.columns[column]?.indexed);
  if (unindexed !== undefined)
    throw new CommunityError(
      'invalid',
      `rows of list ${definition.title} cannot be found by ${unindexed}: it has no index`,
    );
  if (key !== undefined && !isKey(key)) return [];
  if (key === undefined && Object.keys(columns).length === 0)
    return (parts.readWhole ?? createWholeLists(parts.db))(parts);
  const marks = Object.entries(columns).map(([column, value]) => mark(column, value));
  return rowsOf(parts)
    .$if(key !== undefined, query => query.where('key', '=', key ?? ''))
    .$if(marks.length > 0, query => query.where(sql<boolean>`marks @> ${marks}::text[]`))
    .orderBy(sql`id`)
    .execute();
}

/** A list of one community. */
type Whole = Pick<DatabaseListParts, 'community' | 'name'>;

export type ReadWhole = (list: Whole) => Promise<readonly Row[]>;

/** Reads whole lists: those that are asked for in one moment, as for one screen, are one statement. */
export function createWholeLists(db: Db): ReadWhole {
  return createMoment(lists => rowsOfLists(db, lists));
}

async function rowsOfLists(db: Db, lists: readonly Whole[]): Promise<readonly (readonly Row[])[]> {
  const [first] = lists;
  if (first && lists.length === 1)
    return [
      await rowsOf({ db, ...first })
        .orderBy(sql`id`)
        .execute(),
    ];
  const asked = sql<{ community: string; list: string; place: number }>`unnest(
    ${lists.map(({ community }) => community)}::text[], ${lists.map(({ name }) => name)}::text[]
  ) WITH ORDINALITY`;
  const rows = await db
    .selectFrom(asked.as<'asked'>(sql`asked (community, list, place)`))
    .innerJoin('rows', join =>
      join.onRef('rows.community', '=', 'asked.community').onRef('rows.list', '=', 'asked.list'),
    )
    .selectAll('rows')
    .select('asked.place')
    .orderBy('rows.id')
    .execute();
  const found = Map.groupBy(rows, ({ place }) => Number(place));
  return lists.map((_list, index) => found.get(index + 1) ?? []);
}

/** Undefined when the list has a row of this key already. */
async function insert(parts: DatabaseListParts, value: Keyed): Promise<Row | undefined> {
  const { db, community, name } = parts;
  return db
    .insertInto('rows')
    .values({ community, list: name, key: value.key, ...written(parts, value) })
    .onConflict(conflict => conflict.columns(['community', 'list', 'key']).doNothing())
    .returningAll()
    .executeTakeFirst();
}

/** Undefined when the row has another version, or is gone. */
async function replace(parts: DatabaseListParts, { id, version }: RowVersion, value: Keyed): Promise<Row | undefined> {
  const { db, community, name } = parts;
  return db
    .updateTable('rows')
    .set({ ...written(parts, value), version: version + 1 })
    .where('community', '=', community)
    .where('list', '=', name)
    .where('key', '=', value.key)
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst();
}

function written(
  { definition, now, by }: DatabaseListParts,
  value: Keyed,
): Pick<Row, 'value' | 'marks' | 'changed_at' | 'changed_by'> {
  const { key: _key, ...columns } = value;
  return { value: JSON.stringify(columns), marks: marksOf(definition, value), changed_at: now(), changed_by: by };
}

function marksOf(definition: ListDefinition, value: Keyed): string[] {
  const columns = Object.entries(definition.columns).filter(([, column]) => column.indexed);
  return columns.map(([column]) => mark(column, (value as unknown as Record<string, unknown>)[column]));
}

function storedIn<T extends Keyed>(definition: ListDefinition, row: Row): Stored<T> | undefined {
  const value = readRow<T>(definition, row.key, parsed(row.value));
  return value && { id: String(row.id), etag: etagOf(row), value, changedAt: row.changed_at.toISOString() };
}

/** What was written a moment ago can be read. */
function readBack<T extends Keyed>(definition: ListDefinition, row: Row): Stored<T> {
  const found = storedIn<T>(definition, row);
  if (!found) throw new Error(`row ${row.id} of list ${definition.title} was saved and cannot be read`);
  return found;
}

interface RowVersion {
  readonly id: string;
  readonly version: number;
}

function versionOf({ title }: ListDefinition, { id, etag }: Pick<Stored<unknown>, 'id' | 'etag'>): RowVersion {
  const [, of, version] = /^"(\d{1,18}),(\d{1,9})"$/.exec(etag) ?? [];
  if (of === undefined || of !== id) throw new VersionConflict(title, id);
  return { id: of, version: Number(version) };
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

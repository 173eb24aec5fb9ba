import { isDeepStrictEqual } from 'node:util';
import type { ColumnDefinition, FieldValueSet, ListItem, ListItemVersion } from '@microsoft/microsoft-graph-types';
import { CommunityError } from '../../domain/errors.ts';
import { cleanLine, cleanValue } from '../../domain/text.ts';
import type { Graph } from '../graph/client.ts';
import { VersionConflict, type Keyed, type Stored, type Version, type VersionedList } from './list.ts';
import { columnName, type Column, type ListDefinition } from './model.ts';

/** When a column in which no row had a value was found to be there, by its list's path and its name. */
export type FoundInOrder = Map<string, number>;

/** How long that is believed, in milliseconds. */
const believed = 10 * 60_000;
/** How many columns are remembered. */
const mostRemembered = 50_000;

/** `VersionedList<T>` over Graph. `site` is asked at each call, so that a site found once is enough. */
export function createSharePointList<T extends Keyed>(
  definition: ListDefinition,
  graph: Graph,
  site: () => Promise<string>,
  inOrder: FoundInOrder = new Map(),
  unreadable: (keys: readonly string[]) => void = () => {},
): VersionedList<T> {
  const columns = Object.entries(definition.columns);
  const indexed = new Set(['key', ...columns.filter(([, column]) => column.indexed).map(([name]) => name)]);

  async function itself(): Promise<string> {
    return `/sites/${await site()}/lists/${encodeURIComponent(definition.title)}`;
  }
  async function items(): Promise<string> {
    return `${await itself()}/items`;
  }

  async function all(where: Readonly<Record<string, string>> = {}): Promise<readonly Stored<T>[]> {
    const found = await allItems(where);
    const rows = found.flatMap(item => readItem(item) ?? []);
    // A row with our key that cannot be read was broken by hand; one without is somebody's own.
    if (Object.keys(where).length === 0) {
      const read = new Set(rows.map(({ id }) => id));
      unreadable(found.flatMap(item => (read.has(item.id ?? '') ? [] : [keyOf(item)])).filter(key => key !== ''));
    }
    return rows;
  }

  async function allItems(where: Readonly<Record<string, string>>): Promise<readonly ListItem[]> {
    const filter = Object.entries(where)
      .map(([name, value]) => `fields/${columnName(name)} eq '${value.replaceAll("'", "''")}'`)
      .join(' and ');
    let next: string | undefined =
      `${await items()}?$expand=fields${filter ? `&$filter=${encodeURIComponent(filter)}` : ''}`;
    const found: ListItem[] = [];
    while (next) {
      const page: { value: ListItem[]; '@odata.nextLink'?: string } = await explained(() => graph.get(next!));
      found.push(...page.value);
      next = page['@odata.nextLink'];
    }
    await mustBeWhole(found);
    return found;
  }

  async function find(key: string): Promise<Stored<T> | undefined> {
    return (await all({ key }))[0];
  }

  /**
   * Graph leaves out what was never set, and says nothing of a column that somebody deleted: a charter would look as if
   * nobody had written it. So where no row has a value, the columns themselves are looked at, now and then.
   */
  async function mustBeWhole(found: readonly ListItem[]): Promise<void> {
    const fields = found.map(item => (item.fields ?? {}) as Record<string, unknown>);
    const path = await itself();
    const empty =
      found.length === 0
        ? []
        : ['key', ...Object.keys(definition.columns)]
            .map(columnName)
            .filter(name => fields.every(one => one[name] === undefined));
    const suspicious = empty.filter(name => Date.now() - (inOrder.get(`${path} ${name}`) ?? 0) >= believed);
    if (suspicious.length === 0) return;
    const lacks = await lackingColumns();
    if (lacks.length > 0) throw broken(lacks);
    if (inOrder.size >= mostRemembered) inOrder.clear();
    for (const name of suspicious) inOrder.set(`${path} ${name}`, Date.now());
  }

  /** Columns that are not there, or have lost the index that finding rows by them needs. */
  async function lackingColumns(): Promise<readonly string[]> {
    const { value } = await graph.get<{ value: readonly ColumnDefinition[] }>(
      `${await itself()}/columns?$select=name,indexed`,
    );
    const present = new Map(value.map(column => [column.name, column]));
    return ['key', ...Object.keys(definition.columns)]
      .map(columnKey => ({ columnKey, column: present.get(columnName(columnKey)) }))
      .filter(({ columnKey, column }) => !column || (indexed.has(columnKey) && !column.indexed))
      .map(({ columnKey }) => columnName(columnKey));
  }

  function broken(lacks: readonly string[]): CommunityError {
    return new CommunityError(
      'not-set-up',
      `the list ${definition.title} lacks the column ${lacks.join(', ')} or its index: open Settings and check the SharePoint lists`,
      { list: definition.title, columns: lacks },
    );
  }

  function readItem(item: ListItem): Stored<T> | undefined {
    const value = readFields(item);
    return value && { id: item.id ?? '', etag: etagOf(item), value, changedAt: item.lastModifiedDateTime ?? '' };
  }

  function readVersion(version: ListItemVersion): Version<T> | undefined {
    const value = readFields(version);
    // SharePoint names an account of its own when the app saved for itself; that one has no id.
    const { user } = version.lastModifiedBy ?? {};
    return (
      value && {
        version: version.id ?? '',
        value,
        savedAt: version.lastModifiedDateTime ?? '',
        savedBy: user?.id ? (user.displayName ?? null) : null,
      }
    );
  }

  /** A row that somebody added or broke by hand in SharePoint is left alone, and is not ours. */
  function readFields(item: {
    readonly fields?: unknown;
    readonly lastModifiedDateTime?: string | null;
  }): T | undefined {
    const fields = (item.fields ?? {}) as Record<string, unknown>;
    const key = fields[columnName('key')];
    if (typeof key !== 'string' || key === '') return undefined;
    const value: Record<string, unknown> = { key };
    for (const [name, column] of columns) {
      const read = readField(column, fields[columnName(name)] ?? lostValue(column, key, item.lastModifiedDateTime));
      if (!read.success) return undefined;
      value[name] = read.data;
    }
    return value as unknown as T;
  }

  function writeFields(value: T): Record<string, unknown> {
    const fields: Record<string, unknown> = { Title: value.key.slice(0, 255), [columnName('key')]: value.key };
    const given = value as unknown as Record<string, unknown>;
    for (const [name, column] of columns)
      fields[columnName(name)] = writeField(column, given[name], `${definition.title}.${name}`);
    return fields;
  }

  /**
   * A missing list is a set-up that is not finished, not a missing row; a missing column is not what was sent being
   * wrong.
   */
  async function explained<R>(call: () => Promise<R>): Promise<R> {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof CommunityError)) throw error;
      if (error.code === 'not-found') {
        throw new CommunityError(
          'not-set-up',
          `the list ${definition.title} is missing: open Settings and check the SharePoint lists`,
          { list: definition.title },
        );
      }
      const lacks = error.code === 'invalid' && error.details['status'] === 400 ? await lackingColumns() : [];
      throw lacks.length > 0 ? broken(lacks) : error;
    }
  }

  /** Whether a row says what was written. SharePoint keeps whole seconds. */
  function says(row: T, written: T): boolean {
    const [stored, wanted] = [row, written] as unknown as readonly Readonly<Record<string, unknown>>[];
    return columns.every(([name, { facet }]) => {
      if (facet !== 'moment') return isDeepStrictEqual(stored?.[name], wanted?.[name]);
      return String(stored?.[name]).slice(0, 19) === String(wanted?.[name]).slice(0, 19);
    });
  }

  async function patch(item: Pick<Stored<T>, 'id' | 'etag'>, value: T): Promise<Stored<T>> {
    const path = `${await items()}/${encodeURIComponent(item.id)}/fields`;
    const saved = await graph.patch<FieldValueSet & { '@odata.etag'?: string; Modified?: string }>(
      path,
      writeFields(value),
      { ifMatch: item.etag },
    );
    const etag = saved['@odata.etag'];
    if (!etag)
      throw new CommunityError('unavailable', `Graph saved item ${item.id} of ${definition.title} and gave no ETag`, {
        list: definition.title,
      });
    return { id: item.id, etag, value, changedAt: saved.Modified ?? '' };
  }

  return {
    find,
    all: where => all(where as Readonly<Record<string, string>> | undefined),

    async create(value) {
      try {
        const item = await graph.post<ListItem>(await items(), { fields: writeFields(value) });
        const row = readItem(item) ?? (await find(value.key));
        if (!row)
          throw new CommunityError(
            'unavailable',
            `Graph created an item in ${definition.title} and does not return it`,
            { list: definition.title },
          );
        return { created: true, row };
      } catch (error) {
        if (!(error instanceof CommunityError)) throw error;
        // The key column is unique: a second create is refused, whether it is a repeat or somebody was quicker.
        const twin = error.code === 'not-found' ? undefined : (await allItems({ key: value.key }))[0];
        if (!twin) return explained(() => Promise.reject(error));
        const row = readItem(twin);
        // What lost a column that it cannot be read without is nobody's any more; its key is needed.
        if (!row) return { created: true, row: await patch({ id: twin.id ?? '', etag: etagOf(twin) }, value) };
        // Graph may do what it was asked and lose the answer: then the twin is this very row.
        return { created: mayBeDone(error) && says(row.value, value), row };
      }
    },

    async update(read, value) {
      try {
        return await explained(() =>
          patch(read, value).catch((error: unknown) => {
            // An item deleted meanwhile has changed too: who reads again sees that it is gone.
            if (error instanceof CommunityError && error.code === 'not-found')
              throw new VersionConflict(definition.title, read.id);
            throw error;
          }),
        );
      } catch (error) {
        if (!(error instanceof CommunityError) || error.code !== 'version-conflict') throw error;
        const stored = mayBeDone(error) ? await find(value.key) : undefined;
        if (stored && says(stored.value, value)) return stored;
        throw new VersionConflict(definition.title, read.id);
      }
    },

    async remove(read) {
      try {
        await graph.delete(`${await items()}/${encodeURIComponent(read.id)}`, { ifMatch: read.etag });
      } catch (error) {
        if (error instanceof CommunityError && error.code === 'not-found') return;
        if (error instanceof CommunityError && error.code === 'version-conflict')
          throw new VersionConflict(definition.title, read.id);
        throw error;
      }
    },

    async versions(id, most) {
      let next: string | undefined = `${await items()}/${encodeURIComponent(id)}/versions?$expand=fields`;
      const found: Version<T>[] = [];
      while (next && found.length < most) {
        const page: { value: ListItemVersion[]; '@odata.nextLink'?: string } = await graph.get(next);
        found.push(...page.value.flatMap(version => readVersion(version) ?? []));
        next = page['@odata.nextLink'];
      }
      return found.slice(0, most);
    },
  };
}

/** Whether a call that failed may have been done all the same. */
function mayBeDone(error: CommunityError): boolean {
  return error.code === 'unavailable' || error.details['resent'] === true;
}

function lostValue(column: Column<unknown>, key: string, changedAt: string | null | undefined): unknown {
  if (column.optional) return undefined;
  const value = column.facet === 'moment' ? changedAt : column.lost?.({ key });
  return value !== undefined && column.facet === 'json' ? JSON.stringify(value) : value;
}

function keyOf(item: ListItem): string {
  const key = ((item.fields ?? {}) as Record<string, unknown>)[columnName('key')];
  return typeof key === 'string' ? cleanLine(key) : '';
}

function etagOf(item: ListItem): string {
  return item.eTag ?? (item as { '@odata.etag'?: string })['@odata.etag'] ?? '';
}

/** Columns that were never set are absent in Graph's answer. */
function readField(column: Column<unknown>, raw: unknown): { success: true; data: unknown } | { success: false } {
  if (raw === undefined || raw === null) {
    if (column.optional) return { success: true, data: null };
    if (column.facet === 'text' || column.facet === 'note') return { success: true, data: '' };
    if (column.facet === 'yesNo') return { success: true, data: false };
    return { success: false };
  }
  return column.schema.safeParse(decode(column, raw)) as { success: true; data: unknown } | { success: false };
}

function decode(column: Column<unknown>, raw: unknown): unknown {
  if (column.facet === 'json') {
    try {
      return cleanValue(JSON.parse(String(raw)));
    } catch {
      return undefined;
    }
  }
  return raw;
}

function writeField(column: Column<unknown>, value: unknown, where: string): unknown {
  const parsed = column.schema.safeParse(value);
  if (!parsed.success) {
    throw new CommunityError(
      'invalid',
      `${where} cannot be saved: ${parsed.error.issues.map(issue => issue.message).join('; ')}`,
      { column: where },
    );
  }
  if (parsed.data === null) return null;
  return column.facet === 'json' ? JSON.stringify(parsed.data) : parsed.data;
}

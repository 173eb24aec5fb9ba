import type { FieldValueSet, ListItem, ListItemVersion } from '@microsoft/microsoft-graph-types';
import { CommunityError } from '../../domain/errors.ts';
import type { Graph } from './graph.ts';
import { VersionConflict, type Keyed, type List, type Stored, type Version } from './list.ts';
import { columnName, type Column, type ListDefinition } from './lists.ts';

/** `List<T>` over Graph. `site` is asked at each call, so that a site found once is enough. */
export function createSharePointList<T extends Keyed>(definition: ListDefinition, graph: Graph, site: () => Promise<string>): List<T> {
  const columns = Object.entries(definition.columns);

  async function items(): Promise<string> {
    return `/sites/${await site()}/lists/${encodeURIComponent(definition.title)}/items`;
  }

  async function all(where: Readonly<Record<string, string>> = {}): Promise<readonly Stored<T>[]> {
    const filter = Object.entries(where).map(([name, value]) => `fields/${columnName(name)} eq '${value.replaceAll("'", "''")}'`).join(' and ');
    let next: string | undefined = `${await items()}?$expand=fields${filter ? `&$filter=${encodeURIComponent(filter)}` : ''}`;
    const rows: Stored<T>[] = [];
    while (next) {
      const page: { value: ListItem[]; '@odata.nextLink'?: string } = await explained(() => graph.get(next!));
      for (const item of page.value) {
        const row = readItem(item);
        if (row) rows.push(row);
      }
      next = page['@odata.nextLink'];
    }
    return rows;
  }

  async function find(key: string): Promise<Stored<T> | undefined> {
    return (await all({ key }))[0];
  }

  function readItem(item: ListItem): Stored<T> | undefined {
    const value = readFields(item);
    return value && { id: item.id ?? '', etag: etagOf(item), value, changedAt: item.lastModifiedDateTime ?? '' };
  }

  function readVersion(version: ListItemVersion): Version<T> | undefined {
    const value = readFields(version);
    // SharePoint names an account of its own when the app saved for itself; that one has no id.
    const { user } = version.lastModifiedBy ?? {};
    return value && { version: version.id ?? '', value, savedAt: version.lastModifiedDateTime ?? '', savedBy: user?.id ? (user.displayName ?? null) : null };
  }

  /** A row that somebody added or broke by hand in SharePoint is left alone, and is not ours. */
  function readFields(item: { readonly fields?: unknown }): T | undefined {
    const fields = (item.fields ?? {}) as Record<string, unknown>;
    const key = fields[columnName('key')];
    if (typeof key !== 'string' || key === '') return undefined;
    const value: Record<string, unknown> = { key };
    for (const [name, column] of columns) {
      const read = readField(column, fields[columnName(name)]);
      if (!read.success) return undefined;
      value[name] = read.data;
    }
    return value as unknown as T;
  }

  function writeFields(value: T): Record<string, unknown> {
    const fields: Record<string, unknown> = { Title: value.key.slice(0, 255), [columnName('key')]: value.key };
    const given = value as unknown as Record<string, unknown>;
    for (const [name, column] of columns) fields[columnName(name)] = writeField(column, given[name], `${definition.title}.${name}`);
    return fields;
  }

  /** A missing list is a set-up that is not finished, not a missing row. */
  async function explained<R>(call: () => Promise<R>): Promise<R> {
    try {
      return await call();
    } catch (error) {
      if (error instanceof CommunityError && error.code === 'not-found') {
        throw new CommunityError('not-set-up', `the list ${definition.title} is missing: open Settings and check the SharePoint lists`, { list: definition.title });
      }
      throw error;
    }
  }

  return {
    find,
    all: where => all(where as Readonly<Record<string, string>> | undefined),

    async create(value) {
      const fields = writeFields(value);
      try {
        const item = await graph.post<ListItem>(await items(), { fields });
        const row = readItem(item) ?? (await find(value.key));
        if (!row) throw new CommunityError('unavailable', `Graph created an item in ${definition.title} and does not return it`, { list: definition.title });
        return { created: true, row };
      } catch (error) {
        if (!(error instanceof CommunityError)) throw error;
        // The key column is unique: a second create is refused, whether it is a repeat or somebody was quicker.
        const twin = error.code === 'not-found' ? undefined : await find(value.key);
        if (twin) return { created: false, row: twin };
        return explained(() => Promise.reject(error));
      }
    },

    async update(read, value) {
      const fields = writeFields(value);
      try {
        const saved = await graph.patch<FieldValueSet & { '@odata.etag'?: string; Modified?: string }>(`${await items()}/${encodeURIComponent(read.id)}/fields`, fields, { ifMatch: read.etag });
        const etag = saved['@odata.etag'];
        if (!etag) throw new CommunityError('unavailable', `Graph saved item ${read.id} of ${definition.title} and gave no ETag`, { list: definition.title });
        return { id: read.id, etag, value, changedAt: saved.Modified ?? '' };
      } catch (error) {
        // An item deleted meanwhile has changed too: who reads again sees that it is gone.
        if (error instanceof CommunityError && (error.code === 'version-conflict' || error.code === 'not-found')) throw new VersionConflict(definition.title, read.id);
        throw error;
      }
    },

    async remove(read) {
      try {
        await graph.delete(`${await items()}/${encodeURIComponent(read.id)}`, { ifMatch: read.etag });
      } catch (error) {
        if (error instanceof CommunityError && error.code === 'not-found') return;
        if (error instanceof CommunityError && error.code === 'version-conflict') throw new VersionConflict(definition.title, read.id);
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
      return JSON.parse(String(raw));
    } catch {
      return undefined;
    }
  }
  return raw;
}

function writeField(column: Column<unknown>, value: unknown, where: string): unknown {
  const parsed = column.schema.safeParse(value);
  if (!parsed.success) {
    throw new CommunityError('invalid', `${where} cannot be saved: ${parsed.error.issues.map(issue => issue.message).join('; ')}`, { column: where });
  }
  if (parsed.data === null) return null;
  return column.facet === 'json' ? JSON.stringify(parsed.data) : parsed.data;
}

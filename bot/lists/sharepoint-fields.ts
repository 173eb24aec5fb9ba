import { isDeepStrictEqual } from 'node:util';
import type { ListItem, ListItemVersion } from '@microsoft/microsoft-graph-types';
import { CommunityError } from '../../domain/errors.ts';
import { cleanLine, cleanValue } from '../../domain/text.ts';
import type { Keyed, Stored, Version } from './list.ts';
import { columnName, type Column, type ListDefinition } from './model.ts';

/** The row that an item holds; undefined for one that somebody added or broke by hand: it is left alone. */
export function readItem<T extends Keyed>(definition: ListDefinition, item: ListItem): Stored<T> | undefined {
  const value = readFields<T>(definition, item);
  return value && { id: item.id ?? '', etag: etagOf(item), value, changedAt: item.lastModifiedDateTime ?? '' };
}

/** What a row said before; undefined where that cannot be read. */
export function readVersion<T extends Keyed>(
  definition: ListDefinition,
  version: ListItemVersion,
): Version<T> | undefined {
  const value = readFields<T>(definition, version);
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

interface WithFields {
  readonly fields?: unknown;
  readonly lastModifiedDateTime?: string | null;
}

function readFields<T extends Keyed>(definition: ListDefinition, item: WithFields): T | undefined {
  const fields = fieldsOf(item);
  const key = fields[columnName('key')];
  if (typeof key !== 'string' || key === '') return undefined;
  const value: Record<string, unknown> = { key };
  for (const [name, column] of Object.entries(definition.columns)) {
    const read = readField(column, fields[columnName(name)] ?? lostValue(column, key, item.lastModifiedDateTime));
    if (!read.success) return undefined;
    value[name] = read.data;
  }
  return value as unknown as T;
}

/**
 * The fields of an item that says this. Throws `invalid` for what the list cannot hold.
 *
 * @param before what the item says already; null for one that does not say anything. A column that the list may not have yet
 *   is left out where nothing changes in it; without this all are written
 */
export function writeFields<T extends Keyed>(
  definition: ListDefinition,
  value: T,
  before?: T | null,
): Record<string, unknown> {
  const fields: Record<string, unknown> = { Title: value.key.slice(0, 255), [columnName('key')]: value.key };
  const given = value as unknown as Record<string, unknown>;
  const said = before as Readonly<Record<string, unknown>> | null | undefined;
  for (const [name, column] of Object.entries(definition.columns)) {
    const untouched = said === null ? column.lost?.({ key: value.key }) : said?.[name];
    if (column.later && before !== undefined && isDeepStrictEqual(given[name], untouched)) continue;
    fields[columnName(name)] = writeField(column, given[name], `${definition.title}.${name}`);
  }
  return fields;
}

/** Whether a row says what was written. SharePoint keeps whole seconds. */
export function isSameRow<T extends Keyed>(definition: ListDefinition, row: T, written: T): boolean {
  const [stored, wanted] = [row, written] as unknown as readonly Readonly<Record<string, unknown>>[];
  return Object.entries(definition.columns).every(([name, { facet }]) => {
    if (facet !== 'moment') return isDeepStrictEqual(stored?.[name], wanted?.[name]);
    return String(stored?.[name]).slice(0, 19) === String(wanted?.[name]).slice(0, 19);
  });
}

export function fieldsOf({ fields }: WithFields): Readonly<Record<string, unknown>> {
  return (fields ?? {}) as Record<string, unknown>;
}

function lostValue(column: Column<unknown>, key: string, changedAt: string | null | undefined): unknown {
  if (column.optional) return undefined;
  const value = column.facet === 'moment' ? changedAt : column.lost?.({ key });
  return value !== undefined && column.facet === 'json' ? JSON.stringify(value) : value;
}

/** The key of an item; empty for one that has none, which is not ours. */
export function keyOf(item: ListItem): string {
  const key = fieldsOf(item)[columnName('key')];
  return typeof key === 'string' ? cleanLine(key) : '';
}

export function etagOf(item: ListItem): string {
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
  // SharePoint keeps whole seconds: what is written says the same as what is read afterwards.
  if (column.facet === 'moment') return String(parsed.data).replace(/\.\d+(?=Z$)/, '');
  return column.facet === 'json' ? JSON.stringify(parsed.data) : parsed.data;
}

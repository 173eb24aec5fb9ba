import { CommunityError } from '../../domain/errors.ts';
import type { Keyed } from './list.ts';
import type { Column, ListDefinition } from './model.ts';

/** SharePoint's limit for one line of text; keys of every list keep to it. */
const longestKey = 255;

/** Whether a key can be stored: PostgreSQL refuses NUL in any text. */
export function isKey(key: unknown): key is string {
  return typeof key === 'string' && key !== '' && key.length <= longestKey && !key.includes('\u0000');
}

/** A row as its columns keep it. @throws CommunityError `invalid` with what does not fit. */
export function writtenRow<T extends Keyed>(definition: ListDefinition, value: T): T {
  const { key, ...given } = value as { key: unknown } & Record<string, unknown>;
  if (!isKey(key))
    throw new CommunityError(
      'invalid',
      `a row of list ${definition.title} needs a key of 1 to ${longestKey} characters`,
    );
  const unknown = Object.keys(given).filter(column => !(column in definition.columns));
  if (unknown.length > 0)
    throw new CommunityError('invalid', `list ${definition.title} has no column ${unknown.join(', ')}`);
  const row: Record<string, unknown> = { key };
  for (const [name, column] of Object.entries(definition.columns)) {
    const result = column.schema.safeParse(given[name]);
    if (!result.success) {
      const where = `${definition.title}.${name}`;
      throw new CommunityError(
        'invalid',
        `${where} cannot be saved: ${result.error.issues.map(({ message }) => message).join('; ')}`,
        { column: where },
      );
    }
    row[name] = result.data;
  }
  return structuredClone(row) as unknown as T;
}

/** A row that was stored, perhaps before a column was added; undefined when it cannot be read. */
export function readRow<T extends Keyed>(definition: ListDefinition, key: string, stored: unknown): T | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const row: Record<string, unknown> = { key };
  for (const [name, column] of Object.entries(definition.columns)) {
    const result = column.schema.safeParse((stored as Record<string, unknown>)[name] ?? unset(column));
    if (!result.success) return undefined;
    row[name] = result.data;
  }
  return row as unknown as T;
}

/** What a column that was never set says, as in SharePoint. */
function unset(column: Column<unknown>): unknown {
  if (column.optional) return null;
  if (column.facet === 'text' || column.facet === 'note') return '';
  return column.facet === 'yesNo' ? false : undefined;
}

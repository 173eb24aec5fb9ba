import type { FieldValueSet, ListItem, ListItemVersion } from '@microsoft/microsoft-graph-types';
import { CommunityError } from '../../domain/errors.ts';
import type { Graph } from '../graph/client.ts';
import { endingsOf } from './ending.ts';
import { VersionConflict, type EndingList, type Keyed, type Stored, type Version } from './list.ts';
import { columnName, type ListDefinition } from './model.ts';
import { createColumnCheck, type ColumnCheck, type FoundInOrder } from './sharepoint-columns.ts';
import { etagOf, isSameRow, keyOf, readItem, readVersion, writeFields } from './sharepoint-fields.ts';

/** A list in SharePoint, and what it takes to call it. */
interface ListParts {
  readonly definition: ListDefinition;
  readonly graph: Graph;
  /** The path of its items. */
  readonly items: () => Promise<string>;
  readonly check: ColumnCheck;
}

/** `EndingList<T>` over Graph, which reads all of it to find what is over. The path of the list is asked at each call: it may be made anew meanwhile. */
export function createSharePointList<T extends Keyed>(
  definition: ListDefinition,
  graph: Graph,
  path: () => Promise<string>,
  inOrder: FoundInOrder = new Map(),
  unreadable: (keys: readonly string[]) => void = () => {},
): EndingList<T> {
  const check = createColumnCheck({ definition, graph, path, inOrder });
  const parts: ListParts = { definition, graph, items: async () => `${await path()}/items`, check };

  async function all(where: Readonly<Record<string, string>> = {}): Promise<readonly Stored<T>[]> {
    const found = await allItems(parts, where);
    const rows = found.flatMap(item => readItem<T>(definition, item) ?? []);
    // A row with our key that cannot be read was broken by hand; one without is somebody's own.
    if (Object.keys(where).length === 0) {
      const read = new Set(rows.map(({ id }) => id));
      unreadable(found.flatMap(item => (read.has(item.id ?? '') ? [] : [keyOf(item)])).filter(key => key !== ''));
    }
    return rows;
  }

  const find = async (key: string): Promise<Stored<T> | undefined> => (await all({ key }))[0];

  return {
    find,
    all: where => all(where as Readonly<Record<string, string>> | undefined),
    async create(value) {
      try {
        return { created: true, row: await post(parts, value, find) };
      } catch (error) {
        if (!(error instanceof CommunityError)) throw error;
        return settleCreate(parts, value, error);
      }
    },
    async update(read, value) {
      try {
        return await check.explained(() => patchUnlessGone(parts, read, value));
      } catch (error) {
        if (!(error instanceof CommunityError) || error.code !== 'version-conflict') throw error;
        const stored = mayBeDone(error) ? await find(value.key) : undefined;
        if (stored && isSameRow(definition, stored.value, value)) return stored;
        throw new VersionConflict(definition.title, read.id);
      }
    },
    async remove(read) {
      try {
        await graph.delete(`${await parts.items()}/${encodeURIComponent(read.id)}`, { ifMatch: read.etag });
      } catch (error) {
        if (error instanceof CommunityError && error.code === 'not-found') return;
        if (error instanceof CommunityError && error.code === 'version-conflict')
          throw new VersionConflict(definition.title, read.id);
        throw error;
      }
    },
    versions: (id, most) => versions(parts, id, most),
    ...endingsOf<T>(definition, all),
  };
}

async function allItems(
  { graph, items, check }: ListParts,
  where: Readonly<Record<string, string>>,
): Promise<readonly ListItem[]> {
  const filter = Object.entries(where)
    .map(([name, value]) => `fields/${columnName(name)} eq '${value.replaceAll("'", "''")}'`)
    .join(' and ');
  let next: string | undefined =
    `${await items()}?$expand=fields${filter ? `&$filter=${encodeURIComponent(filter)}` : ''}`;
  const found: ListItem[] = [];
  while (next) {
    const page: { value: ListItem[]; '@odata.nextLink'?: string } = await check.explained(() => graph.get(next!));
    found.push(...page.value);
    next = page['@odata.nextLink'];
  }
  await check.mustBeWhole(found);
  return found;
}

async function post<T extends Keyed>(
  { definition, graph, items }: ListParts,
  value: T,
  find: (key: string) => Promise<Stored<T> | undefined>,
): Promise<Stored<T>> {
  const item = await graph.post<ListItem>(await items(), { fields: writeFields(definition, value, null) });
  const row = readItem<T>(definition, item) ?? (await find(value.key));
  if (row) return row;
  throw new CommunityError('unavailable', `Graph created an item in ${definition.title} and does not return it`, {
    list: definition.title,
  });
}

/** The key column is unique: a second create is refused, whether it is a repeat or another server was quicker. */
async function settleCreate<T extends Keyed>(
  parts: ListParts,
  value: T,
  error: CommunityError,
): Promise<{ readonly created: boolean; readonly row: Stored<T> }> {
  const { definition, check } = parts;
  const twin = error.code === 'not-found' ? undefined : (await allItems(parts, { key: value.key }))[0];
  if (!twin) return check.explained(() => Promise.reject(error));
  const row = readItem<T>(definition, twin);
  // A twin that lost a column without which it cannot be read belongs to nobody any more; its key is needed.
  if (!row) return { created: true, row: await patch(parts, { id: twin.id ?? '', etag: etagOf(twin) }, value) };
  // Graph may do what it was asked and lose the answer: then the twin is this very row.
  return { created: mayBeDone(error) && isSameRow(definition, row.value, value), row };
}

async function patch<T extends Keyed>(
  { definition, graph, items }: ListParts,
  item: Pick<Stored<T>, 'id' | 'etag'> & { readonly value?: T },
  value: T,
): Promise<Stored<T>> {
  const saved = await graph.patch<FieldValueSet & { '@odata.etag'?: string; Modified?: string }>(
    `${await items()}/${encodeURIComponent(item.id)}/fields`,
    writeFields(definition, value, item.value),
    { ifMatch: item.etag },
  );
  const etag = saved['@odata.etag'];
  if (!etag)
    throw new CommunityError('unavailable', `Graph saved item ${item.id} of ${definition.title} and gave no ETag`, {
      list: definition.title,
    });
  return { id: item.id, etag, value, changedAt: saved.Modified ?? '' };
}

/** An item that was deleted meanwhile has changed, too: its reader reads again and sees that it is gone. */
async function patchUnlessGone<T extends Keyed>(
  parts: ListParts,
  read: Pick<Stored<T>, 'id' | 'etag'> & { readonly value?: T },
  value: T,
): Promise<Stored<T>> {
  try {
    return await patch(parts, read, value);
  } catch (error) {
    if (error instanceof CommunityError && error.code === 'not-found')
      throw new VersionConflict(parts.definition.title, read.id);
    throw error;
  }
}

async function versions<T extends Keyed>(
  { definition, graph, items }: ListParts,
  id: string,
  most: number,
): Promise<readonly Version<T>[]> {
  let next: string | undefined = `${await items()}/${encodeURIComponent(id)}/versions?$expand=fields`;
  const found: Version<T>[] = [];
  while (next && found.length < most) {
    const page: { value: ListItemVersion[]; '@odata.nextLink'?: string } = await graph.get(next);
    found.push(...page.value.flatMap(version => readVersion<T>(definition, version) ?? []));
    next = page['@odata.nextLink'];
  }
  return found.slice(0, most);
}

/** Whether a call that failed may have been done all the same. */
function mayBeDone(error: CommunityError): boolean {
  return error.code === 'unavailable' || error.details['resent'] === true;
}

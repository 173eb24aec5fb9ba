import type { ListItem } from '@microsoft/microsoft-graph-types';
import { CommunityError } from '../../domain/errors.ts';
import { countedBy, endOf, withEnd } from './ending.ts';
import type { EndingList, EndingPlace, Keyed, Stored } from './list.ts';
import type { ListCopy } from './mirror.ts';
import type { Item, Where } from './mirror-store.ts';
import { columnName, type ListDefinition } from './model.ts';
import { etagOf, fieldsOf, keyOf, readItem, writeFields } from './sharepoint-fields.ts';

export interface MirroredListParts<T extends Keyed> {
  readonly definition: ListDefinition;
  /** The list in SharePoint. */
  readonly list: EndingList<T>;
  readonly copy: ListCopy;
  readonly readRows: ReadRows;
  /** What tells it from all other lists, of all communities. */
  readonly name: string;
  /** Hears, whenever the whole list was read, which of its rows could not be. */
  readonly unreadable: (keys: readonly string[]) => void;
}

/** How many rows are kept as they were last read, of all lists together. */
const mostKept = 20_000;

/** What was last read from copies, each of one version: nothing is parsed or counted twice. */
export interface ReadRows {
  get<Row>(name: string, version: string): readonly Row[] | undefined;
  keep<Row>(name: string, version: string, rows: readonly Row[]): void;
}

export function createReadRows(most = mostKept): ReadRows {
  const known = new Map<string, { readonly version: string; readonly rows: readonly unknown[] }>();
  let count = 0;

  function drop(name: string): void {
    // One without rows has its place, too.
    count -= (known.get(name)?.rows.length ?? -1) + 1;
    known.delete(name);
  }

  return {
    get<Row>(name: string, version: string) {
      const found = known.get(name);
      if (found?.version !== version) return undefined;
      // Those that were not asked for the longest go first.
      known.delete(name);
      known.set(name, found);
      return found.rows as readonly Row[];
    },
    keep(name, version, rows) {
      drop(name);
      known.set(name, { version, rows });
      count += rows.length + 1;
      for (const oldest of known.keys()) {
        if (count <= most) return;
        drop(oldest);
      }
    },
  };
}

/** A list in SharePoint that is read from its copy. What is written reaches both. */
export function createMirroredList<T extends Keyed>(parts: MirroredListParts<T>): EndingList<T> {
  const { definition, list, copy, readRows, name, unreadable } = parts;

  /** What is asked for, read once for each version; `otherwise` where there is no copy. */
  async function once<Row>(
    asked: readonly unknown[],
    read: () => Promise<readonly Row[] | undefined>,
    otherwise: () => Promise<readonly Row[]>,
  ): Promise<readonly Row[]> {
    const version = await copy.version();
    if (version === undefined) return otherwise();
    const what = JSON.stringify([name, ...asked]);
    const known = readRows.get<Row>(what, version);
    if (known) return known;
    const rows = await read();
    if (!rows) return otherwise();
    readRows.keep(what, version, rows);
    return rows;
  }

  /** @param isAll whether a row that cannot be read would be among them, wherever it is */
  async function rowsOf(where: Where, isAll: boolean): Promise<readonly Stored<T>[] | undefined> {
    const items = await copy.items(where);
    if (!items) return undefined;
    const rows = items.map(item => readItem<T>(definition, listItemOf(item)));
    // A row with our key that cannot be read was broken by hand; one without is somebody's own.
    if (isAll) unreadable(items.flatMap((item, index) => (rows[index] || item.key === '' ? [] : [item.key])));
    return rows.filter(row => row !== undefined);
  }

  async function all(where: Readonly<Record<string, string>> = {}): Promise<readonly Stored<T>[]> {
    const { key, ...columns } = where;
    const marks = marksOf(definition, columns);
    return once(
      [key, marks],
      () => rowsOf({ key, marks }, Object.keys(where).length === 0),
      () => list.all(where as Parameters<typeof list.all>[0]),
    );
  }

  return {
    ...createWrittenThrough(parts),
    find: async key => (await all({ key }))[0],
    all: where => all(where as Readonly<Record<string, string>> | undefined),
    since: moment =>
      once(
        ['since', moment],
        () => rowsOf({ since: moment }, true),
        () => list.since(moment),
      ),
    // A page of what is long over is asked for once.
    async before(place: EndingPlace, most: number) {
      const rows =
        (await copy.version()) === undefined ? undefined : await rowsOf({ before: { ...place, most } }, false);
      return rows?.map(row => withEnd(definition, row)) ?? list.before(place, most);
    },
    countBefore: moment =>
      once(
        ['count', moment],
        () => copy.counts(moment),
        () => list.countBefore(moment),
      ),
  };
}

/** A list in SharePoint that is read there: what is written through it is taken over into the copy. */
export function createWrittenThrough<T extends Keyed>({
  definition,
  list,
  copy,
}: Pick<MirroredListParts<T>, 'definition' | 'list' | 'copy'>): EndingList<T> {
  const itemOf = (row: Stored<T>): Item => itemOfRow(definition, row);
  return {
    ...list,
    create: value =>
      copy.changing(
        () => list.create(value),
        ({ row }) => itemOf(row),
      ),
    update: (read, value) => copy.changing(() => list.update(read, value), itemOf),
    remove: read =>
      copy.changing(
        () => list.remove(read),
        () => ({ id: read.id, gone: true }),
      ),
  };
}

/** What an item of Graph says, as far as it is ours; one without our key is somebody's own, and nothing of it is kept. */
export function readMirroredItem(definition: ListDefinition, item: ListItem): Item {
  const key = keyOf(item);
  const said = fieldsOf(item);
  const names = key === '' ? [] : ['key', ...Object.keys(definition.columns)].map(columnName);
  const fields = Object.fromEntries(names.flatMap(name => (said[name] == null ? [] : [[name, said[name]]])));
  const row = definition.ended && readItem<Keyed>(definition, item);
  const ended = row && endOf(definition, row.value);
  return {
    id: item.id ?? '',
    // By this it is found: as SharePoint has it, not as it is shown.
    key: String(fields[columnName('key')] ?? '').toWellFormed(),
    marks: Object.entries(definition.columns).flatMap(([name, { indexed }]) =>
      indexed && fields[columnName(name)] !== undefined ? [mark(name, fields[columnName(name)])] : [],
    ),
    etag: etagOf(item),
    changedAt: item.lastModifiedDateTime ?? '',
    ...(row && ended != null ? { ended, ...countedIn(definition, row.value) } : {}),
    fields,
  };
}

function countedIn(definition: ListDefinition, row: Keyed): Pick<Item, 'counted'> {
  const counted = countedBy(definition, row);
  return counted === null ? {} : { counted };
}

function itemOfRow<T extends Keyed>(definition: ListDefinition, { id, etag, value, changedAt }: Stored<T>): Item {
  return readMirroredItem(definition, {
    id,
    eTag: etag,
    lastModifiedDateTime: changedAt,
    fields: writeFields(definition, value) as NonNullable<ListItem['fields']>,
  });
}

function listItemOf({ id, etag, changedAt, fields }: Item): ListItem {
  return { id, eTag: etag, lastModifiedDateTime: changedAt, fields };
}

/** SharePoint finds rows by a column with an index only, and so does its copy. */
function marksOf(definition: ListDefinition, columns: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(columns).map(([name, value]) => {
    if (definition.columns[name]?.indexed) return mark(name, value);
    throw new CommunityError('invalid', `rows of list ${definition.title} cannot be found by ${name}: it has no index`);
  });
}

function mark(name: string, value: unknown): string {
  return `${name}=${JSON.stringify(value)}`;
}

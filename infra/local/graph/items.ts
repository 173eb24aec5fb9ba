import type { Team } from '../directory.ts';
import { asObject, mustSayOnly, teamRoute, type Call, type Route, type TeamCall } from './call.ts';
import { operandOf } from './columns.ts';
import { problems } from './errors.ts';
import { compare, meets, readFilter, type Condition, type Operand, type Value } from './filter.ts';
import { actOf, listOf, withExpanded } from './lists.ts';
import { nextLink, option, readExpandOf, readSelect, readSkipToken, readTop, selected, type Expand } from './query.ts';
import type { Shapes } from './shapes.ts';
import type { SharePoint } from './sharepoint.ts';
import { labelOf, type StoredItem, type StoredList, type StoredVersion, type Wanted } from './stored.ts';

/** A query must not have to look at more rows than this. Exported for tests and for whoever wants to say it. */
export const listViewThreshold = 5000;
/** Microsoft publishes neither; clients must follow the next link whatever they are. */
const pageSizes = { usual: 200, most: 5000 };

/** Items of lists, their fields and their versions. */
export function itemRoutes({
  sharePoint,
  shapes,
  base,
}: {
  sharePoint: SharePoint;
  shapes: Shapes;
  base: string;
}): readonly Route[] {
  function itemOf(call: TeamCall): { readonly list: StoredList; readonly item: StoredItem } {
    const list = listOf(sharePoint, call);
    return { list, item: sharePoint.item(list, call.params['item'] ?? '') };
  }
  function versionOf(call: TeamCall): {
    readonly list: StoredList;
    readonly item: StoredItem;
    readonly version: StoredVersion;
  } {
    const { list, item } = itemOf(call);
    const version = sharePoint.versions(list, item).find(candidate => labelOf(candidate) === call.params['version']);
    if (!version) throw problems.itemNotFound('version');
    return { list, item, version };
  }
  function shownItem(team: Team, list: StoredList, item: StoredItem, expand: Expand | undefined): object {
    return { '@odata.context': `${base}/$metadata#listItems/$entity`, ...shapes.item(team, list, item, expand) };
  }

  return [
    teamRoute('GET', '/sites/{site}/lists/{list}/items', call => {
      const list = listOf(sharePoint, call);
      const { items, next } = pageOf(call, list, sharePoint.items(list));
      const fields = fieldsWanted(call);
      const names = withExpanded(call);
      return {
        status: 200,
        body: {
          '@odata.context': `${base}/$metadata#listItems`,
          ...(next === undefined ? {} : { '@odata.nextLink': nextLink(`${base}${call.path}`, call.query, next) }),
          value: items.map(item => selected(shapes.item(call.team, list, item, fields), names)),
        },
      };
    }),
    teamRoute('POST', '/sites/{site}/lists/{list}/items', call => {
      const list = listOf(sharePoint, call);
      mustSayOnly(asObject(call.body), ['fields']);
      const fields = asObject(asObject(call.body)?.['fields'] ?? {});
      if (!fields || !asObject(call.body)) throw problems.badArgument();
      const item = sharePoint.createItem(list, fields, actOf(call));
      return { status: 201, body: shownItem(call.team, list, item, allFields) };
    }),
    teamRoute('GET', '/sites/{site}/lists/{list}/items/delta', call => ({ status: 200, body: delta(call) })),
    teamRoute('GET', '/sites/{site}/lists/{list}/items/{item}', call => {
      const { list, item } = itemOf(call);
      return { status: 200, body: selected(shownItem(call.team, list, item, fieldsWanted(call)), withExpanded(call)) };
    }),
    teamRoute('PATCH', '/sites/{site}/lists/{list}/items/{item}', call => {
      const { list, item } = itemOf(call);
      mustSayOnly(asObject(call.body), ['fields']);
      const fields = asObject(asObject(call.body)?.['fields']);
      if (!fields) throw problems.badArgument();
      const changed = sharePoint.updateItem(list, item, fields, versionOfChange(call), actOf(call));
      return { status: 200, body: shownItem(call.team, list, changed, allFields) };
    }),
    teamRoute('DELETE', '/sites/{site}/lists/{list}/items/{item}', call => {
      const { list, item } = itemOf(call);
      sharePoint.removeItem(list, item, versionOfChange(call));
      return { status: 204 };
    }),
    teamRoute('GET', '/sites/{site}/lists/{list}/items/{item}/fields', call => {
      const { list, item } = itemOf(call);
      return { status: 200, body: shapes.fields(list, item, item, readSelect(option(call.query, 'select'))) };
    }),
    teamRoute('PATCH', '/sites/{site}/lists/{list}/items/{item}/fields', call => {
      const { list, item } = itemOf(call);
      const fields = asObject(call.body);
      if (!fields) throw problems.badArgument();
      const changed = sharePoint.updateItem(list, item, fields, versionOfChange(call), actOf(call));
      return { status: 200, body: shapes.fields(list, changed, changed) };
    }),

    teamRoute('GET', '/sites/{site}/lists/{list}/items/{item}/versions', call => {
      const { list, item } = itemOf(call);
      const withFields = fieldsWanted(call) !== undefined;
      return {
        status: 200,
        body: {
          value: sharePoint.versions(list, item).map(version => shapes.version(list, item, version, withFields)),
        },
      };
    }),
    teamRoute('GET', '/sites/{site}/lists/{list}/items/{item}/versions/{version}', call => {
      const { list, item, version } = versionOf(call);
      return { status: 200, body: shapes.version(list, item, version, fieldsWanted(call) !== undefined) };
    }),
    teamRoute('GET', '/sites/{site}/lists/{list}/items/{item}/versions/{version}/fields', call => {
      const { list, item, version } = versionOf(call);
      return { status: 200, body: shapes.fields(list, item, version, readSelect(option(call.query, 'select'))) };
    }),
    teamRoute('POST', '/sites/{site}/lists/{list}/items/{item}/versions/{version}/restoreVersion', call => {
      const { list, item, version } = versionOf(call);
      sharePoint.restore(list, item, version, actOf(call));
      return { status: 204 };
    }),
  ];

  /** What changed since a token; without one, everything there is. One page at a time, then a link for later. */
  function delta(call: TeamCall): object {
    const list = listOf(sharePoint, call);
    const fields = fieldsWanted(call);
    const url = `${base}${call.path}`;
    const rest = new URLSearchParams(
      [...call.query].filter(([name]) => !['token', 'skiptoken'].includes(name.replace(/^\$/, ''))),
    );
    const { reached } = sharePoint.changes(list, Number.MAX_SAFE_INTEGER);
    const token = option(call.query, 'token');
    const from =
      readSkipToken(call.query)?.get('after') ?? (token === undefined ? null : changeOf(list, token, reached));
    if (from === undefined || !(Number(from) <= reached)) throw problems.resync(`${url}?${rest.toString()}`);

    const { changes } = sharePoint.changes(list, from === null ? null : Number(from));
    const page = changes.slice(0, readTop(call.query, pageSizes.usual, pageSizes.most));
    const last = page.at(-1);
    // The next page starts after the last change of this one: what changes in between comes again, and nothing is left
    // out.
    const link =
      last && page.length < changes.length
        ? { '@odata.nextLink': nextLink(url, rest, { after: String(last.at) }) }
        : {
            '@odata.deltaLink': `${url}?${new URLSearchParams([...rest, ['token', tokenOf(list, reached)]]).toString()}`,
          };
    return {
      '@odata.context': `${base}/$metadata#Collection(listItem)`,
      ...link,
      value: page.map(change =>
        'item' in change
          ? shapes.item(call.team, list, change.item, fields)
          : shapes.deleted(call.team, list, change.deleted),
      ),
    };
  }
}

/** A token is of one list, and worth nothing once its list has forgotten what changed. */
function tokenOf({ id, forgotten = 0 }: StoredList, reached: number): string {
  return Buffer.from(`1;3;${id};${forgotten};${reached}`).toString('base64url');
}

/** Where it stands among the changes of its list; undefined when that is no longer known, or never was. */
function changeOf(list: StoredList, token: string, reached: number): string | undefined {
  if (token === 'latest') return String(reached);
  const change = /(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  return change !== undefined && Number(change) <= reached && token === tokenOf(list, Number(change))
    ? change
    : undefined;
}

function versionOfChange({ headers, arrivedAt }: Call): Wanted {
  return { ifMatch: headers['if-match'], arrivedAt };
}

const allFields: Expand = { name: 'fields', select: undefined, expand: [] };

function fieldsWanted(call: Call): Expand | undefined {
  return readExpandOf(call.query, 'listItem', ['fields']).find(part => part.name === 'fields');
}

/** The items that a query wants, one page of them, and where the next page starts. */
function pageOf(
  call: Call,
  list: StoredList,
  all: readonly StoredItem[],
): { readonly items: readonly StoredItem[]; readonly next: Readonly<Record<string, string>> | undefined } {
  const conditions = conditionsOf(call);
  const order = readOrder(call);
  const operands = new Map(
    [...conditions.map(({ path }) => path), ...(order ? [order.path] : [])].map(path => [
      path,
      operand(call, list, all, path),
    ]),
  );
  const kindOf = (path: string): Operand['kind'] => operands.get(path)?.kind ?? 'text';

  // Only one index can be used: that of the first condition. What it leaves must be few enough to look at for the
  // others.
  const meetsOne = (item: StoredItem, condition: Condition): boolean =>
    meets(valueOf(item, condition.path), condition, kindOf(condition.path));
  const [first, ...others] = conditions;
  const narrowed = first ? all.filter(item => meetsOne(item, first)) : all;
  if (first && narrowed.length > listViewThreshold) throw problems.aboveThreshold();
  const found =
    others.length > 0 ? narrowed.filter(item => others.every(condition => meetsOne(item, condition))) : narrowed;

  const inOrder = (a: StoredItem, b: StoredItem): number =>
    (order ? order.direction * compare(valueOf(a, order.path), valueOf(b, order.path), kindOf(order.path)) : 0) ||
    a.id - b.id;
  const sorted = order ? [...found].sort(inOrder) : found;

  function isAfter(item: StoredItem, place: URLSearchParams): boolean {
    const difference = order
      ? order.direction * compare(valueOf(item, order.path), place.get('p_Value') ?? undefined, kindOf(order.path))
      : 0;
    return (difference || item.id - Number(place.get('p_ID'))) > 0;
  }
  const place = readSkipToken(call.query);
  const from = place ? sorted.findIndex(item => isAfter(item, place)) : 0;
  if (from < 0) return { items: [], next: undefined };
  const size = readTop(call.query, pageSizes.usual, pageSizes.most);
  const items = sorted.slice(from, from + size);
  const last = items.at(-1);
  if (!last || from + size >= sorted.length) return { items, next: undefined };
  const value = order && valueOf(last, order.path);
  return { items, next: { p_ID: String(last.id), ...(value === undefined ? {} : { p_Value: String(value) }) } };
}

function conditionsOf(call: Call): readonly Condition[] {
  const text = option(call.query, 'filter');
  return text === undefined ? [] : readFilter(text);
}

function readOrder(call: Call): { readonly path: string; readonly direction: 1 | -1 } | undefined {
  const text = option(call.query, 'orderby');
  if (text === undefined) return undefined;
  const match = /^\s*([\w/]+)(?:\s+(asc|desc))?\s*$/i.exec(text);
  if (!match) throw problems.badExpression(text);
  return { path: match[1] ?? '', direction: match[2]?.toLowerCase() === 'desc' ? -1 : 1 };
}

/** What a filter or an order speaks of. Throws when it does not exist or would need a scan that nobody asked for. */
function operand(call: Call, list: StoredList, all: readonly StoredItem[], path: string): Operand {
  if (path === 'id' || path === 'fields/id' || path === 'fields/ID') return { path, kind: 'number' };
  const own = itemProperties[path];
  const column = list.columns.find(candidate => path === `fields/${candidate.name}`);
  if (own === undefined && !column)
    throw path.startsWith('fields/')
      ? problems.unknownField(path.slice('fields/'.length))
      : problems.badExpression(path);

  if (!column?.indexed) {
    const prefer = call.headers['prefer'] ?? '';
    if (!prefer.toLowerCase().includes('honornonindexedquerieswarningmayfailrandomly'))
      throw problems.notIndexed(own ?? path.slice('fields/'.length));
    if (all.length > listViewThreshold) throw problems.aboveThreshold();
  }
  return column ? operandOf(column) : { path, kind: 'moment' };
}

/** Properties that are kept in columns without an index, and those columns. */
const itemProperties: Readonly<Record<string, string>> = {
  createdDateTime: 'Created',
  lastModifiedDateTime: 'Modified',
  'fields/Created': 'Created',
  'fields/Modified': 'Modified',
};

function valueOf(item: StoredItem, path: string): Value | undefined {
  if (path === 'id' || path === 'fields/id' || path === 'fields/ID') return item.id;
  if (itemProperties[path] === 'Created') return item.created;
  if (itemProperties[path] === 'Modified') return item.modified;
  return item.values[path.slice('fields/'.length)];
}

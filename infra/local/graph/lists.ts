import { asObject, mustSayOnly, teamRoute, type Call, type Route, type TeamCall } from './call.ts';
import { shownColumn } from './columns.ts';
import { problems } from './errors.ts';
import { meets, readFilter } from './filter.ts';
import { countedPage, option, readExpand, readExpandOf, readSelect, selected } from './query.ts';
import type { Shapes } from './shapes.ts';
import type { SharePoint } from './sharepoint.ts';
import { actorOf, type Act, type StoredList } from './stored.ts';

const pageOfLists = { usual: 200, most: 5000 };
const listParts = ['columns', 'items'];

/** Lists and their columns. */
export function listRoutes({
  sharePoint,
  shapes,
  base,
}: {
  sharePoint: SharePoint;
  shapes: Shapes;
  base: string;
}): readonly Route[] {
  function collection(call: Call, name: string, value: readonly object[], link: object): object {
    return {
      '@odata.context': `${base}/$metadata#${name}`,
      ...link,
      value: value.map(entity => selected(entity, withExpanded(call))),
    };
  }

  return [
    teamRoute('GET', '/sites/{site}/lists', call => {
      const conditions = readFilterOfLists(call);
      const expand = readExpandOf(call.query, 'list', listParts);
      const all = sharePoint
        .lists(call.team.id)
        .filter(list => conditions.every(condition => meets(list.displayName, condition, 'text')));
      const { rows, link } = countedPage(all, call.query, `${base}${call.path}`, pageOfLists);
      return {
        status: 200,
        body: collection(
          call,
          'lists',
          rows.map(list => shapes.list(call.team, list, expand)),
          link,
        ),
      };
    }),
    teamRoute('POST', '/sites/{site}/lists', call => {
      const body = asObject(call.body);
      mustSayOnly(body, ['displayName', 'description', 'columns', 'list']);
      mustSayOnly(asObject(body?.['list']), ['template']);
      const displayName = body?.['displayName'];
      const columns = body?.['columns'] ?? [];
      const template = asObject(body?.['list'])?.['template'] ?? 'genericList';
      if (typeof displayName !== 'string' || displayName.trim() === '' || !Array.isArray(columns))
        throw problems.badArgument();
      if (template !== 'genericList')
        throw problems.notSupported(
          `Local SharePoint makes lists of the template genericList, not ${String(template)}.`,
        );
      const description = typeof body?.['description'] === 'string' ? body['description'] : '';
      const list = sharePoint.createList(call.team.id, { displayName, description, template, columns }, actOf(call));
      return {
        status: 201,
        body: { '@odata.context': `${base}/$metadata#lists/$entity`, ...shapes.list(call.team, list, []) },
      };
    }),
    teamRoute('GET', '/sites/{site}/lists/{list}', call => {
      const list = shapes.list(call.team, listOf(sharePoint, call), readExpandOf(call.query, 'list', listParts));
      return {
        status: 200,
        body: { '@odata.context': `${base}/$metadata#lists/$entity`, ...selected(list, withExpanded(call)) },
      };
    }),
    teamRoute('PATCH', '/sites/{site}/lists/{list}', call => {
      const body = asObject(call.body);
      if (!body) throw problems.badArgument();
      mustSayOnly(body, ['displayName', 'description']);
      const { displayName, description } = body;
      const change = {
        ...(typeof displayName === 'string' ? { displayName } : {}),
        ...(typeof description === 'string' ? { description } : {}),
      };
      const list = sharePoint.changeList(listOf(sharePoint, call), change, actOf(call));
      return {
        status: 200,
        body: { '@odata.context': `${base}/$metadata#lists/$entity`, ...shapes.list(call.team, list, []) },
      };
    }),

    teamRoute('GET', '/sites/{site}/lists/{list}/columns', call => {
      const list = listOf(sharePoint, call);
      return { status: 200, body: collection(call, `lists('${list.id}')/columns`, list.columns.map(shownColumn), {}) };
    }),
    teamRoute('POST', '/sites/{site}/lists/{list}/columns', call => ({
      status: 201,
      body: shownColumn(sharePoint.addColumn(listOf(sharePoint, call), call.body, actOf(call))),
    })),
    teamRoute('GET', '/sites/{site}/lists/{list}/columns/{column}', call => ({
      status: 200,
      body: shownColumn(sharePoint.column(listOf(sharePoint, call), call.params['column'] ?? '')),
    })),
    teamRoute('PATCH', '/sites/{site}/lists/{list}/columns/{column}', call => {
      const list = listOf(sharePoint, call);
      return {
        status: 200,
        body: shownColumn(
          sharePoint.changeColumn(list, sharePoint.column(list, call.params['column'] ?? ''), call.body, actOf(call)),
        ),
      };
    }),
    teamRoute('DELETE', '/sites/{site}/lists/{list}/columns/{column}', call => {
      const list = listOf(sharePoint, call);
      sharePoint.removeColumn(list, sharePoint.column(list, call.params['column'] ?? ''), actOf(call));
      return { status: 204 };
    }),
  ];
}

export function listOf(sharePoint: SharePoint, call: TeamCall): StoredList {
  return sharePoint.list(call.team.id, call.params['list'] ?? '');
}

export function actOf(call: Call): Act {
  return { actor: actorOf(call.user), now: call.now };
}

/** What `$select` names, and what `$expand` added. */
export function withExpanded(call: Call): readonly string[] | undefined {
  const names = readSelect(option(call.query, 'select'));
  return names && [...names, ...readExpand(option(call.query, 'expand')).map(part => part.name)];
}

function readFilterOfLists(call: Call): ReturnType<typeof readFilter> {
  const text = option(call.query, 'filter');
  const conditions = text === undefined ? [] : readFilter(text);
  const other = conditions.find(({ path }) => path !== 'displayName' && path !== 'name');
  if (other) throw problems.badExpression(other.path);
  return conditions;
}

import { z } from 'zod';
import { Impossible } from '../connector/index.ts';
import type { Directory } from '../directory.ts';
import type { ByHand } from '../graph/by-hand.ts';
import type { StoredColumn } from '../graph/columns.ts';
import { GraphError } from '../graph/errors.ts';
import type { StoredItem, StoredList } from '../graph/stored.ts';
import { samplePeople, sampleTeam } from '../sample-people.ts';
import { call, post, type Call } from './call.ts';
import type { ListColumnView, ListRowView, ListView } from './views.ts';

const Id = z.string().min(1).max(200);
const Edit = z.object({ team: Id, list: Id, user: Id });
/** As a form sends it; null empties a field. */
const Fields = z.record(z.string().max(200), z.union([z.string().max(64_000), z.number(), z.boolean(), z.null()]));

const team = sampleTeam.id;
const [priya] = samplePeople.map(person => person.id);

/** SharePoint's own pages of a team's lists: what is in them, and what somebody edits there by hand. */
export function listCalls(
  directory: Pick<Directory, 'team' | 'user'>,
  byHand: Pick<ByHand, 'lists' | 'rows' | 'saveRow' | 'deleteRow'>,
  announce: () => void,
): readonly Call[] {
  /** Does it as somebody who may, and says in SharePoint's words why it cannot be done. */
  function edit(of: z.infer<typeof Edit>, act: (row: { teamId: string; list: string; by: string }) => void): void {
    if (!directory.team(of.team)?.members.some(({ userId }) => userId === of.user))
      throw new Impossible('SharePoint shows the lists of a team to its members alone.');
    try {
      act({ teamId: of.team, list: of.list, by: of.user });
    } catch (error) {
      if (error instanceof GraphError) throw new Impossible(error.message);
      throw error;
    }
    announce();
  }

  return [
    call({
      method: 'GET',
      path: `lists?team=${team}`,
      about: 'The lists of a team’s SharePoint site, with their columns and rows',
      query: z.object({ team: Id }),
      run({ team: of }) {
        if (!directory.team(of)) throw new Impossible(`There is no team ${of} in the local tenant.`);
        return { lists: byHand.lists(of).map(list => viewOf(list, byHand.rows(of, list.id))) };
      },
    }),
    post(
      'row',
      'Somebody edits a row of a list by hand in SharePoint, or adds one when the row is null',
      Edit.extend({ row: Id.nullable(), fields: Fields }),
      { team, user: priya, list: 'CoP Actions', row: '1', fields: { Title: 'Book the small room' } },
      ({ row, fields, ...of }) => edit(of, where => byHand.saveRow({ ...where, row, fields })),
    ),
    post(
      'delete-row',
      'Somebody deletes a row of a list by hand in SharePoint',
      Edit.extend({ row: Id }),
      { team, user: priya, list: 'CoP Actions', row: '1' },
      ({ row, ...of }) => edit(of, where => byHand.deleteRow({ ...where, row })),
    ),
  ];
}

function viewOf({ id, displayName, description, columns }: StoredList, rows: readonly StoredItem[]): ListView {
  return {
    id,
    name: displayName,
    description,
    columns: columns.filter(({ hidden }) => !hidden).map(columnOf),
    rows: rows.map(
      (row): ListRowView => ({
        id: String(row.id),
        values: row.values,
        modified: row.modified,
        modifiedBy: row.modifiedBy.user?.displayName ?? null,
      }),
    ),
  };
}

function columnOf({ name, displayName, facet, settings }: StoredColumn): ListColumnView {
  return {
    name,
    title: displayName,
    kind: facet === 'text' && settings['allowMultipleLines'] === true ? 'lines' : facet,
    choices: z.array(z.string()).catch([]).parse(settings['choices']),
  };
}

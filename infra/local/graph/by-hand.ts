import type { Directory } from '../directory.ts';
import type { SharePoint } from './sharepoint.ts';
import { actorOf, type StoredItem, type StoredList } from './stored.ts';

/** What somebody with the rights does to a list in SharePoint's own pages. The list is named by its id or its title. */
export interface ByHand {
  /** Also what a translated site does: the title is another, the list the same. */
  renameList(teamId: string, list: string, title: string): void;
  /** Switches versions on or off, which Graph cannot. */
  setVersioning(teamId: string, list: string, on: boolean): void;
  /** As time does: what changed until now can no longer be asked for, and Graph says so with 410. */
  forgetChanges(teamId: string, list: string): void;
  /** Changes a column: `{ indexed: false, enforceUniqueValues: false }`. */
  changeColumn(teamId: string, list: string, column: string, change: object): void;
  /** The lists of a team's site, in the order in which they were made, and the rows of one. */
  lists(teamId: string): readonly StoredList[];
  rows(teamId: string, list: string): readonly StoredItem[];
  /** Writes fields of a row, or of a new one when it is null, as this person, whatever the row has become. */
  saveRow(edit: RowByHand & { readonly row: string | null; readonly fields: Readonly<Record<string, unknown>> }): void;
  deleteRow(edit: RowByHand & { readonly row: string }): void;
}

interface RowByHand {
  readonly teamId: string;
  readonly list: string;
  /** Who does it: somebody of the tenant. */
  readonly by: string;
}

export function createByHand({
  directory,
  sharePoint,
  now,
}: {
  directory: Directory;
  sharePoint: SharePoint;
  now: () => Date;
}): ByHand {
  function found(teamId: string, list: string): StoredList {
    if (!directory.team(teamId)) throw new Error(`no team ${teamId} in the local tenant`);
    return sharePoint.list(teamId, list);
  }
  const act = () => ({ actor: { user: null }, now: now() });

  return {
    renameList: (teamId, list, displayName) => void sharePoint.changeList(found(teamId, list), { displayName }, act()),
    setVersioning: (teamId, list, versioning) => void sharePoint.changeList(found(teamId, list), { versioning }, act()),
    forgetChanges(teamId, list) {
      const stored = found(teamId, list);
      sharePoint.changeList(stored, { forgotten: (stored.forgotten ?? 0) + 1 }, act());
    },
    changeColumn(teamId, list, column, change) {
      const stored = found(teamId, list);
      sharePoint.changeColumn(stored, sharePoint.column(stored, column), change, act());
    },
    lists: teamId => sharePoint.lists(teamId),
    rows: (teamId, list) => sharePoint.items(found(teamId, list)),
    saveRow({ teamId, list, by, row, fields }) {
      const stored = found(teamId, list);
      const edit = { actor: actorOf(directory.user(by) ?? null), now: now() };
      if (row === null) sharePoint.createItem(stored, fields, edit);
      else sharePoint.updateItem(stored, sharePoint.item(stored, row), fields, { ifMatch: '*' }, edit);
    },
    deleteRow({ teamId, list, row }) {
      const stored = found(teamId, list);
      sharePoint.removeItem(stored, sharePoint.item(stored, row), { ifMatch: '*' });
    },
  };
}

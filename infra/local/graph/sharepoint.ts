import { randomUUID } from 'node:crypto';
import { tenant } from '../directory.ts';
import type { Store } from '../store.ts';
import { wholeSeconds } from './call.ts';
import { changedColumn, mustBeXml, newColumn, titleColumn, type StoredColumn } from './columns.ts';
import { problems } from './errors.ts';
import type { Oddities } from './oddities.ts';
import type { Act, Actor, StoredList } from './stored.ts';
import { openItems, type Items } from './stored-items.ts';

/**
 * The lists of all sites. Everything here is synchronous: what one call reads, no other call can change before it
 * writes.
 */
export interface SharePoint extends Items {
  lists(teamId: string): readonly StoredList[];
  /** By id or by title. Throws when there is none. */
  list(teamId: string, idOrTitle: string): StoredList;
  createList(
    teamId: string,
    definition: {
      readonly displayName: string;
      readonly description: string;
      readonly template: string;
      readonly columns: readonly unknown[];
    },
    act: Act,
  ): StoredList;
  /** Throws when another list of the site is called so. */
  changeList(
    list: StoredList,
    change: Partial<Pick<StoredList, 'displayName' | 'description' | 'versioning' | 'forgotten'>>,
    act: Act,
  ): StoredList;
  addColumn(list: StoredList, definition: unknown, act: Act): StoredColumn;
  column(list: StoredList, idOrName: string): StoredColumn;
  changeColumn(list: StoredList, column: StoredColumn, definition: unknown, act: Act): StoredColumn;
  removeColumn(list: StoredList, column: StoredColumn, act: Act): void;
  /** SharePoint's own number for a person, or for the app when null, in one site. */
  lookupId(teamId: string, actor: Actor): string;
}

/** @param changed hears of each list in which an item was made, changed or deleted */
export function openSharePoint(
  store: Store,
  oddities: Pick<Oddities, 'columnsToLose'>,
  changed: (list: StoredList) => void,
): SharePoint {
  const lists = store.collection<StoredList>('graph.lists');
  const items = openItems(store, changed);

  function listsOf(teamId: string): readonly StoredList[] {
    return lists.where('teamId', teamId);
  }

  function putColumns(list: StoredList, columns: readonly StoredColumn[], { actor, now }: Act): void {
    lists.put(list.id, { ...list, columns, modified: wholeSeconds(now), modifiedBy: actor, version: list.version + 1 });
  }

  return {
    ...items,
    lists: listsOf,
    list(teamId, idOrTitle) {
      const wanted = idOrTitle.toLowerCase();
      const found = listsOf(teamId).find(list => list.id === wanted || list.displayName.toLowerCase() === wanted);
      if (!found) throw problems.itemNotFound('list');
      return found;
    },
    createList(teamId, { displayName, description, template, columns: definitions }, { actor, now }) {
      if (listsOf(teamId).some(list => list.displayName.toLowerCase() === displayName.toLowerCase()))
        throw problems.nameAlreadyExists();
      mustBeXml(displayName + description);
      const all = [titleColumn];
      for (const definition of definitions) all.push(newColumn(definition, all));
      const columns = all.slice(0, Math.max(1, all.length - oddities.columnsToLose()));
      const at = wholeSeconds(now);
      const list: StoredList = {
        id: randomUUID(),
        teamId,
        displayName,
        name: displayName,
        description,
        template,
        columns,
        versioning: true,
        created: at,
        modified: at,
        createdBy: actor,
        modifiedBy: actor,
        version: 1,
      };
      lists.put(list.id, list);
      return list;
    },
    changeList(list, change, { actor, now }) {
      const { displayName = list.displayName } = change;
      mustBeXml(displayName + (change.description ?? ''));
      const taken = listsOf(list.teamId).some(
        other => other.id !== list.id && other.displayName.toLowerCase() === displayName.toLowerCase(),
      );
      if (taken) throw problems.nameAlreadyExists();
      const changed = {
        ...list,
        ...change,
        modified: wholeSeconds(now),
        modifiedBy: actor,
        version: list.version + 1,
      };
      lists.put(list.id, changed);
      return changed;
    },
    addColumn(list, definition, act) {
      const column = newColumn(definition, list.columns);
      putColumns(list, [...list.columns, column], act);
      return column;
    },
    column(list, idOrName) {
      const found = list.columns.find(column => column.id === idOrName.toLowerCase() || column.name === idOrName);
      if (!found) throw problems.itemNotFound('column');
      return found;
    },
    changeColumn(list, column, definition, act) {
      const others = list.columns.filter(other => other.id !== column.id);
      const after = changedColumn(column, definition, others);
      const values = items
        .items(list)
        .flatMap(item => item.values[column.name] ?? [])
        .map(value => String(value).toLowerCase());
      if (after.unique && !column.unique && new Set(values).size < values.length) throw problems.duplicate();
      putColumns(
        list,
        list.columns.map(other => (other.id === column.id ? after : other)),
        act,
      );
      return after;
    },
    removeColumn(list, column, act) {
      if (column.name === titleColumn.name) throw problems.invalid('The column Title cannot be deleted.');
      store.together(() => {
        putColumns(
          list,
          list.columns.filter(other => other.id !== column.id),
          act,
        );
        items.dropField(list, column.name);
      });
    },

    lookupId(teamId, actor) {
      const people = store.collection<number>(`graph.site-users.${teamId}`);
      const key = actor.user?.id ?? tenant.appId;
      const known = people.get(key) ?? people.next();
      if (people.get(key) === undefined) people.put(key, known);
      return String(known);
    },
  };
}

import { randomUUID } from 'node:crypto';
import { tenant } from '../directory.ts';
import type { Collection, Store } from '../store.ts';
import { wholeSeconds } from './call.ts';
import {
  builtInFields,
  changedColumn,
  keptValue,
  mustBeXml,
  newColumn,
  titleColumn,
  type StoredColumn,
} from './columns.ts';
import { problems } from './errors.ts';
import type { Value } from './filter.ts';
import type { Oddities } from './oddities.ts';
import {
  etagOf,
  keepsVersions,
  type Act,
  type Actor,
  type Change,
  type StoredItem,
  type StoredList,
  type StoredVersion,
  type Values,
  type Wanted,
} from './stored.ts';

/**
 * The lists of all sites. Everything here is synchronous: what one call reads, no other call can change before it
 * writes.
 */
export interface SharePoint {
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
    change: Partial<Pick<StoredList, 'displayName' | 'description' | 'versioning'>>,
    act: Act,
  ): StoredList;
  addColumn(list: StoredList, definition: unknown, act: Act): StoredColumn;
  column(list: StoredList, idOrName: string): StoredColumn;
  changeColumn(list: StoredList, column: StoredColumn, definition: unknown, act: Act): StoredColumn;
  removeColumn(list: StoredList, column: StoredColumn, act: Act): void;
  /** In the order of their ids. */
  items(list: StoredList): readonly StoredItem[];
  item(list: StoredList, id: string): StoredItem;
  createItem(list: StoredList, fields: Readonly<Record<string, unknown>>, act: Act): StoredItem;
  updateItem(
    list: StoredList,
    item: StoredItem,
    fields: Readonly<Record<string, unknown>>,
    wanted: Wanted,
    act: Act,
  ): StoredItem;
  removeItem(list: StoredList, item: StoredItem, wanted: Wanted): void;
  /** Newest first. */
  versions(list: StoredList, item: StoredItem): readonly StoredVersion[];
  restore(list: StoredList, item: StoredItem, version: StoredVersion, act: Act): void;
  /** What changed after this point, oldest change first, and the point reached now. */
  changes(list: StoredList, after: number): { readonly changes: readonly Change[]; readonly reached: number };
  /** SharePoint's own number for a person, or for the app when null, in one site. */
  lookupId(teamId: string, actor: Actor): string;
}

/** How many versions of an item a list keeps when nobody has said otherwise. */
const versionsKept = 50;

export function openSharePoint(store: Store, oddities: Pick<Oddities, 'columnsToLose'>): SharePoint {
  const lists = store.collection<StoredList>('graph.lists');
  /** The number of the last change of each list. */
  const reached = store.collection<number>('graph.reached');

  function itemsOf(list: StoredList): Collection<StoredItem> {
    return store.collection(`graph.items.${list.id}`);
  }
  function versionsOf(list: StoredList): Collection<StoredVersion> {
    return store.collection(`graph.versions.${list.id}`);
  }
  function deletedOf(list: StoredList): Collection<{ readonly change: number }> {
    return store.collection(`graph.deleted.${list.id}`);
  }
  function nextChange(list: StoredList): number {
    const change = deletedOf(list).next();
    reached.put(list.id, change);
    return change;
  }

  function listsOf(teamId: string): readonly StoredList[] {
    return lists.where('teamId', teamId);
  }

  function putColumns(list: StoredList, columns: readonly StoredColumn[], { actor, now }: Act): void {
    lists.put(list.id, { ...list, columns, modified: wholeSeconds(now), modifiedBy: actor, version: list.version + 1 });
  }

  function checkMatch(item: StoredItem, { ifMatch = '*', arrivedAt }: Wanted): void {
    if (ifMatch.trim() === '*') {
      if (arrivedAt !== undefined && arrivedAt !== etagOf(item)) throw problems.saveConflict();
    } else if (ifMatch.trim() !== etagOf(item)) throw problems.changedSince();
  }

  /**
   * The values after writing these fields over them. Throws for a field that is not there, read-only or of another
   * kind.
   */
  function written(list: StoredList, before: Values, fields: Readonly<Record<string, unknown>>): Values {
    const after: Record<string, Value> = { ...before };
    for (const [name, given] of Object.entries(fields)) {
      if (name.includes('@')) continue;
      if (builtInFields.has(name)) throw problems.readOnlyField(name);
      const column = list.columns.find(candidate => candidate.name === name);
      if (!column) throw problems.unknownField(name);
      const value = keptValue(column, given);
      if (value === undefined) delete after[name];
      else after[name] = value;
    }
    return after;
  }

  function checkUnique(list: StoredList, values: Values, except: number | null): void {
    for (const { name } of list.columns.filter(column => column.unique)) {
      const value = values[name];
      if (value === undefined) continue;
      const text = String(value).toLowerCase();
      for (const item of itemsOf(list).values()) {
        const other = item.values[name];
        if (item.id !== except && other !== undefined && String(other).toLowerCase() === text)
          throw problems.duplicate();
      }
    }
  }

  function keep(list: StoredList, item: StoredItem): StoredItem {
    const { number, label = number, values, modified, modifiedBy } = item;
    itemsOf(list).put(String(item.id), item);
    versionsOf(list).put(`${item.id}/${number}`, { number, label, values, modified, modifiedBy });
    versionsOf(list).delete(`${item.id}/${number - (keepsVersions(list) ? versionsKept : 1)}`);
    return item;
  }

  function change(list: StoredList, item: StoredItem, values: Values, { actor, now }: Act): StoredItem {
    return keep(list, {
      ...item,
      values,
      number: item.number + 1,
      label: (item.label ?? item.number) + (keepsVersions(list) ? 1 : 0),
      modified: wholeSeconds(now),
      modifiedBy: actor,
      change: nextChange(list),
    });
  }

  return {
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
      const values = itemsOf(list)
        .values()
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
        for (const item of itemsOf(list).values()) {
          const { [column.name]: gone, ...values } = item.values;
          if (gone !== undefined) itemsOf(list).put(String(item.id), { ...item, values });
        }
      });
    },

    items: list => itemsOf(list).values(),
    item(list, id) {
      const found = /^\d+$/.test(id) ? itemsOf(list).get(String(Number(id))) : undefined;
      if (!found) throw problems.itemNotFound('item');
      return found;
    },
    createItem(list, fields, { actor, now }) {
      const values = written(list, {}, fields);
      checkUnique(list, values, null);
      const at = wholeSeconds(now);
      return store.together(() =>
        keep(list, {
          id: itemsOf(list).next(),
          guid: randomUUID(),
          number: 1,
          label: 1,
          values,
          created: at,
          modified: at,
          createdBy: actor,
          modifiedBy: actor,
          change: nextChange(list),
        }),
      );
    },
    updateItem(list, item, fields, wanted, act) {
      checkMatch(item, wanted);
      const values = written(list, item.values, fields);
      checkUnique(list, values, item.id);
      return store.together(() => change(list, item, values, act));
    },
    removeItem(list, item, wanted) {
      checkMatch(item, wanted);
      store.together(() => {
        itemsOf(list).delete(String(item.id));
        for (let number = Math.max(1, item.number - versionsKept + 1); number <= item.number; number++)
          versionsOf(list).delete(`${item.id}/${number}`);
        deletedOf(list).put(String(item.id), { change: nextChange(list) });
      });
    },
    versions(list, item) {
      const found: StoredVersion[] = [];
      for (let number = item.number; number > item.number - versionsKept && number > 0; number--) {
        const version = versionsOf(list).get(`${item.id}/${number}`);
        if (version) found.push(version);
      }
      return found;
    },
    restore(list, item, version, act) {
      // A column deleted since that version does not come back.
      const values = Object.fromEntries(
        Object.entries(version.values).filter(([name]) => list.columns.some(column => column.name === name)),
      );
      checkUnique(list, values, item.id);
      store.together(() => change(list, item, values, act));
    },
    changes(list, after) {
      const changed = itemsOf(list)
        .values()
        .flatMap((item): Change[] => (item.change > after ? [{ at: item.change, item }] : []));
      const gone = [...deletedOf(list).entries()].flatMap(([id, { change: at }]): Change[] =>
        at > after ? [{ at, deleted: Number(id) }] : [],
      );
      // Who starts from nothing has nothing to delete.
      const changes = [...changed, ...(after === 0 ? [] : gone)].sort((a, b) => a.at - b.at);
      return { changes, reached: reached.get(list.id) ?? 0 };
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

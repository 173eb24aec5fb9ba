import { randomUUID } from 'node:crypto';
import type { Collection, Store } from '../store.ts';
import { wholeSeconds } from './call.ts';
import { builtInFields, keptValue } from './columns.ts';
import { problems } from './errors.ts';
import type { Value } from './filter.ts';
import {
  etagOf,
  keepsVersions,
  type Act,
  type Change,
  type StoredItem,
  type StoredList,
  type StoredVersion,
  type Values,
  type Wanted,
} from './stored.ts';

/** The items of lists, with their versions and what changed. */
export interface Items {
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
  /** Takes what stood in a deleted column out of every item. */
  dropField(list: StoredList, name: string): void;
  /** What changed after this point, or all there is where there is none, oldest change first; and the point reached now. */
  changes(list: StoredList, after: number | null): { readonly changes: readonly Change[]; readonly reached: number };
}

/** How many versions of an item a list keeps when nobody has said otherwise. */
const versionsKept = 50;

/** @param changed hears of each list in which an item was made, changed or deleted */
export function openItems(store: Store, changed: (list: StoredList) => void = () => {}): Items {
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
    changed(list);
    return change;
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
    dropField(list, name) {
      for (const item of itemsOf(list).values()) {
        const { [name]: gone, ...values } = item.values;
        if (gone !== undefined) itemsOf(list).put(String(item.id), { ...item, values });
      }
    },
    changes(list, after) {
      const changed = itemsOf(list)
        .values()
        .flatMap((item): Change[] => (item.change > (after ?? 0) ? [{ at: item.change, item }] : []));
      const gone = [...deletedOf(list).entries()].flatMap(([id, { change: at }]): Change[] =>
        // Who starts from nothing has nothing to delete.
        after !== null && at > after ? [{ at, deleted: Number(id) }] : [],
      );
      const changes = [...changed, ...gone].sort((a, b) => a.at - b.at);
      return { changes, reached: reached.get(list.id) ?? 0 };
    },
  };
}

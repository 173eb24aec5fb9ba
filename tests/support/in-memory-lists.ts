import { writtenRow } from '../../bot/lists/row-value.ts';
import type { Settings } from '../../domain/community.ts';
import { CommunityError } from '../../domain/errors.ts';
import { endingsOf } from '../../bot/lists/ending.ts';
import { VersionConflict, type EndingList, type Stored, type Version, type VouchedList } from '../../bot/lists/list.ts';
import {
  definitions,
  type CommunityLists,
  type ListDefinition,
  type ListName,
  type Lists,
  type Row,
  type VouchedName,
} from '../../bot/lists/model.ts';

type Operation = 'find' | 'all' | 'create' | 'update' | 'remove' | 'versions';

/** A change that reached a list. */
interface Write {
  readonly community: string;
  readonly list: ListName;
  readonly operation: 'create' | 'update' | 'remove';
  readonly key: string;
  /** The token of the person it was done for; null when the app did it itself. */
  readonly onBehalfOf: string | null;
}

/** Every community's lists, kept in memory under the same rules as in SharePoint and the database. */
export interface InMemoryLists extends Lists {
  /** What was really changed, in order; refused changes and creates that found their twin are not in it. */
  readonly writes: readonly Write[];
  /** Lists that do not exist yet: calls on them fail with `not-set-up`. Add and delete names as the story goes. */
  readonly missing: Set<ListName>;
  /**
   * Does something just before the next call of this kind, once: somebody else's change makes a race, a thrown
   * `CommunityError` makes a failure.
   */
  beforeNext(operation: Operation, list: ListName, act: () => Promise<unknown> | void): void;
  /** A member writes a row in SharePoint. */
  byHand<Name extends VouchedName>(community: string, list: Name, row: Row<Name>): Promise<void>;
}

/** @param now what `changedAt` shows; real time when left out. */
export function createInMemoryLists(now: () => Date = () => new Date()): InMemoryLists {
  const rows = new Map<string, Map<string, Stored<Row<ListName>>>>();
  /** Newest first, by list and id. */
  const history = new Map<string, Version<Row<ListName>>[]>();
  /** What the product wrote last, by list and id. */
  const ours = new Map<string, unknown>();
  const writes: Write[] = [];
  const missing = new Set<ListName>();
  const interruptions: { operation: Operation; list: ListName; act: () => Promise<unknown> | void }[] = [];
  let lastId = 0;

  function open<Name extends ListName>(
    community: string,
    name: Name,
    onBehalfOf: string | null,
  ): VouchedList<Row<Name>> & EndingList<Row<Name>> {
    type Item = Stored<Row<Name>>;
    const definition: ListDefinition = definitions[name];
    const place = `${community} ${name}`;
    const items = (rows.get(place) ?? new Map()) as Map<string, Item>;
    rows.set(place, items as unknown as Map<string, Stored<Row<ListName>>>);

    async function enter(operation: Operation): Promise<void> {
      const index = interruptions.findIndex(
        interruption => interruption.operation === operation && interruption.list === name,
      );
      const [interruption] = index < 0 ? [] : interruptions.splice(index, 1);
      await interruption?.act();
      if (missing.has(name))
        throw new CommunityError(
          'not-set-up',
          `list ${definition.title} does not exist in community ${community}: set the community up`,
          { list: definition.title },
        );
    }
    function save(operation: Write['operation'], item: Item): Item {
      items.set(item.id, item);
      ours.set(`${place} ${item.id}`, item.value);
      const before = history.get(`${place} ${item.id}`) ?? [];
      history.set(`${place} ${item.id}`, [
        { version: `${before.length + 1}.0`, value: item.value, savedAt: item.changedAt, savedBy: onBehalfOf },
        ...before,
      ]);
      writes.push({ community, list: name, operation, key: item.value.key, onBehalfOf });
      return structuredClone(item);
    }
    function withKey(key: string): Item | undefined {
      return [...items.values()].find(item => item.value.key === key);
    }
    /** The item as it is now, if nobody has changed it since it was read. */
    function unchanged(read: Pick<Item, 'id' | 'etag'>): Item {
      const item = items.get(read.id);
      if (item?.etag !== read.etag) throw new VersionConflict(definition.title, read.id);
      return item;
    }

    const list: VouchedList<Row<Name>> & EndingList<Row<Name>> = {
      async find(key) {
        await enter('find');
        return structuredClone(withKey(key));
      },
      async all(where = {}) {
        await enter('all');
        const conditions = Object.entries(where) as [string, string][];
        for (const [column] of conditions) mustBeIndexed(definition, column);
        const matches = (value: Row<Name>) =>
          conditions.every(([column, wanted]) => (value as Record<string, unknown>)[column] === wanted);
        return structuredClone([...items.values()].filter(item => matches(item.value)));
      },
      async create(value) {
        await enter('create');
        const row = writtenRow<Row<Name>>(definition, value);
        const twin = withKey(row.key);
        if (twin) return { created: false, row: structuredClone(twin) };
        const id = String(++lastId);
        return {
          created: true,
          row: save('create', { id, etag: `"${place}/${id},1"`, value: row, changedAt: now().toISOString() }),
        };
      },
      async update(read, value) {
        await enter('update');
        const item = unchanged(read);
        const row = writtenRow<Row<Name>>(definition, value);
        if (row.key !== item.value.key)
          throw new CommunityError(
            'invalid',
            `item ${item.id} of list ${definition.title} has key ${item.value.key}: a key never changes`,
          );
        const version = Number(item.etag.slice(item.etag.lastIndexOf(',') + 1, -1)) + 1;
        return save('update', {
          id: item.id,
          etag: `"${place}/${item.id},${version}"`,
          value: row,
          changedAt: now().toISOString(),
        });
      },
      async remove(read) {
        await enter('remove');
        if (!items.has(read.id)) return;
        const item = unchanged(read);
        items.delete(item.id);
        history.delete(`${place} ${item.id}`);
        writes.push({ community, list: name, operation: 'remove', key: item.value.key, onBehalfOf });
      },
      async versions(id, most) {
        await enter('versions');
        const found = history.get(`${place} ${id}`) as Version<Row<Name>>[] | undefined;
        if (!found) throw new CommunityError('not-found', `list ${definition.title} has no item ${id}`);
        return structuredClone(found.slice(0, most));
      },
      async confirm(row) {
        const { byHand: _byHand, ...confirmed } = unchanged(row);
        items.set(row.id, confirmed as Item);
        ours.set(`${place} ${row.id}`, confirmed.value);
      },
      async putBack(row) {
        const item = unchanged(row);
        const value = ours.get(`${place} ${row.id}`) as Row<Name> | undefined;
        if (!item.byHand) return;
        if (value) return void (await this.update(row, value));
        await this.remove(row);
      },
      ...endingsOf<Row<Name>>(definition, () => list.all()),
    };
    return list;
  }

  function all(community: string, onBehalfOf: string | null): CommunityLists {
    return {
      settings: open(community, 'settings', onBehalfOf),
      settingsCopy: open(community, 'settingsCopy', onBehalfOf),
      charter: open(community, 'charter', onBehalfOf),
      comments: open(community, 'comments', onBehalfOf),
      actionComments: open(community, 'actionComments', onBehalfOf),
      agreements: open(community, 'agreements', onBehalfOf),
      consentRounds: open(community, 'consentRounds', onBehalfOf),
      charterDrafts: open(community, 'charterDrafts', onBehalfOf),
      askedQuestions: open(community, 'askedQuestions', onBehalfOf),
      newcomers: open(community, 'newcomers', onBehalfOf),
      plan: open(community, 'plan', onBehalfOf),
      ticks: open(community, 'ticks', onBehalfOf),
      roles: open(community, 'roles', onBehalfOf),
      handOvers: open(community, 'handOvers', onBehalfOf),
      acceptances: open(community, 'acceptances', onBehalfOf),
      offers: open(community, 'offers', onBehalfOf),
      ownRoles: open(community, 'ownRoles', onBehalfOf),
      events: open(community, 'events', onBehalfOf),
      attendance: open(community, 'attendance', onBehalfOf),
      rhythms: open(community, 'rhythms', onBehalfOf),
      questions: open(community, 'questions', onBehalfOf),
      voices: open(community, 'voices', onBehalfOf),
      library: open(community, 'library', onBehalfOf),
      uses: open(community, 'uses', onBehalfOf),
      surveys: open(community, 'surveys', onBehalfOf),
      answers: open(community, 'answers', onBehalfOf),
      participation: open(community, 'participation', onBehalfOf),
      digests: open(community, 'digests', onBehalfOf),
      replies: open(community, 'replies', onBehalfOf),
    };
  }

  return {
    of: community => all(community, null),
    onBehalfOf: (community, assertion) => all(community, assertion),
    writes,
    missing,
    async byHand(community, list, value) {
      const place = `${community} ${list}`;
      const items = rows.get(place) ?? new Map<string, Stored<Row<ListName>>>();
      rows.set(place, items);
      const id = [...items.values()].find(item => item.value.key === value.key)?.id ?? String(++lastId);
      items.set(id, {
        id,
        etag: `"${place}/${id},${++lastId}"`,
        value: structuredClone(value),
        changedAt: now().toISOString(),
        byHand: true,
      });
      const before = history.get(`${place} ${id}`) ?? [];
      history.set(`${place} ${id}`, [
        { version: `${before.length + 1}.0`, value, savedAt: now().toISOString(), savedBy: 'Daniel Fitzgerald' },
        ...before,
      ]);
    },
    beforeNext: (operation, list, act) => void interruptions.push({ operation, list, act }),
  };
}

/** What a community chose, as it is stored. */
export async function settingsIn(lists: Lists, community: string): Promise<Settings | undefined> {
  return (await lists.of(community).settings.find('settings'))?.value.settings;
}

/** SharePoint refuses to filter by a column without an index. */
function mustBeIndexed(definition: ListDefinition, column: string): void {
  if (column === 'key' || definition.columns[column]?.indexed) return;
  throw new CommunityError(
    'invalid',
    `Field '${column}' of list ${definition.title} cannot be referenced in filter or orderby as it is not indexed`,
  );
}

import type { Logger } from 'pino';
import { CommunityError } from '../../domain/errors.ts';
import type { Clock } from '../ports.ts';
import type { FindSite } from './community-lists.ts';
import { createDatabaseList } from './database-list.ts';
import type { Db } from '../database/tables.ts';
import type { Caller, Graph } from '../graph/client.ts';
import { VersionConflict, type Keyed, type List, type Stored, type VersionedList } from './list.ts';
import { definitions, type FewLists, type ListDefinition, type RoleRow } from './model.ts';
import { createSharePointList } from './sharepoint-list.ts';

/** Lists that are for few now and stood in SharePoint before, by the name they have there. */
const before = {
  newcomers: 'CoP Newcomers',
  surveys: 'CoP Surveys',
  answers: 'CoP Answers',
  participation: 'CoP Participation',
  digests: 'CoP Digests',
  replies: 'CoP Replies',
} as const;

/**
 * How long one server may be at clearing a community before another takes over, in milliseconds. Nobody waits for it.
 */
const lease = 10 * 60_000;
/** How often the lists are gone through until nothing is left in them. */
const mostPasses = 5;
const mostVersions = 50;

export interface MoveParts {
  readonly db: Db;
  readonly now: Clock;
  readonly graphAs: (caller: Caller) => Graph;
  readonly findSite: FindSite;
  readonly log: Logger;
}

/**
 * Moves what was promised to few from SharePoint, where earlier versions kept it, into our database: once, before it is
 * first used. Then it is taken out of SharePoint. Each step may be repeated, and the server may end between any two.
 */
export interface Move {
  /** Resolves once everything of this community has been copied. Throws what keeps it from that. */
  copied(community: string): Promise<void>;
  /**
   * Takes what was copied out of the lists in SharePoint, community by community. One that fails does not keep the
   * others.
   */
  clear(signal: AbortSignal): Promise<void>;
}

export function createMove({ db, now: at, graphAs, findSite, log }: MoveParts): Move {
  const known = new Map<string, Promise<void>>();

  function oldList<T extends Keyed>(community: string, definition: ListDefinition, title: string): VersionedList<T> {
    return createSharePointList<T>({ ...definition, title }, graphAs('app'), () => findSite(community));
  }
  function newList<T extends Keyed>(
    community: string,
    name: string,
    definition: ListDefinition,
    within: Db = db,
  ): List<T> {
    return createDatabaseList<T>({ db: within, now: at, name, definition, community, by: null });
  }
  /** Those that are there; in a young community none is, and one call says so. */
  async function pairs(community: string) {
    const site = await findSite(community);
    const names = Object.entries(before);
    const found = await graphAs('app').getAll<unknown>(
      names.map(([, title]) => `/sites/${site}/lists/${encodeURIComponent(title)}?$select=id`),
    );
    const failure = found.find(one => one instanceof CommunityError && one.code !== 'not-found');
    if (failure instanceof CommunityError) throw failure;
    return names
      .filter((_, index) => !(found[index] instanceof CommunityError))
      .map(([name, title]) => {
        const definition: ListDefinition = definitions[name as keyof FewLists];
        return { name, title, definition, from: oldList<Keyed>(community, definition, title) };
      });
  }
  const oldRoles = (community: string) => oldList<RoleRow>(community, definitions.roles, definitions.roles.title);

  /** @returns whether it is ours to clear; others are at it where not. */
  async function claim(community: string): Promise<boolean> {
    const until = new Date(Date.now() + lease);
    const claimed = await db
      .insertInto('moves')
      .values({ community, claimed_until: until, copied_at: null, cleared_at: null })
      .onConflict(conflict =>
        conflict
          .column('community')
          .doUpdateSet({ claimed_until: until })
          .where('moves.claimed_until', '<', new Date()),
      )
      .returning('community')
      .executeTakeFirst();
    return claimed !== undefined;
  }

  async function release(community: string, done: { cleared_at?: Date }): Promise<void> {
    await db
      .updateTable('moves')
      .set({ claimed_until: new Date(0), ...done })
      .where('community', '=', community)
      .execute();
  }

  /**
   * Everything is read first and then written in one transaction: however many servers are at it, and wherever one of
   * them ends, one of them writes all of it. Whoever comes second finds it done, and brings nothing back that was
   * deleted since.
   */
  async function copy(community: string): Promise<void> {
    const state = await db
      .selectFrom('moves')
      .select('copied_at')
      .where('community', '=', community)
      .executeTakeFirst();
    if (state?.copied_at) return;
    const found: {
      readonly name: string;
      readonly definition: ListDefinition;
      readonly rows: readonly Stored<Keyed>[];
    }[] = [];
    for (const { name, title, definition, from } of await pairs(community))
      found.push({ name, definition, rows: await readOld(community, title, from) });
    const offers = (await readOld(community, definitions.roles.title, oldRoles(community))).filter(({ value }) =>
      isOffer(value),
    );
    found.push({ name: 'offers', definition: definitions.offers, rows: offers });

    const count = await db.transaction().execute(async transaction => {
      const nothing = { community, claimed_until: new Date(0), copied_at: null, cleared_at: null };
      await transaction
        .insertInto('moves')
        .values(nothing)
        .onConflict(conflict => conflict.column('community').doNothing())
        .execute();
      const now = await transaction
        .selectFrom('moves')
        .select('copied_at')
        .where('community', '=', community)
        .forUpdate()
        .executeTakeFirst();
      if (now?.copied_at) return 0;
      let copied = 0;
      for (const { name, definition, rows } of found)
        copied += await copyRows(rows, newList<Keyed>(community, name, definition, transaction));
      await transaction.updateTable('moves').set({ copied_at: at() }).where('community', '=', community).execute();
      return copied;
    });
    if (count > 0) log.info({ community, rows: count }, 'what was promised to few was copied from SharePoint');
  }

  /** A list that was never made, or has lost columns by hand, has nothing that could be moved. */
  async function readOld<T extends Keyed>(
    community: string,
    title: string,
    list: List<T>,
  ): Promise<readonly Stored<T>[]> {
    try {
      return await list.all();
    } catch (error) {
      if (!(error instanceof CommunityError) || error.code !== 'not-set-up') throw error;
      if (error.details['columns'] !== undefined)
        log.warn(
          { community, list: title, columns: error.details['columns'] },
          'a list in SharePoint lacks columns, so its rows were not moved and stay there',
        );
      return [];
    }
  }

  /** What is in the database already is newer: it stays. */
  async function copyRows<T extends Keyed>(rows: readonly Stored<T>[], to: List<T>): Promise<number> {
    for (const { value } of rows) await to.create(value);
    const there = new Set((await to.all()).map(({ value }) => value.key));
    const missing = rows.filter(({ value }) => !there.has(value.key));
    if (missing.length > 0)
      throw new Error(`${missing.length} rows were copied from SharePoint and are not in the database`);
    return rows.length;
  }

  async function clearOne(community: string): Promise<void> {
    if (!(await claim(community))) return;
    try {
      let count = 0;
      for (const { title, from } of await pairs(community))
        count += await removeAll(() => readOld(community, title, from), from);
      count += await clearRoles(community);
      await release(community, { cleared_at: at() });
      if (count > 0) log.info({ community, rows: count }, 'what was promised to few was taken out of SharePoint');
    } catch (error) {
      await release(community, {});
      throw error;
    }
  }

  /** Deleting an item takes its versions along; both go to the site's recycle bin. */
  async function removeAll<T extends Keyed>(read: () => Promise<readonly Stored<T>[]>, list: List<T>): Promise<number> {
    let count = 0;
    for (let pass = 0; pass < mostPasses; pass++) {
      const rows = await read();
      if (rows.length === 0) return count;
      for (const row of rows) {
        try {
          await list.remove(row);
          count++;
        } catch (error) {
          if (!(error instanceof VersionConflict)) throw error;
        }
      }
    }
    throw new CommunityError('unavailable', 'rows in SharePoint change again and again while they are taken out');
  }

  /**
   * Offers go. A holding that began as an offer still has the words of the offer in its versions, which only end with
   * the item: it is deleted and made anew, kept in our database in between.
   */
  async function clearRoles(community: string): Promise<number> {
    const list = oldRoles(community);
    const meanwhile = newList<RoleRow>(community, 'moving', definitions.roles);
    for (const kept of await meanwhile.all()) await putDown(kept);
    let count = await removeAll(
      async () => (await readOld(community, definitions.roles.title, list)).filter(({ value }) => isOffer(value)),
      list,
    );
    for (const row of await readOld(community, definitions.roles.title, list)) {
      const versions = await list.versions(row.id, mostVersions);
      if (!versions.some(({ value }) => isOffer(value) && value.note.trim() !== '')) continue;
      const { row: kept } = await meanwhile.create(row.value);
      await list.remove(row);
      await putDown(kept);
      count++;
    }
    return count;

    async function putDown(kept: Stored<RoleRow>): Promise<void> {
      await list.create(kept.value);
      await meanwhile.remove(kept);
    }
  }

  return {
    copied(community) {
      const asked = known.get(community) ?? copy(community);
      known.set(community, asked);
      // A failure is not remembered.
      asked.catch(() => known.delete(community));
      return asked;
    },
    async clear(signal) {
      const communities = await db
        .selectFrom('communities')
        .leftJoin('moves', 'moves.community', 'communities.id')
        .select('communities.id')
        .where('communities.removed_at', 'is', null)
        .where('moves.cleared_at', 'is', null)
        .orderBy('communities.id')
        .execute();
      for (const { id } of communities) {
        if (signal.aborted) return;
        try {
          await this.copied(id);
          await clearOne(id);
        } catch (error) {
          log.warn(
            { community: id, err: error },
            'what was promised to few could not be taken out of SharePoint yet; it is tried again',
          );
        }
      }
    },
  };
}

/** An offer, also one that came to nothing: only what was held has a last day. */
function isOffer({ state, until }: Pick<RoleRow, 'state' | 'until'>): boolean {
  return state === 'volunteered' || (state === 'ended' && until === null);
}

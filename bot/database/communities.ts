import type { Selectable, Transaction } from 'kysely';
import type { Community, Person } from '../../domain/community.ts';
import type { SetUp } from '../../domain/permissions.ts';
import type { Clock, Communities } from '../ports.ts';
import type { CommunitiesTable, Db, Tables } from './tables.ts';
import { forgetPeople, forgetReferences, settleWaiting, startClock } from './settle-messages.ts';

/** What Teams says when the app is added to a team. */
export interface Installation {
  readonly id: string;
  readonly name: string;
  readonly threadId: string;
  readonly channelId: string;
  readonly serviceUrl: string;
  readonly by: Person | null;
  /**
   * When it happened, if this is not news of an installation but only a sign of it: a sign from before the removal is
   * none.
   */
  readonly seenAt?: Date;
}

/** Where the app is installed. Every call may be repeated. */
export interface Installations extends Communities {
  findByThread(threadId: string): Promise<Community | undefined>;
  /** The channel in which the app was added. */
  channelOf(id: string): Promise<string | undefined>;
  /** Returns whether this is news: the first time, or again after a removal. */
  install(installation: Installation): Promise<boolean>;
  /**
   * Nothing is due any more, what waits to be sent is settled, where people's chats are is forgotten, and the answers
   * of open anonymous surveys are destroyed. Settings stay, so that removing and adding the app gives nobody a right;
   * what SharePoint keeps stays as well.
   */
  uninstall(id: string, why?: 'app-removed' | 'team-gone'): Promise<void>;
  /** An archived team is left in peace until somebody brings it back. */
  archive(id: string, archived: boolean): Promise<void>;
  /** Whether this channel, other than General, is the one that messages for the whole community go to. */
  hasChannel(id: string, channelId: string): Promise<boolean>;
  /** From now on messages for the whole community go to General. */
  moveToGeneral(id: string): Promise<void>;
  /** Forgets that these people belong here, and their chats if they belong nowhere else. */
  left(community: string, people: readonly string[]): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  /** Whoever added the app may not set the community up: it was set up before, though we have lost how. */
  leaveToOwners(id: string): Promise<void>;
  /** Notes that this person was met in this community. */
  met(community: string, person: string): Promise<void>;
}

/** How many communities are asked whether they know a person of whom we know nothing. */
const guesses = 25;

/**
 * @param settingsChanged plans what is due anew.
 * @param destroyBoxes ends what was answered to open anonymous surveys, together with the removal.
 * @param setUp who may set a community up, where the administrator has a say in it.
 */
export function createCommunities(
  db: Db,
  now: Clock,
  settingsChanged: (community: Community) => Promise<void>,
  destroyBoxes: (transaction: Transaction<Tables>, community: string) => Promise<void>,
  setUp?: SetUp,
): Installations {
  function communityOf(row: Selectable<CommunitiesTable>): Community {
    return { ...communityFromRow(row), ...(setUp ? { setUp } : {}) };
  }

  function present() {
    return db.selectFrom('communities').selectAll('communities').where('removed_at', 'is', null);
  }

  async function planAnew(id: string): Promise<void> {
    const row = await present().where('id', '=', id).where('archived_at', 'is', null).executeTakeFirst();
    if (row) await settingsChanged(communityFromRow(row));
  }

  return {
    planAnew,
    async find(id) {
      const row = await present().where('id', '=', id).executeTakeFirst();
      return row && communityOf(row);
    },
    async findByThread(threadId) {
      const row = await present().where('thread_id', '=', threadId).executeTakeFirst();
      return row && communityOf(row);
    },
    async channelOf(id) {
      return (await present().where('id', '=', id).executeTakeFirst())?.channel_id;
    },
    async install({ id, name, threadId, channelId, serviceUrl, by, seenAt }) {
      const values = {
        name,
        thread_id: threadId,
        channel_id: channelId,
        service_url: serviceUrl,
        installed_by: by,
        installed_at: now(),
        removed_at: null,
        archived_at: null,
      };
      return db.transaction().execute(async transaction => {
        const before = await transaction
          .selectFrom('communities')
          .select('removed_at')
          .where('id', '=', id)
          .forUpdate()
          .executeTakeFirst();
        if (!before) {
          const added = await transaction
            .insertInto('communities')
            .values({ id, settings: null, ...values })
            .onConflict(conflict => conflict.column('id').doNothing())
            .returning('id')
            .executeTakeFirst();
          return added !== undefined;
        }
        if (before.removed_at === null) {
          await transaction
            .updateTable('communities')
            .set({ name, thread_id: threadId, service_url: serviceUrl })
            .where('id', '=', id)
            .execute();
          return false;
        }
        if (seenAt && seenAt <= before.removed_at) return false;
        await transaction.updateTable('communities').set(values).where('id', '=', id).execute();
        return true;
      });
    },
    async uninstall(id, why = 'app-removed') {
      await db.transaction().execute(async transaction => {
        await transaction
          .updateTable('communities')
          .set({ removed_at: now() })
          .where('id', '=', id)
          .where('removed_at', 'is', null)
          .execute();
        await transaction.deleteFrom('due').where('community', '=', id).execute();
        await transaction.deleteFrom('set_aside').where('community', '=', id).execute();
        await settleWaiting(transaction, { community: id, reason: why, at: now() });
        await forgetReferences(transaction, id);
        await forgetPeople(transaction, id);
        await destroyBoxes(transaction, id);
      });
    },
    async archive(id, archived) {
      await db.transaction().execute(async transaction => {
        await transaction
          .updateTable('communities')
          .set({ archived_at: archived ? now() : null })
          .where('id', '=', id)
          .execute();
        if (!archived) return;
        await transaction.deleteFrom('due').where('community', '=', id).execute();
        await settleWaiting(transaction, { community: id, reason: 'archived', at: now() });
      });
      const row = archived ? undefined : await present().where('id', '=', id).executeTakeFirst();
      if (row) await settingsChanged(communityOf(row));
    },
    async hasChannel(id, channelId) {
      const found = await db
        .selectFrom('communities')
        .select('id')
        .where('id', '=', id)
        .where('channel_id', '=', channelId)
        .whereRef('channel_id', '<>', 'thread_id')
        .executeTakeFirst();
      return found !== undefined;
    },
    async moveToGeneral(id) {
      // General has the id of the team.
      await db
        .updateTable('communities')
        .set(row => ({ channel_id: row.ref('thread_id') }))
        .where('id', '=', id)
        .execute();
    },
    async left(community, people) {
      await db.transaction().execute(async transaction => {
        await settleWaiting(transaction, { community, people, reason: 'not-in-roster', at: now() });
        await startClock(transaction, { community, people, at: now() });
        await forgetPeople(transaction, community, people);
      });
    },
    async rename(id, name) {
      await db.updateTable('communities').set({ name }).where('id', '=', id).execute();
    },
    async leaveToOwners(id) {
      await db.updateTable('communities').set({ set_up_before: true }).where('id', '=', id).execute();
    },
    async met(community, person) {
      const added = await db
        .insertInto('memberships')
        .values({ community, person })
        .onConflict(conflict => conflict.doNothing())
        .returning('person')
        .executeTakeFirst();
      // Whoever left and is met again has come back: the clock stops.
      if (added)
        await db.deleteFrom('leavers').where('community', '=', community).where('person', '=', person).execute();
    },
    async perhapsOf(person) {
      const known = await present()
        .innerJoin('memberships', 'memberships.community', 'communities.id')
        .where('memberships.person', '=', person)
        .orderBy('name')
        .execute();
      if (known.length > 0) return known.map(communityOf);
      return (await present().orderBy('installed_at', 'desc').limit(guesses).execute()).map(communityOf);
    },
  };
}

/** A row of `communities` as the features see it. */
export function communityFromRow(
  row: Pick<
    Selectable<CommunitiesTable>,
    'id' | 'name' | 'settings' | 'installed_by' | 'installed_at' | 'set_up_before'
  >,
): Community {
  const { id, name, settings, installed_by: installedBy, installed_at: at, set_up_before: before } = row;
  return {
    id,
    name,
    settings,
    installedBy,
    installedAt: at.toISOString(),
    ...(before && settings === null ? { setUpBefore: true } : {}),
  };
}

import type { Selectable } from 'kysely';
import type { Community, Person, Settings } from '../../domain/community.ts';
import type { Clock, Communities } from '../feature.ts';
import type { CommunitiesTable, Db } from './database.ts';

/** What Teams says when the app is added to a team. */
export interface Installation {
  readonly id: string;
  readonly name: string;
  readonly threadId: string;
  readonly channelId: string;
  readonly serviceUrl: string;
  readonly by: Person | null;
}

/** Where the app is installed. Every call may be repeated. */
export interface Installations extends Communities {
  findByThread(threadId: string): Promise<Community | undefined>;
  /** The channel in which the app was added. */
  channelOf(id: string): Promise<string | undefined>;
  /** Returns whether this is news: the first time, or again after a removal. */
  install(installation: Installation): Promise<boolean>;
  uninstall(id: string): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  /** Notes that this person was met in this community. */
  met(community: string, person: string): Promise<void>;
}

/** How many communities are asked whether they know a person of whom we know nothing. */
const guesses = 25;

/** @param settingsChanged plans what is due anew. */
export function createCommunities(db: Db, now: Clock, settingsChanged: (community: Community) => Promise<void>): Installations {
  function present() {
    return db.selectFrom('communities').selectAll('communities').where('removed_at', 'is', null);
  }

  async function remember(id: string, settings: Settings): Promise<void> {
    const row = await db.updateTable('communities').set({ settings }).where('id', '=', id).returningAll().executeTakeFirst();
    if (row) await settingsChanged(communityFromRow(row));
  }

  return {
    remember,
    async find(id) {
      const row = await present().where('id', '=', id).executeTakeFirst();
      return row && communityFromRow(row);
    },
    async findByThread(threadId) {
      const row = await present().where('thread_id', '=', threadId).executeTakeFirst();
      return row && communityFromRow(row);
    },
    async channelOf(id) {
      return (await present().where('id', '=', id).executeTakeFirst())?.channel_id;
    },
    async install({ id, name, threadId, channelId, serviceUrl, by }) {
      const values = { name, thread_id: threadId, channel_id: channelId, service_url: serviceUrl, installed_by: by, installed_at: now(), removed_at: null };
      return db.transaction().execute(async transaction => {
        const before = await transaction.selectFrom('communities').select('removed_at').where('id', '=', id).forUpdate().executeTakeFirst();
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
          await transaction.updateTable('communities').set({ name, thread_id: threadId, service_url: serviceUrl }).where('id', '=', id).execute();
          return false;
        }
        await transaction.updateTable('communities').set(values).where('id', '=', id).execute();
        return true;
      });
    },
    async uninstall(id) {
      await db.updateTable('communities').set({ removed_at: now() }).where('id', '=', id).where('removed_at', 'is', null).execute();
      await db.deleteFrom('due').where('community', '=', id).execute();
    },
    async rename(id, name) {
      await db.updateTable('communities').set({ name }).where('id', '=', id).execute();
    },
    async met(community, person) {
      await db
        .insertInto('memberships')
        .values({ community, person })
        .onConflict(conflict => conflict.doNothing())
        .execute();
    },
    async perhapsOf(person) {
      const known = await present().innerJoin('memberships', 'memberships.community', 'communities.id').where('memberships.person', '=', person).orderBy('name').execute();
      if (known.length > 0) return known.map(communityFromRow);
      return (await present().orderBy('installed_at', 'desc').limit(guesses).execute()).map(communityFromRow);
    },
  };
}

/** A row of `communities` as the features see it. */
export function communityFromRow(row: Pick<Selectable<CommunitiesTable>, 'id' | 'name' | 'settings' | 'installed_by' | 'installed_at'>): Community {
  return { id: row.id, name: row.name, settings: row.settings, installedBy: row.installed_by, installedAt: row.installed_at.toISOString() };
}

import { sql, type Selectable, type Transaction } from 'kysely';
import type { Community, Person } from '../../domain/community.ts';
import type { SetUp } from '../../domain/community.ts';
import type { Clock, Communities } from '../ports.ts';
import { acceptancesIn, keptAcceptances } from './acceptances.ts';
import type { CommunitiesTable, Db, Tables } from './tables.ts';
import { forgetPeople, forgetReferences, settleWaiting, startClock } from './settle-messages.ts';

/** What Teams says when the app is added to a team. */
export interface Installation {
  readonly id: string;
  readonly name: string;
  /** Teams' id of the General channel, which is that of the team, too. */
  readonly generalChannelId: string;
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
  findByGeneralChannel(id: string): Promise<Community | undefined>;
  /** The channel in which the app was added. */
  channelOf(id: string): Promise<string | undefined>;
  /** Returns whether this is news: the first time, or again after a removal. */
  install(installation: Installation): Promise<boolean>;
  /**
   * Nothing is due any more, what waits to be sent is settled, where people's chats are is forgotten, and the answers
   * of open anonymous surveys are destroyed. Settings stay, so that removing and adding the app gives no person a
   * right; what SharePoint keeps stays as well.
   */
  uninstall(id: string, why?: 'app-removed' | 'team-gone'): Promise<void>;
  /** An archived team is left in peace until it is brought back. */
  archive(id: string, archived: boolean): Promise<void>;
  /** Whether this channel, other than General, is the one that messages for the whole community go to. */
  hasChannel(id: string, channelId: string): Promise<boolean>;
  /** From now on messages for the whole community go to General. */
  moveToGeneral(id: string): Promise<void>;
  /** Whether messages for the whole community went to this channel, until it was deleted. */
  hadChannel(id: string, channelId: string): Promise<boolean>;
  /** The deleted channel is restored: messages for the whole community go there again. */
  moveBack(id: string): Promise<void>;
  /** Forgets that these people belong here, and their chats if they belong nowhere else. */
  left(community: string, people: readonly string[]): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  /** The person who added the app may not set the community up: it was set up before, though we have lost how. */
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
  function communityOf(row: PresentRow): Community {
    return { ...communityFromRow(row), ...(setUp ? { setUp } : {}) };
  }

  async function presentOne(column: 'id' | 'thread_id', value: string): Promise<Community | undefined> {
    const row = await presentIn(db).where(column, '=', value).executeTakeFirst();
    return row && communityOf(row);
  }

  return {
    find: id => presentOne('id', id),
    findByGeneralChannel: id => presentOne('thread_id', id),
    channelOf: async id => (await presentIn(db).where('id', '=', id).executeTakeFirst())?.channel_id,
    hasChannel: (id, channelId) => hasChannel(db, id, channelId),
    moveToGeneral: id => moveToGeneral(db, id),
    hadChannel: (id, channelId) => hadChannel(db, id, channelId),
    moveBack: id => moveBack(db, id),
    met: (community, person) => noteMet(db, community, person),
    perhapsOf: async person => (await perhapsOf(db, person)).map(communityOf),
    candidatesOf: async person => (await candidatesOf(db, person)).map(communityOf),
    install: installation =>
      db.transaction().execute(transaction => install(transaction, { ...installation, installedAt: now() })),
    async planAnew(id) {
      const row = await presentIn(db).where('id', '=', id).where('archived_at', 'is', null).executeTakeFirst();
      if (row) await settingsChanged(communityFromRow(row));
    },
    async uninstall(id, reason = 'app-removed') {
      await db.transaction().execute(async transaction => {
        await uninstall(transaction, { id, reason, at: now() });
        await destroyBoxes(transaction, id);
      });
    },
    async archive(id, archived) {
      await db.transaction().execute(transaction => archive(transaction, id, archived ? now() : null));
      const community = archived ? undefined : await presentOne('id', id);
      if (community) await settingsChanged(community);
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
    ...tabsIn(db),
    async leaveToOwners(id) {
      await db.updateTable('communities').set({ set_up_before: true }).where('id', '=', id).execute();
    },
  };
}

/** The tab in a team's channel, and what Teams calls the app there. */
function tabsIn(db: Db): Pick<Communities, 'keepTab' | 'keepTeamsApp' | 'forgetTabIn'> {
  return {
    async keepTab(id, tab) {
      await db.updateTable('communities').set({ tab }).where('id', '=', id).execute();
    },
    async keepTeamsApp(id, app) {
      await db.updateTable('communities').set({ teams_app: app }).where('id', '=', id).execute();
    },
    async forgetTabIn(id, channel) {
      await db
        .updateTable('communities')
        .set({ tab: null })
        .where('id', '=', id)
        .where(sql`tab->>'channel'`, '=', channel)
        .execute();
    },
  };
}

/** A row of `communities`, with who was accepted into a role there. */
type PresentRow = Selectable<CommunitiesTable> & { readonly acceptances: unknown };

/** Communities that have the app. */
function presentIn(db: Db) {
  return db
    .selectFrom('communities')
    .selectAll('communities')
    .select(keptAcceptances().as('acceptances'))
    .where('removed_at', 'is', null);
}

async function install(
  transaction: Transaction<Tables>,
  {
    id,
    name,
    generalChannelId,
    channelId,
    serviceUrl,
    by,
    seenAt,
    installedAt,
  }: Installation & { readonly installedAt: Date },
): Promise<boolean> {
  // What Teams leaves out is not gone: a name that we know stays. Where the Bot Connector answers for a team that is
  // known, each activity in it says by itself.
  const moving = { ...(name ? { name } : {}), thread_id: generalChannelId };
  const installed = {
    ...moving,
    service_url: serviceUrl,
    channel_id: channelId,
    deleted_channel_id: null,
    installed_by: by,
    installed_at: installedAt,
    removed_at: null,
    archived_at: null,
    roster_compared_at: null,
    looked_at: null,
    findings: null,
  };
  const before = await transaction
    .selectFrom('communities')
    .select(['removed_at', 'installed_by'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!before) {
    const added = await transaction
      .insertInto('communities')
      .values({ id, name, settings: null, ...installed })
      .onConflict(conflict => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    return added !== undefined;
  }
  const isPresent = before.removed_at === null;
  if (before.removed_at && seenAt && seenAt <= before.removed_at) return false;
  await transaction
    .updateTable('communities')
    // Teams tells of an installation twice, and may tell only the second time who it was.
    .set(isPresent ? { ...moving, ...(by && !before.installed_by ? { installed_by: by } : {}) } : installed)
    .where('id', '=', id)
    .execute();
  return !isPresent;
}

async function uninstall(
  transaction: Transaction<Tables>,
  { id, reason, at }: { readonly id: string; readonly reason: 'app-removed' | 'team-gone'; readonly at: Date },
): Promise<void> {
  await transaction
    .updateTable('communities')
    .set({ removed_at: at, tab: null, teams_app: null })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .execute();
  await transaction.deleteFrom('due').where('community', '=', id).execute();
  await transaction.deleteFrom('set_aside').where('community', '=', id).execute();
  await transaction.deleteFrom('mirrored_lists').where('community', '=', id).execute();
  await settleWaiting(transaction, { community: id, reason, at });
  await forgetReferences(transaction, id);
  await forgetPeople(transaction, id);
}

/** @param at when it was archived; null when it is brought back. */
async function archive(transaction: Transaction<Tables>, id: string, at: Date | null): Promise<void> {
  await transaction.updateTable('communities').set({ archived_at: at }).where('id', '=', id).execute();
  if (at === null) return;
  await transaction.deleteFrom('due').where('community', '=', id).execute();
  await settleWaiting(transaction, { community: id, reason: 'archived', at });
}

async function hasChannel(db: Db, id: string, channelId: string): Promise<boolean> {
  const found = await db
    .selectFrom('communities')
    .select('id')
    .where('id', '=', id)
    .where('channel_id', '=', channelId)
    .whereRef('channel_id', '<>', 'thread_id')
    .executeTakeFirst();
  return found !== undefined;
}

async function moveToGeneral(db: Db, id: string): Promise<void> {
  await db
    .updateTable('communities')
    .set(row => ({ channel_id: row.ref('thread_id'), deleted_channel_id: row.ref('channel_id') }))
    .where('id', '=', id)
    .whereRef('channel_id', '<>', 'thread_id')
    .execute();
}

async function hadChannel(db: Db, id: string, channelId: string): Promise<boolean> {
  const found = await presentIn(db).where('id', '=', id).where('deleted_channel_id', '=', channelId).executeTakeFirst();
  return found !== undefined;
}

async function moveBack(db: Db, id: string): Promise<void> {
  await db
    .updateTable('communities')
    .set(row => ({ channel_id: row.ref('deleted_channel_id').$notNull(), deleted_channel_id: null }))
    .where('id', '=', id)
    .where('deleted_channel_id', 'is not', null)
    .execute();
}

async function noteMet(db: Db, community: string, person: string): Promise<void> {
  const added = await db
    .insertInto('memberships')
    .values({ community, person })
    .onConflict(conflict => conflict.doNothing())
    .returning('person')
    .executeTakeFirst();
  // A person who left and is met again has come back: the clock stops.
  if (added) await db.deleteFrom('leavers').where('community', '=', community).where('person', '=', person).execute();
}

/** Those in which this person was met, or else those that were installed last. */
async function perhapsOf(db: Db, person: string): Promise<readonly PresentRow[]> {
  const known = await knownOf(db, person);
  return known.length > 0 ? known : newest(db);
}

/** Those in which this person was met, and those that were installed last. */
async function candidatesOf(db: Db, person: string): Promise<readonly PresentRow[]> {
  const known = await knownOf(db, person);
  const others = (await newest(db)).filter(({ id }) => !known.some(one => one.id === id));
  return [...known, ...others];
}

function knownOf(db: Db, person: string): Promise<readonly PresentRow[]> {
  return presentIn(db)
    .innerJoin('memberships', 'memberships.community', 'communities.id')
    .where('memberships.person', '=', person)
    .orderBy('name')
    .execute();
}

function newest(db: Db): Promise<readonly PresentRow[]> {
  return presentIn(db).orderBy('installed_at', 'desc').limit(guesses).execute();
}

/** A row of `communities` as the features see it. */
export function communityFromRow(
  row: Pick<
    Selectable<CommunitiesTable>,
    'id' | 'name' | 'settings' | 'installed_by' | 'installed_at' | 'set_up_before' | 'tab' | 'teams_app'
  > & { readonly acceptances?: unknown },
): Community {
  const { id, name, settings, installed_by: installedBy, installed_at: at, set_up_before: before } = row;
  const { tab, teams_app: teamsApp } = row;
  const acceptances = acceptancesIn(row.acceptances);
  return {
    id,
    name,
    settings,
    installedBy,
    installedAt: at.toISOString(),
    ...(before && settings === null ? { setUpBefore: true } : {}),
    ...(acceptances.length > 0 ? { acceptances } : {}),
    ...(tab ? { tab } : {}),
    ...(teamsApp ? { teamsApp } : {}),
  };
}

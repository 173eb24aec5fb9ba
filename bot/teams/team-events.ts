import type { Logger } from 'pino';
import type { Community, Person } from '../../domain/community.ts';
import { theApp } from '../../domain/audit/audit.ts';
import type { NoteAct } from '../ports.ts';
import type { Installations } from '../database/communities.ts';
import type { RememberingRoster } from '../graph/roster.ts';
import type { Clock } from '../ports.ts';
import type { Feature } from '../feature.ts';
import type { Texts } from '../text.ts';
import type { TeamsActivity } from './activity.ts';
import type { Chats } from './conversations.ts';

export interface TeamParts {
  readonly features: readonly Feature[];
  readonly communities: Installations;
  readonly roster: RememberingRoster;
  /**
   * Whether SharePoint has settings of a community of which our database has none: then who adds the app may not set it
   * up.
   */
  readonly wasSetUp: (community: string) => Promise<boolean>;
  readonly chats: Chats;
  /** Writes into the audit trail. */
  readonly audit: NoteAct;
  readonly texts: Texts;
  readonly now: Clock;
  readonly log: Logger;
}

/** What happens in teams. Each of these may come twice, and half of it may have been done before. */
export function createTeam({ features, communities, roster, wasSetUp, chats, audit, texts, now, log }: TeamParts) {
  return { installationUpdate, conversationUpdate, communityOf };

  /** @returns whether somebody added the app to their own chat and is to be greeted there. */
  async function installationUpdate(activity: TeamsActivity): Promise<boolean> {
    const action = activity.action?.toLowerCase() ?? '';
    if (activity.channelData?.team) {
      if (action === 'add') await installed(activity);
      // The bot was added to the app's manifest: no reason to greet a team that knows it.
      else if (action.startsWith('add')) await takeIn(activity, null);
      if (action.startsWith('remove')) await removed(activity, 'app-removed');
      return false;
    }
    if (activity.conversation.conversationType !== 'personal') return false;
    if (action.startsWith('remove')) await chats.closed(activity.from.aadObjectId ?? '');
    return action === 'add';
  }

  async function conversationUpdate(activity: TeamsActivity): Promise<void> {
    if (!activity.channelData?.team) return;
    const bot = activity.recipient?.id;
    const event = activity.channelData.eventType?.toLowerCase();
    if (activity.membersAdded?.some(member => member.id === bot)) await installed(activity);
    if (activity.membersRemoved?.some(member => member.id === bot)) return removed(activity, 'app-removed');
    if (event === 'teamdeleted' || event === 'teamharddeleted') return removed(activity, 'team-gone');

    const community = await communityOf(activity);
    if (!community) return;
    switch (event) {
      case 'teamrenamed':
        if (activity.channelData.team.name) await communities.rename(community.id, activity.channelData.team.name);
        break;
      case 'teamarchived':
      case 'teamunarchived':
        await communities.archive(community.id, event === 'teamarchived');
        log.info({ community: community.id, event }, 'a team was archived or brought back');
        break;
      case 'channeldeleted':
        await channelDeleted({ features, communities, log }, community, activity.channelData.channel?.id ?? '');
        break;
    }
    await joined(community, activity);
    await left(community, activity);
  }

  async function joined(community: Community, { membersAdded, recipient, serviceUrl }: TeamsActivity): Promise<void> {
    const accounts = (membersAdded ?? []).filter(
      account => isPerson(account, recipient) && account.aadObjectId !== undefined,
    );
    if (accounts.length === 0) return;
    roster.forget(community.id);
    // Teams often leaves the names out of these events.
    const known = await roster.members(community.id);
    const people = accounts.map(
      (account): Person => ({
        id: account.aadObjectId ?? '',
        name: known.find(member => member.id === account.aadObjectId)?.name || account.name || '',
      }),
    );
    for (const account of accounts) await chats.joined(account.aadObjectId ?? '', account.id, serviceUrl);
    for (const person of people) await communities.met(community.id, person.id);
    for (const feature of features) await feature.events?.membersJoined?.({ community, people, at: now() });
  }

  async function left(community: Community, { membersRemoved, recipient }: TeamsActivity): Promise<void> {
    const accounts = (membersRemoved ?? []).filter(account => isPerson(account, recipient));
    if (accounts.length === 0) return;
    roster.forget(community.id);
    // Of somebody who was deleted altogether Teams tells its own id only.
    const people: Person[] = [];
    for (const account of accounts) {
      const id = account.aadObjectId ?? (await chats.personBehind(account.id));
      if (id !== undefined) people.push({ id, name: account.name ?? '' });
    }
    for (const feature of features) await feature.events?.membersLeft?.({ community, people, at: now() });
    await communities.left(
      community.id,
      people.map(({ id }) => id),
    );
  }

  /**
   * A team whose activities reach us has the app: when we do not know it, because our database is new, it is taken in
   * quietly.
   */
  async function communityOf(activity: TeamsActivity): Promise<Community | undefined> {
    const team = activity.channelData?.team;
    if (!team?.id) return undefined;
    const found = await communities.findByGeneralChannel(team.id);
    if (found || !team.aadGroupId) return found;
    await takeIn(activity, null);
    return communities.findByGeneralChannel(team.id);
  }

  /** Who did it is whom Teams names. */
  function note(activity: TeamsActivity, { id }: Community, act: 'app.added' | 'app.removed'): void {
    audit({
      person: activity.from.aadObjectId ?? theApp,
      community: id,
      act,
      door: 'app',
      via: activity.type,
      about: '',
      outcome: 'done',
      reason: null,
      request: activity.id ?? null,
    });
  }

  /** @returns whether this is news. */
  async function takeIn(activity: TeamsActivity, by: Person | null): Promise<boolean> {
    const team = activity.channelData?.team;
    if (!team?.aadGroupId || !team.id) {
      log.warn({ activity: activity.id }, 'something happened in a team, but Teams did not say which');
      return false;
    }
    const news = await communities.install({
      id: team.aadGroupId,
      name: team.name ?? '',
      generalChannelId: team.id,
      channelId: activity.channelData?.settings?.selectedChannel?.id ?? activity.channelData?.channel?.id ?? team.id,
      serviceUrl: activity.serviceUrl,
      by,
      ...(by === null && activity.timestamp !== undefined ? { seenAt: new Date(activity.timestamp) } : {}),
    });
    roster.forget(team.aadGroupId);
    const community = await communities.find(team.aadGroupId);
    // A team that had the app before goes on as it was set up.
    if (community?.settings) await communities.planAnew(community.id);
    else if (community && (await wasSetUp(community.id))) await communities.leaveToOwners(community.id);
    return news;
  }

  async function installed(activity: TeamsActivity): Promise<void> {
    const id = activity.channelData?.team?.aadGroupId ?? '';
    const person = activity.from.aadObjectId;
    const by = person ? { id: person, name: await nameOf(id, person, activity.from.name) } : null;
    const news = await takeIn(activity, by);

    const community = await communities.find(id);
    if (!community) return;
    log.info({ community: community.id }, 'the app was added to a team');
    if (news) note(activity, community, 'app.added');
    if (by) await communities.met(community.id, by.id);
    // Teams tells it twice: whoever acts on it sends messages that the outbox knows.
    for (const feature of features) {
      await feature.events?.appInstalled?.({
        community,
        by: community.installedBy,
        t: texts.for(feature.name, activity.locale),
      });
    }
  }

  async function nameOf(community: string, person: string, given: string | undefined): Promise<string> {
    if (given) return given;
    try {
      return (await roster.member(community, person))?.name ?? '';
    } catch {
      // A name is worth a question, not a failed installation.
      return '';
    }
  }

  async function removed(activity: TeamsActivity, why: 'app-removed' | 'team-gone'): Promise<void> {
    const thread = activity.channelData?.team?.id;
    const community = thread ? await communities.findByGeneralChannel(thread) : undefined;
    if (!community) return;
    await communities.uninstall(community.id, why);
    roster.forget(community.id);
    log.info({ community: community.id, why }, 'the app was removed from a team');
    note(activity, community, 'app.removed');
  }
}

/** The features hear of it first: whoever is stopped in between tells them again, and the outbox knows each message. */
export async function channelDeleted(
  { features, communities, log }: Pick<TeamParts, 'features' | 'communities' | 'log'>,
  community: Community,
  channel: string,
): Promise<void> {
  if (!(await communities.hasChannel(community.id, channel))) return;
  for (const feature of features) await feature.events?.channelDeleted?.({ community, channel });
  await communities.moveToGeneral(community.id);
  log.info({ community: community.id }, 'the community’s channel was deleted; General takes its place');
}

function isPerson(account: { readonly id: string }, bot: { readonly id: string } | undefined): boolean {
  return account.id !== bot?.id && !account.id.startsWith('28:');
}

import type { Community, Person } from '../../domain/community.ts';
import type { TeamsActivity } from './activity.ts';
import { communityOf, install, takeIn, uninstall, type InTeam, type TeamParts } from './installations.ts';
import type { Place } from './place.ts';

/** What happens in teams. Each of these may come twice, and half of it may have been done before. */
export interface TeamEvents {
  /** @returns whether a person added the app to their own chat and is to be greeted there. */
  installationUpdate(activity: TeamsActivity, place: Place): Promise<boolean>;
  /** @returns whether the app was added to one channel, where it is to say what it does there. */
  conversationUpdate(activity: TeamsActivity, place: Place): Promise<boolean>;
  /** The community of the team in which something happened. */
  communityOf(there: InTeam): Promise<Community | undefined>;
}

export function createTeamEvents(parts: TeamParts): TeamEvents {
  return {
    installationUpdate: (activity, place) => installationUpdate(parts, activity, place),
    conversationUpdate: (activity, place) => conversationUpdate(parts, activity, place),
    communityOf: there => communityOf(parts, there),
  };
}

async function installationUpdate(parts: TeamParts, activity: TeamsActivity, place: Place): Promise<boolean> {
  const action = activity.action?.toLowerCase() ?? '';
  if (place.kind === 'personal') {
    if (action.startsWith('remove')) await parts.conversations.forgetPerson(activity.from.aadObjectId ?? '');
    return action === 'add';
  }
  if (place.kind !== 'team') return false;
  if (action === 'add') await install(parts, { activity, place });
  // The bot was added to the app's manifest: no reason to greet a team that knows it.
  else if (action.startsWith('add')) await takeIn(parts, { activity, place }, null);
  if (action.startsWith('remove')) await uninstall(parts, { activity, place }, 'app-removed');
  return false;
}

async function conversationUpdate(parts: TeamParts, activity: TeamsActivity, place: Place): Promise<boolean> {
  if (place.kind !== 'team' && place.kind !== 'channel') return false;
  const there = { activity, place };
  const event = activity.channelData?.eventType?.toLowerCase();
  if (place.kind === 'team') {
    // Whoever is named beside the app was there before it.
    if (includesBot(parts, activity, activity.membersAdded)) await install(parts, there);
    else if (includesBot(parts, activity, activity.membersRemoved)) await uninstall(parts, there, 'app-removed');
    else if (event === 'teamdeleted' || event === 'teamharddeleted') await uninstall(parts, there, 'team-gone');
    else await teamHappened(parts, there, event);
    return false;
  }
  // Who joins or leaves one channel joins or leaves no team, and neither does the app.
  const follow = event === undefined ? undefined : channelEvents.get(event);
  const community = follow && (await communityOf(parts, there));
  if (community) await follow?.(parts, community, place.channel.id);
  return includesBot(parts, activity, activity.membersAdded);
}

async function teamHappened(parts: TeamParts, there: InTeam, event: string | undefined): Promise<void> {
  const community = await communityOf(parts, there);
  if (!community) return;
  await teamChanged(parts, community, there, event);
  await membersJoined(parts, community, there);
  await membersLeft(parts, community, there);
}

async function teamChanged(
  { communities, lookUp, log }: TeamParts,
  community: Community,
  there: InTeam,
  event: string | undefined,
): Promise<void> {
  switch (event) {
    case 'teamrenamed': {
      const name = there.place.team.name ?? (await lookUp.team(there))?.name;
      if (name) await communities.rename(community.id, name);
      break;
    }
    case 'teamarchived':
    case 'teamunarchived':
      await communities.archive(community.id, event === 'teamarchived');
      log.info({ community: community.id, event }, 'a team was archived or brought back');
      break;
  }
}

async function membersJoined(
  { features, communities, roster, conversations, lookUp, botId, now, log }: TeamParts,
  community: Community,
  { activity, place }: InTeam,
): Promise<void> {
  const accounts = peopleIn(activity.membersAdded, activity, botId);
  if (accounts.length === 0) return;
  roster.forget(community.id);
  // Teams often leaves the names out of these events.
  const known = await roster.members(community.id);
  const people: Person[] = [];
  for (const { id: userId, aadObjectId, name } of accounts) {
    const found = aadObjectId ? { id: aadObjectId, name } : await lookUp.person(activity, place.team.id, userId);
    if (!found) {
      log.warn({ community: community.id, activity: activity.id }, 'somebody joined, but Teams did not say who');
      continue;
    }
    people.push({ id: found.id, name: known.find(({ id }) => id === found.id)?.name || found.name || '' });
    if (userId) await conversations.noteMember(found.id, userId, activity.serviceUrl);
  }
  for (const { id } of people) await communities.met(community.id, id);
  if (people.length > 0)
    for (const feature of features) await feature.events?.membersJoined?.({ community, people, at: now() });
}

async function membersLeft(
  { features, communities, roster, conversations, botId, now, log }: TeamParts,
  community: Community,
  { activity }: InTeam,
): Promise<void> {
  const accounts = peopleIn(activity.membersRemoved, activity, botId);
  if (accounts.length === 0) return;
  roster.forget(community.id);
  const people: Person[] = [];
  for (const { id: userId, aadObjectId, name } of accounts) {
    // Of a person who was removed Teams often tells its own id only, and no roster has them any more.
    const id = aadObjectId ?? (await conversations.personOf(userId));
    if (id !== undefined) people.push({ id, name: name ?? '' });
    else log.info({ community: community.id }, 'somebody left whom we never met; the night finds out who it was');
  }
  for (const feature of features) await feature.events?.membersLeft?.({ community, people, at: now() });
  await communities.left(
    community.id,
    people.map(({ id }) => id),
  );
}

/**
 * The features hear of it first: a server that is stopped in between tells them again, and the outbox knows each
 * message.
 */
export async function channelDeleted(
  { features, communities, log }: Pick<TeamParts, 'features' | 'communities' | 'log'>,
  community: Community,
  channel: string,
): Promise<void> {
  await communities.forgetTabIn(community.id, channel);
  if (!(await communities.hasChannel(community.id, channel))) return;
  for (const feature of features) await feature.events?.channelDeleted?.({ community, channel });
  await communities.moveToGeneral(community.id);
  log.info({ community: community.id }, 'the community’s channel was deleted; General takes its place');
}

/** Whoever brings the channel back expects the messages there again; the app was not added anew in between. */
async function channelRestored(
  { features, communities, log }: Pick<TeamParts, 'features' | 'communities' | 'log'>,
  community: Community,
  channel: string,
): Promise<void> {
  if (!(await communities.hadChannel(community.id, channel))) return;
  for (const feature of features) await feature.events?.channelRestored?.({ community, channel });
  await communities.moveBack(community.id);
  log.info({ community: community.id }, 'the community’s channel was restored; messages go there again');
}

/** What happens to a channel, by Teams' name for it in small letters. A renamed one has the id it had. */
const channelEvents: ReadonlyMap<string, typeof channelDeleted> = new Map([
  ['channeldeleted', channelDeleted],
  ['channelrestored', channelRestored],
]);

type Accounts = TeamsActivity['membersAdded'];

function includesBot(
  { botId }: Pick<TeamParts, 'botId'>,
  { recipient }: TeamsActivity,
  accounts: Accounts = [],
): boolean {
  return accounts.some(({ id }) => id === (recipient?.id || botId));
}

function peopleIn(accounts: Accounts = [], { recipient }: TeamsActivity, botId: string): NonNullable<Accounts> {
  return accounts.filter(({ id }) => id !== (recipient?.id || botId) && !id.startsWith('28:'));
}

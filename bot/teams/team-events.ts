import type { Community, Person } from '../../domain/community.ts';
import type { TeamsActivity } from './activity.ts';
import { communityOf, install, takeIn, uninstall, type TeamParts } from './installations.ts';

/** What happens in teams. Each of these may come twice, and half of it may have been done before. */
export interface TeamEvents {
  /** @returns whether a person added the app to their own chat and is to be greeted there. */
  installationUpdate(activity: TeamsActivity): Promise<boolean>;
  conversationUpdate(activity: TeamsActivity): Promise<void>;
  /** The community of the team in which something happened. */
  communityOf(activity: TeamsActivity): Promise<Community | undefined>;
}

export function createTeamEvents(parts: TeamParts): TeamEvents {
  return {
    installationUpdate: activity => installationUpdate(parts, activity),
    conversationUpdate: activity => conversationUpdate(parts, activity),
    communityOf: activity => communityOf(parts, activity),
  };
}

async function installationUpdate(parts: TeamParts, activity: TeamsActivity): Promise<boolean> {
  const action = activity.action?.toLowerCase() ?? '';
  if (activity.channelData?.team) {
    if (action === 'add') await install(parts, activity);
    // The bot was added to the app's manifest: no reason to greet a team that knows it.
    else if (action.startsWith('add')) await takeIn(parts, activity, null);
    if (action.startsWith('remove')) await uninstall(parts, activity, 'app-removed');
    return false;
  }
  if (activity.conversation.conversationType !== 'personal') return false;
  if (action.startsWith('remove')) await parts.conversations.forgetPerson(activity.from.aadObjectId ?? '');
  return action === 'add';
}

async function conversationUpdate(parts: TeamParts, activity: TeamsActivity): Promise<void> {
  if (!activity.channelData?.team) return;
  const bot = activity.recipient?.id;
  const event = activity.channelData.eventType?.toLowerCase();
  if (activity.membersAdded?.some(member => member.id === bot)) await install(parts, activity);
  if (activity.membersRemoved?.some(member => member.id === bot)) return uninstall(parts, activity, 'app-removed');
  if (event === 'teamdeleted' || event === 'teamharddeleted') return uninstall(parts, activity, 'team-gone');

  const community = await communityOf(parts, activity);
  if (!community) return;
  await teamChanged(parts, community, activity, event);
  await membersJoined(parts, community, activity);
  await membersLeft(parts, community, activity);
}

async function teamChanged(
  parts: TeamParts,
  community: Community,
  { channelData }: TeamsActivity,
  event: string | undefined,
): Promise<void> {
  const { communities, log } = parts;
  switch (event) {
    case 'teamrenamed':
      if (channelData?.team?.name) await communities.rename(community.id, channelData.team.name);
      break;
    case 'teamarchived':
    case 'teamunarchived':
      await communities.archive(community.id, event === 'teamarchived');
      log.info({ community: community.id, event }, 'a team was archived or brought back');
      break;
    case 'channeldeleted':
      await channelDeleted(parts, community, channelData?.channel?.id ?? '');
      break;
  }
}

async function membersJoined(
  { features, communities, roster, conversations, now }: TeamParts,
  community: Community,
  { membersAdded, recipient, serviceUrl }: TeamsActivity,
): Promise<void> {
  const accounts = (membersAdded ?? []).flatMap(({ id: userId, aadObjectId: id, name }) =>
    isPerson(userId, recipient) && id !== undefined ? [{ userId, id, name }] : [],
  );
  if (accounts.length === 0) return;
  roster.forget(community.id);
  // Teams often leaves the names out of these events.
  const known = await roster.members(community.id);
  const people = accounts.map(
    ({ id, name }): Person => ({ id, name: known.find(member => member.id === id)?.name || name || '' }),
  );
  for (const { id, userId } of accounts) await conversations.noteMember(id, userId, serviceUrl);
  for (const { id } of people) await communities.met(community.id, id);
  for (const feature of features) await feature.events?.membersJoined?.({ community, people, at: now() });
}

async function membersLeft(
  { features, communities, roster, conversations, now }: TeamParts,
  community: Community,
  { membersRemoved, recipient }: TeamsActivity,
): Promise<void> {
  const accounts = (membersRemoved ?? []).filter(({ id }) => isPerson(id, recipient));
  if (accounts.length === 0) return;
  roster.forget(community.id);
  const people: Person[] = [];
  for (const { id: userId, aadObjectId, name } of accounts) {
    // Of a person whose account was deleted Teams tells its own id only.
    const id = aadObjectId ?? (await conversations.personOf(userId));
    if (id !== undefined) people.push({ id, name: name ?? '' });
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

function isPerson(userId: string, bot: { readonly id: string } | undefined): boolean {
  return userId !== bot?.id && !userId.startsWith('28:');
}

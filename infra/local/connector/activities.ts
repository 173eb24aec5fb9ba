import { messagingId, tenant, type Team, type User } from '../directory.ts';
import { baseOf } from './memory.ts';

/** An activity as JSON, before Teams' envelope is around it. */
export type ActivityJson = Readonly<Record<string, unknown>>;

export const botId = `28:${tenant.appId}`;

/** What an activity comes from. */
export interface Origin {
  readonly user: User;
  readonly serviceUrl: string;
  readonly now: Date;
  readonly id: string;
  readonly conversation: { readonly id: string; readonly kind: 'personal' | 'channel' };
  readonly team?: Team;
}

/** Puts what Teams always sends around an activity. */
export function enveloped(
  activity: ActivityJson,
  { user, serviceUrl, now, id, conversation, team }: Origin,
): ActivityJson {
  const isChannel = conversation.kind === 'channel';
  const own = activity['channelData'] as object | undefined;
  const entities = (activity['entities'] as object[] | undefined) ?? [];
  return {
    ...activity,
    id,
    channelId: 'msteams',
    serviceUrl,
    timestamp: now.toISOString(),
    localTimestamp: localTimestamp(now, user.timeZone),
    localTimezone: user.timeZone,
    locale: user.locale,
    from: { id: messagingId(user.id), name: user.displayName, aadObjectId: user.id },
    recipient: { id: botId, name: tenant.appName },
    conversation: {
      ...(isChannel ? { isGroup: true } : {}),
      id: conversation.id,
      conversationType: isChannel ? 'channel' : 'personal',
      tenantId: tenant.id,
    },
    entities: [
      ...entities,
      {
        type: 'clientInfo',
        locale: user.locale,
        country: user.locale.split('-')[1] ?? 'GB',
        platform: 'Web',
        timezone: user.timeZone,
      },
    ],
    channelData: {
      ...(team ? placeInTeam(team, conversation.id, activity['type'] === 'message') : {}),
      tenant: { id: tenant.id },
      ...own,
    },
  };
}

/**
 * Teams names a team by its id alone, but where the app was added to it, and where its name is the news; messages name
 * their channel by its id as well.
 */
function placeInTeam(team: Team, conversationId: string, isMessage: boolean): object {
  const id = baseOf(conversationId);
  return {
    ...(isMessage ? { teamsTeamId: team.threadId, teamsChannelId: id } : {}),
    team: { id: team.threadId },
    channel: isMessage ? { id } : channelInfo(team, id),
  };
}

/** People who were added, as `membersAdded` has them. */
export function added(users: readonly User[]): object[] {
  return users.map(user => ({ id: messagingId(user.id), aadObjectId: user.id }));
}

/** People who were removed: `membersRemoved` has Teams' own ids and nothing else. */
export function removed(users: readonly User[]): object[] {
  return users.map(user => ({ id: messagingId(user.id) }));
}

/**
 * The same event as Teams may tell it: everything is left out that the Bot Framework's schema calls optional, or is null
 * where a serialiser wrote it all the same.
 */
export function withLess(activity: ActivityJson): ActivityJson {
  const data = activity['channelData'] as { readonly team?: { readonly id?: string } };
  const bare = (accounts: unknown) =>
    Array.isArray(accounts) ? (accounts as { id: string }[]).map(({ id }) => ({ id, name: null })) : undefined;
  const [membersAdded, membersRemoved] = [bare(activity['membersAdded']), bare(activity['membersRemoved'])];
  return {
    ...activity,
    locale: null,
    entities: null,
    from: { id: (activity['from'] as { id: string }).id, name: null },
    ...(membersAdded ? { membersAdded } : {}),
    ...(membersRemoved ? { membersRemoved } : {}),
    channelData: { ...data, ...(data.team ? { team: { id: data.team.id, name: null } } : {}) },
  };
}

/** How `GET …/members` describes somebody. The wire says `objectId`; botbuilder copies it to aadObjectId. */
export function rosterEntry(user: User): object {
  const [givenName = '', ...rest] = user.displayName.split(' ');
  return {
    id: messagingId(user.id),
    objectId: user.id,
    name: user.displayName,
    givenName,
    surname: rest.join(' '),
    email: user.mail,
    userPrincipalName: user.mail,
    tenantId: tenant.id,
    userRole: 'user',
  };
}

export function teamInfo(team: Team): object {
  return { id: team.threadId, aadGroupId: team.id, name: team.displayName };
}

/** The General channel has the id of its team and no name. */
export function channelInfo(team: Team, conversationId: string): object {
  const id = baseOf(conversationId);
  const channel = team.channels.find(one => one.id === id);
  return id === team.threadId || !channel
    ? { id }
    : { id, name: channel.displayName, ...(channel.type ? { type: channel.type } : {}) };
}

/** 2026-11-23T09:00:00.000+00:00 */
function localTimestamp(now: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(now);
  const offset = parts.find(part => part.type === 'timeZoneName')?.value.replace('GMT', '') || '+00:00';
  const wall = new Date(now.getTime() + minutesOf(offset) * 60_000);
  return wall.toISOString().replace('Z', offset);
}

function minutesOf(offset: string): number {
  const [hours = '0', minutes = '0'] = offset.slice(1).split(':');
  return (offset.startsWith('-') ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

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
      ...(team ? { team: teamInfo(team), channel: channelInfo(team, conversation.id) } : {}),
      tenant: { id: tenant.id },
      ...own,
    },
  };
}

/** Bots and people who were added or removed, as `membersAdded` has them. */
export function accounts(users: readonly User[]): object[] {
  return users.map(user => ({ id: messagingId(user.id), aadObjectId: user.id }));
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

/** The General channel has the id of its team and, in messages, no name. */
export function channelInfo(team: Team, conversationId: string): object {
  const id = baseOf(conversationId);
  const name = team.channels.find(channel => channel.id === id)?.displayName;
  return id === team.threadId || !name ? { id } : { id, name };
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

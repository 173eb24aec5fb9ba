import type { Store } from './store.ts';

/** A person in the local tenant. */
export interface User {
  /** Entra object id. */
  readonly id: string;
  readonly displayName: string;
  readonly mail: string;
  readonly jobTitle: string;
  /** What Teams would send as their locale and zone. */
  readonly locale: string;
  readonly timeZone: string;
}

/** A channel that everybody in the team sees, unless it is private or shared. */
export interface Channel {
  readonly id: string;
  readonly displayName: string;
  readonly type?: 'private' | 'shared';
  /** Who is in a private or shared channel; in a shared one people from outside the team, too. */
  readonly members?: readonly string[];
  /** Whether the app of the team was added to this channel; a standard channel has every app of its team. */
  readonly hasApp?: boolean;
}

/** A team with its channels and its people. */
export interface Team {
  /** Microsoft 365 group id. */
  readonly id: string;
  /** Teams' own id of the team, which is also the id of its General channel: 19:…@thread.tacv2. */
  readonly threadId: string;
  readonly displayName: string;
  readonly description: string;
  readonly channels: readonly Channel[];
  /** Those that were deleted, and can be restored for a while. */
  readonly deletedChannels?: readonly (Channel & { readonly deletedAt: string })[];
  readonly members: readonly { readonly userId: string; readonly owner: boolean }[];
  /** Path of its SharePoint site: /sites/… */
  readonly sitePath: string;
}

/** The people and teams of the local tenant: one truth for Entra, Graph, the connector and the desk. */
export interface Directory {
  users(): readonly User[];
  user(id: string): User | undefined;
  putUser(user: User): void;
  teams(): readonly Team[];
  team(id: string): Team | undefined;
  putTeam(team: Team): void;
  addMember(teamId: string, userId: string, owner?: boolean): void;
  removeMember(teamId: string, userId: string): void;
}

/** Identifiers of the local tenant. Nothing here is a secret worth keeping: the server listens on loopback only. */
export const tenant = {
  id: '6f2d8a34-5b7e-4c19-9a3d-0e8f5c1b7a26',
  domain: 'cedarvalley.example',
  /** The one app registration: the bot, the tabs and Graph. */
  appId: 'c3a1f0de-8b52-4f6e-9d17-2a4b6c8e0f13',
  appSecret: 'local-secret',
  /** What Teams calls the app: its package came from the organisation's catalogue, which gives an id of its own. */
  catalogueAppId: '8e0b7d52-4c3a-4f0e-b1d6-95a27c6e3f48',
  appName: 'CoP Companion',
} as const;

/** Teams' id for a person in messages: 29:… */
export function messagingId(userId: string): string {
  return `29:${userId}`;
}

export function isMember(team: Team, userId: string): boolean {
  return team.members.some(member => member.userId === userId);
}

/** Whether somebody is in a channel: in a standard one as a member of the team, in any other one by being added to it. */
export function sees(team: Team, conversationId: string, userId: string): boolean {
  const channel = channelOf(team, conversationId);
  return channel?.type ? (channel.members ?? []).includes(userId) : isMember(team, userId);
}

/** Whether the app of a team reaches this channel: bots are allowed in private and shared channels one by one. */
export function appIsIn(team: Team, conversationId: string): boolean {
  const channel = channelOf(team, conversationId);
  return !channel?.type || channel.hasApp === true;
}

function channelOf({ channels }: Team, conversationId: string): Channel | undefined {
  return channels.find(({ id }) => id === conversationId.split(';')[0]);
}

export function createDirectory(store: Store): Directory {
  const users = store.collection<User>('users');
  const teams = store.collection<Team>('teams');

  function existing(teamId: string): Team {
    const team = teams.get(teamId);
    if (!team) throw new Error(`no team ${teamId} in the local tenant`);
    return team;
  }

  return {
    users: () => users.values(),
    user: id => users.get(id),
    putUser: user => users.put(user.id, user),
    teams: () => teams.values(),
    team: id => teams.get(id),
    putTeam: team => teams.put(team.id, team),
    addMember(teamId, userId, owner = false) {
      const team = existing(teamId);
      teams.put(teamId, {
        ...team,
        members: [...team.members.filter(member => member.userId !== userId), { userId, owner }],
      });
    },
    removeMember(teamId, userId) {
      const team = existing(teamId);
      teams.put(teamId, { ...team, members: team.members.filter(member => member.userId !== userId) });
    },
  };
}

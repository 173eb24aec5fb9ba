import { randomUUID } from 'node:crypto';
import { isMember, messagingId, tenant, type Channel, type Team, type User } from '../directory.ts';
import type { LocalTenant } from '../tenant.ts';
import { botId, type ActivityJson } from './activities.ts';
import type { BotSide } from './bot-side.ts';
import { Impossible, type Delivery } from './teams-side.ts';

export interface ChannelLifeParts {
  readonly local: Pick<LocalTenant, 'directory' | 'clock'>;
  readonly bot: Pick<BotSide, 'isInstalled'>;
  readonly teamOf: (teamId: string) => Team;
  readonly personOf: (userId: string) => User;
  /** Tells the bot of a team, in the name of somebody and in one of its channels. */
  readonly tell: (
    teamId: string,
    activity: ActivityJson,
    of?: { readonly by?: User; readonly channelId?: string },
  ) => Promise<Delivery | null>;
  readonly changed: (conversationId: string | null) => void;
}

export type ChannelKind = 'standard' | 'private' | 'shared';

/** For how long a deleted channel can be restored, in milliseconds. */
const restorableFor = 30 * 24 * 3_600_000;

/** What happens to the channels of teams, and what Teams then tells the bot. */
export function createChannelLife({ local, bot, teamOf, personOf, tell, changed }: ChannelLifeParts) {
  const { directory, clock } = local;

  function exclusiveOf(team: Team, channelId: string): Channel & { readonly type: 'private' | 'shared' } {
    const channel = team.channels.find(({ id }) => id === channelId);
    if (!channel?.type)
      throw new Impossible(
        `${team.displayName} has no private or shared channel ${channelId}; a standard one has the team’s people and apps.`,
      );
    return { ...channel, type: channel.type };
  }
  function putChannel(team: Team, channel: Channel): void {
    const others = team.channels.filter(({ id }) => id !== channel.id);
    directory.putTeam({ ...team, channels: [...others, channel] });
    changed(null);
  }

  /** Any channel but General, which neither goes nor comes back. */
  function ordinaryOf(team: Team, channelId: string): Channel {
    const channel = team.channels.find(({ id }) => id === channelId);
    if (!channel || channelId === team.threadId)
      throw new Impossible(`${team.displayName} has no channel ${channelId} beside General, which stays.`);
    return channel;
  }

  /** The bot hears of the channels it is in. Of a standard one Teams tells in General, with the channel beside it. */
  async function tellOf(
    team: Team,
    { id, displayName: name, type, hasApp }: Channel,
    eventType: string,
    by?: User,
  ): Promise<Delivery | null> {
    if (type && !hasApp) return null;
    const channel = { id, name, ...(type ? { type } : {}) };
    return tell(
      team.id,
      { type: 'conversationUpdate', channelData: { eventType, channel } },
      { ...(by ? { by } : {}), ...(type ? { channelId: id } : {}) },
    );
  }

  return {
    async createChannel(teamId: string, name: string, type: ChannelKind, byUserId: string): Promise<string> {
      const team = teamOf(teamId);
      const by = personOf(byUserId);
      if (!isMember(team, by.id)) throw new Impossible(`${by.displayName} is not in ${team.displayName}.`);
      const id = `19:${randomUUID().replaceAll('-', '')}@thread.tacv2`;
      const channel = { id, displayName: name, ...(type === 'standard' ? {} : { type, members: [by.id] }) };
      putChannel(team, channel);
      await tellOf(team, channel, 'channelCreated', by);
      return id;
    },

    async allowInChannel(teamId: string, channelId: string, allowed: boolean): Promise<Delivery | null> {
      const team = teamOf(teamId);
      const channel = exclusiveOf(team, channelId);
      if (!bot.isInstalled(teamId)) throw new Impossible(`${tenant.appName} is not in ${team.displayName}.`);
      if ((channel.hasApp ?? false) === allowed)
        throw new Impossible(`${tenant.appName} is ${allowed ? 'in this channel already' : 'not in this channel'}.`);
      putChannel(team, { ...channel, hasApp: allowed });
      const account = [{ id: botId, name: tenant.appName }];
      return tell(
        teamId,
        {
          type: 'conversationUpdate',
          ...(allowed ? { membersAdded: account } : { membersRemoved: account }),
          channelData: { eventType: allowed ? 'channelMemberAdded' : 'channelMemberRemoved' },
        },
        { channelId },
      );
    },

    async joinsChannel(teamId: string, channelId: string, userId: string): Promise<Delivery | null> {
      const team = teamOf(teamId);
      const channel = exclusiveOf(team, channelId);
      const person = personOf(userId);
      const members = channel.members ?? [];
      if (members.includes(userId)) throw new Impossible(`${person.displayName} is in ${channel.displayName} already.`);
      if (channel.type === 'private' && !isMember(team, userId))
        throw new Impossible(`A private channel takes members of its team only, and ${person.displayName} is none.`);
      putChannel(team, { ...channel, members: [...members, userId] });
      return channel.hasApp ? tellOfChannelMember(teamId, channelId, 'channelMemberAdded', person) : null;
    },

    async leavesChannel(teamId: string, channelId: string, userId: string): Promise<Delivery | null> {
      const team = teamOf(teamId);
      const channel = exclusiveOf(team, channelId);
      const person = personOf(userId);
      if (!channel.members?.includes(userId))
        throw new Impossible(`${person.displayName} is not in ${channel.displayName}.`);
      putChannel(team, { ...channel, members: channel.members.filter(one => one !== userId) });
      return channel.hasApp ? tellOfChannelMember(teamId, channelId, 'channelMemberRemoved', person) : null;
    },

    async renameChannel(teamId: string, channelId: string, name: string): Promise<Delivery | null> {
      const team = teamOf(teamId);
      const renamed = { ...ordinaryOf(team, channelId), displayName: name };
      putChannel(team, renamed);
      return tellOf(team, renamed, 'channelRenamed');
    },

    /** Its messages, tabs and files can be neither seen nor reached until it is restored. */
    async deleteChannel(teamId: string, channelId: string): Promise<Delivery | null> {
      const team = teamOf(teamId);
      const channel = ordinaryOf(team, channelId);
      const deleted = { ...channel, deletedAt: clock.now().toISOString() };
      directory.putTeam({
        ...team,
        channels: team.channels.filter(({ id }) => id !== channelId),
        deletedChannels: [...(team.deletedChannels ?? []), deleted],
      });
      changed(null);
      return tellOf(team, channel, 'channelDeleted');
    },

    async restoreChannel(teamId: string, channelId: string): Promise<Delivery | null> {
      const team = teamOf(teamId);
      const found = team.deletedChannels?.find(({ id }) => id === channelId);
      if (!found) throw new Impossible(`${team.displayName} has no deleted channel ${channelId}.`);
      const { deletedAt, ...channel } = found;
      if (clock.now().getTime() - Date.parse(deletedAt) > restorableFor)
        throw new Impossible(`${channel.displayName} was deleted more than 30 days ago: it is gone for good.`);
      directory.putTeam({
        ...team,
        channels: [...team.channels, channel],
        deletedChannels: (team.deletedChannels ?? []).filter(({ id }) => id !== channelId),
      });
      changed(null);
      return tellOf(team, channel, 'channelRestored');
    },
  };

  /** The same `membersAdded` and `membersRemoved` as those of a team, told of one channel. */
  function tellOfChannelMember(
    teamId: string,
    channelId: string,
    eventType: 'channelMemberAdded' | 'channelMemberRemoved',
    { id }: User,
  ): Promise<Delivery | null> {
    const team = teamOf(teamId);
    const accounts = [{ id: messagingId(id), aadObjectId: id }];
    return tell(
      teamId,
      {
        type: 'conversationUpdate',
        ...(eventType === 'channelMemberAdded' ? { membersAdded: accounts } : { membersRemoved: accounts }),
        channelData: {
          eventType,
          membershipSource: {
            sourceType: isMember(team, id) ? 'team' : 'channel',
            id: isMember(team, id) ? team.threadId : channelId,
            membershipType: isMember(team, id) ? 'transitive' : 'direct',
            tenantId: tenant.id,
          },
        },
      },
      { channelId },
    );
  }
}

import { randomUUID } from 'node:crypto';
import { isMember, tenant, type Team, type User } from '../directory.ts';
import type { LocalTenant } from '../tenant.ts';
import { added, botId, channelInfo, enveloped, removed, teamInfo, withLess, type ActivityJson } from './activities.ts';
import type { BotSide } from './bot-side.ts';
import { createChannelLife } from './channel-life.ts';
import type { Memory } from './memory.ts';
import { Impossible, type Delivery } from './teams-side.ts';

export interface TeamLifeParts {
  readonly local: LocalTenant;
  readonly memory: Memory;
  readonly bot: Pick<BotSide, 'isInstalled'>;
  readonly deliver: (activity: ActivityJson) => Promise<Delivery>;
  readonly changed: (conversationId: string | null) => void;
  readonly teamEvent: (event: { readonly kind: 'installed' | 'uninstalled'; readonly teamId: string }) => void;
}

/** Teams promises no event: one may be lost, come twice (under another id), or say no more than it must. */
export type EventFate = 'lost' | 'twice' | 'with-less';

/** What happens to teams and their people, and what Teams then tells the bot. */
export function createTeamLife({ local, memory, bot, deliver, changed, teamEvent }: TeamLifeParts) {
  const { directory, clock } = local;
  const fates: EventFate[] = [];

  function personOf(userId: string): User {
    const user = directory.user(userId);
    if (!user)
      throw new Impossible(`There is no person ${userId} in the local tenant; take an id from GET /desk/api/state.`);
    return user;
  }
  function teamOf(teamId: string): Team {
    const team = directory.team(teamId);
    if (!team)
      throw new Impossible(`There is no team ${teamId} in the local tenant; take an id from GET /desk/api/state.`);
    return team;
  }
  /** Events of a team come from somebody in it, its owner when nobody is named, and under the id of the team. */
  async function tell(
    teamId: string,
    activity: ActivityJson,
    { by, channelId }: { readonly by?: User; readonly channelId?: string } = {},
  ): Promise<Delivery | null> {
    const team = teamOf(teamId);
    if (!bot.isInstalled(team.id)) return null;
    const user = by ?? personOf((team.members.find(member => member.owner) ?? team.members[0])?.userId ?? '');
    const envelope = () =>
      enveloped(activity, {
        user,
        team,
        serviceUrl: local.serviceUrl(),
        now: clock.now(),
        id: `f:${randomUUID()}`,
        conversation: { id: channelId ?? team.threadId, kind: 'channel' },
      });
    const fate = fates.shift();
    if (fate === 'lost') return null;
    if (fate === 'twice') await deliver(envelope());
    return deliver(fate === 'with-less' ? withLess(envelope()) : envelope());
  }

  /** The channel chosen at the installation: General. Only here, and where its name is the news, Teams names a team. */
  function installing(team: Team): object {
    return { settings: { selectedChannel: channelInfo(team, team.threadId) }, team: teamInfo(team) };
  }

  return {
    /** What becomes of the next events, before those after them go their way again. */
    nextEvents(fate: EventFate, count = 1): void {
      for (let each = 0; each < count; each++) fates.push(fate);
    },

    /** Adds the app to a team; the bot hears of it twice, as in Teams. */
    async installApp(teamId: string, byUserId: string): Promise<readonly Delivery[]> {
      const team = teamOf(teamId);
      const by = personOf(byUserId);
      if (!isMember(team, by.id))
        throw new Impossible(`${by.displayName} is not in ${team.displayName}, so cannot add an app to it.`);
      const notFound = local.appInTeams?.whyNotFound();
      if (notFound) throw new Impossible(notFound);
      if (bot.isInstalled(teamId)) throw new Impossible(`${tenant.appName} is in ${team.displayName} already.`);
      memory.installations.put(teamId, { teamId, by: byUserId });
      teamEvent({ kind: 'installed', teamId });
      changed(null);
      const installed = await tell(
        teamId,
        {
          type: 'installationUpdate',
          action: 'add',
          channelData: { ...installing(team), source: { name: 'message' } },
        },
        { by },
      );
      const arrived = await tell(
        teamId,
        {
          type: 'conversationUpdate',
          membersAdded: [{ id: botId, name: tenant.appName }],
          channelData: { eventType: 'teamMemberAdded', ...installing(team) },
        },
        { by },
      );
      return [installed, arrived].filter(one => one !== null);
    },

    async uninstallApp(teamId: string, byUserId: string): Promise<readonly Delivery[]> {
      const team = teamOf(teamId);
      const by = personOf(byUserId);
      if (!bot.isInstalled(teamId)) throw new Impossible(`${tenant.appName} is not in ${team.displayName}.`);
      const gone = await tell(
        teamId,
        {
          type: 'conversationUpdate',
          membersRemoved: [{ id: botId, name: tenant.appName }],
          channelData: { eventType: 'teamMemberRemoved' },
        },
        { by },
      );
      const uninstalled = await tell(
        teamId,
        { type: 'installationUpdate', action: 'remove', channelData: { team: teamInfo(team) } },
        { by },
      );
      memory.installations.delete(teamId);
      teamEvent({ kind: 'uninstalled', teamId });
      changed(null);
      return [gone, uninstalled].filter(one => one !== null);
    },

    /** People join a team, all in one event. Null when the app is not in the team: nobody is told then. */
    async joins(teamId: string, userIds: readonly string[]): Promise<Delivery | null> {
      const team = teamOf(teamId);
      const people = userIds.map(personOf);
      const there = people.find(one => isMember(team, one.id));
      if (there) throw new Impossible(`${there.displayName} is in ${team.displayName} already.`);
      for (const one of people) directory.addMember(teamId, one.id);
      changed(null);
      return tell(teamId, {
        type: 'conversationUpdate',
        membersAdded: added(people),
        channelData: { eventType: 'teamMemberAdded' },
      });
    },

    async leaves(teamId: string, userIds: readonly string[]): Promise<Delivery | null> {
      const team = teamOf(teamId);
      const people = userIds.map(personOf);
      const absent = people.find(one => !isMember(team, one.id));
      if (absent) throw new Impossible(`${absent.displayName} is not in ${team.displayName}.`);
      if (team.members.length <= people.length) throw new Impossible(`Somebody has to stay in ${team.displayName}.`);
      for (const one of people) directory.removeMember(teamId, one.id);
      changed(null);
      return tell(teamId, {
        type: 'conversationUpdate',
        membersRemoved: removed(people),
        channelData: { eventType: 'teamMemberRemoved' },
      });
    },

    ...createChannelLife({ local, bot, teamOf, personOf, tell, changed }),
  };
}

import type {
  AadUserConversationMember,
  Channel,
  Team as GraphTeam,
  User as GraphUser,
} from '@microsoft/microsoft-graph-types';
import { tenant, type Directory, type Team, type User } from '../directory.ts';
import { teamRoute, type Call, type GraphAnswer, type Route } from './call.ts';
import { problems } from './errors.ts';
import { mustListPeople, type Oddities, type RosterOddity } from './oddities.ts';
import { countedPage, option, readSelect, selected } from './query.ts';
import { guid } from './sites.ts';

const pageOfPeople = { usual: 100, most: 999 };

/** People, groups and teams. */
export function peopleRoutes({
  directory,
  oddities,
  base,
}: {
  directory: Directory;
  oddities: Pick<Oddities, 'roster'>;
  base: string;
}): readonly Route[] {
  function people(call: Call, users: readonly User[]): GraphAnswer {
    const { rows, link } = countedPage(users, call.query, `${base}${call.path}`, pageOfPeople);
    const names = readSelect(option(call.query, 'select'));
    return {
      status: 200,
      body: {
        '@odata.context': `${base}/$metadata#directoryObjects`,
        ...link,
        value: rows.map(user => selected({ '@odata.type': '#microsoft.graph.user', ...shownUser(user) }, names)),
      },
    };
  }
  function membersOf(team: Team, owners: boolean): readonly User[] {
    return team.members
      .filter(member => !owners || member.owner)
      .flatMap(member => directory.user(member.userId) ?? []);
  }
  function oneUser(call: Call, user: User): GraphAnswer {
    return {
      status: 200,
      body: {
        '@odata.context': `${base}/$metadata#users/$entity`,
        ...selected(shownUser(user), readSelect(option(call.query, 'select'))),
      },
    };
  }

  return [
    teamRoute('GET', '/groups/{group}/members', call => people(call, membersOf(call.team, false))),
    teamRoute('GET', '/groups/{group}/owners', call => people(call, membersOf(call.team, true))),
    teamRoute('GET', '/teams/{team}', call => ({
      status: 200,
      body: { '@odata.context': `${base}/$metadata#teams/$entity`, ...shownTeam(call.team) },
    })),
    teamRoute('GET', '/teams/{team}/members', call => {
      const oddity = oddities.roster(call.team.id);
      mustListPeople(oddity, option(call.query, 'skiptoken') !== undefined);
      const known = call.team.members.flatMap(member => {
        const user = directory.user(member.userId);
        return user && !isLacking(oddity, user) ? [shownMember(call.team, user, member.owner)] : [];
      });
      const all: readonly ShownMember[] = oddity === 'nameless' ? [...namelessMembers(call.team), ...known] : known;
      const url = `${base}${call.path}`;
      const { rows, link: next } = countedPage(all, call.query, url, pageOfPeople);
      const link = oddLink(oddity, `${url}?${call.query.toString()}`) ?? next;
      return {
        status: 200,
        body: {
          '@odata.context': `${base}/$metadata#teams('${call.team.id}')/members`,
          '@odata.count': rows.length,
          ...link,
          value: rows,
        },
      };
    }),
    teamRoute('GET', '/teams/{team}/channels', call => {
      const value = call.team.channels.map(channel => shownChannel(call.team, channel));
      return {
        status: 200,
        body: {
          '@odata.context': `${base}/$metadata#teams('${call.team.id}')/channels`,
          '@odata.count': value.length,
          value,
        },
      };
    }),
    {
      method: 'GET',
      path: '/me',
      handle(call) {
        if (!call.user) throw problems.onlyDelegated();
        return oneUser(call, call.user);
      },
    },
    {
      method: 'GET',
      path: '/users/{user}',
      handle(call) {
        const wanted = (call.params['user'] ?? '').toLowerCase();
        const user = directory
          .users()
          .find(({ id, mail }) => id.toLowerCase() === wanted || mail.toLowerCase() === wanted);
        // User.Read alone is about oneself.
        const own = call.user !== null && user?.id === call.user.id;
        if (
          call.user &&
          !own &&
          !call.caller.scopes.some(scope => scope === 'User.Read.All' || scope === 'User.ReadBasic.All')
        )
          throw problems.directoryDenied();
        if (!user) throw problems.noSuchObject(call.params['user'] ?? '');
        return oneUser(call, user);
      },
    },
  ];
}

function shownUser(user: User): GraphUser {
  const [givenName = '', ...rest] = user.displayName.split(' ');
  return {
    id: user.id,
    displayName: user.displayName,
    givenName,
    surname: rest.join(' '),
    mail: user.mail,
    userPrincipalName: user.mail,
    jobTitle: user.jobTitle,
    preferredLanguage: user.locale,
    businessPhones: [],
    mobilePhone: null,
    officeLocation: null,
  };
}

function shownTeam(team: Team): GraphTeam {
  return {
    id: team.id,
    displayName: team.displayName,
    description: team.description,
    internalId: team.threadId,
    tenantId: tenant.id,
    visibility: 'private',
    isArchived: false,
    webUrl: `https://teams.microsoft.com/l/team/${encodeURIComponent(team.threadId)}/conversations?groupId=${team.id}&tenantId=${tenant.id}`,
  };
}

type ShownMember = AadUserConversationMember & { '@odata.type': string; tenantId: string };

/** A guest whom the directory does not name, and somebody who was deleted from it. */
function namelessMembers(team: Team): readonly ShownMember[] {
  return ['guest', 'deleted'].map(which => ({
    '@odata.type': '#microsoft.graph.aadUserConversationMember',
    id: Buffer.from(`MCMjMiMj${tenant.id}##${team.id}##${which}`).toString('base64'),
    roles: which === 'guest' ? ['guest'] : [],
    displayName: null,
    visibleHistoryStartDateTime: '0001-01-01T00:00:00Z',
    userId: which === 'guest' ? guid('guest of', team.id) : null,
    email: null,
    tenantId: tenant.id,
  }));
}

function isLacking(oddity: RosterOddity | null, { id }: User): boolean {
  return typeof oddity === 'object' && oddity?.lacks === id;
}

function oddLink(oddity: RosterOddity | null, here: string): object | undefined {
  if (oddity === 'repeats') return { '@odata.nextLink': here };
  if (oddity === 'breaks') return { '@odata.nextLink': `${here}&$skiptoken=%2fodata%2fteams%3f%2524skiptoken%3deyJy` };
  return undefined;
}

function shownMember(team: Team, user: User, owner: boolean): ShownMember {
  return {
    '@odata.type': '#microsoft.graph.aadUserConversationMember',
    id: Buffer.from(`MCMjMiMj${tenant.id}##${team.id}##${user.id}`).toString('base64'),
    roles: owner ? ['owner'] : [],
    displayName: user.displayName,
    visibleHistoryStartDateTime: '0001-01-01T00:00:00Z',
    userId: user.id,
    email: user.mail,
    tenantId: tenant.id,
  };
}

function shownChannel(team: Team, channel: Team['channels'][number]): Channel {
  return {
    id: channel.id,
    displayName: channel.displayName,
    description: null,
    membershipType: 'standard',
    isArchived: false,
    tenantId: tenant.id,
    webUrl: `https://teams.microsoft.com/l/channel/${encodeURIComponent(channel.id)}/${encodeURIComponent(channel.displayName)}?groupId=${team.id}&tenantId=${tenant.id}`,
  };
}

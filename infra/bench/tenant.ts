import { openDatabase } from '../../bot/database/connection.ts';
import { api } from '../../domain/api.ts';
import type { Settings } from '../../domain/community.ts';
import { chatId } from '../local/connector/memory.ts';
import { messagingId, type Team, type User } from '../local/directory.ts';
import type { StoredList } from '../local/graph/stored.ts';
import type { Microsoft365 } from '../local/microsoft365.ts';

/** A Sunday evening, and the Monday on which the weeks of the benchmark begin. */
export const eve = new Date('2026-11-22T20:00:00Z');
export const monday = new Date('2026-11-23T09:00:00Z');

const weekly = (who: User): Settings => {
  const person = { id: who.id, name: who.displayName };
  return {
    timeZone: 'UTC',
    coordinators: [person],
    facilitation: { day: 1, time: '09:00', facilitators: [person], destination: 'chats' },
  };
};

/** People numbered from here on, each with a chat that is open already: who is written to every week has one. */
export function people(microsoft365: Microsoft365, from: number, count: number): readonly User[] {
  const { directory, store } = microsoft365;
  const chats = store.collection<{ userId: string }>('chats');
  return store.together(() =>
    Array.from({ length: count }, (_none, index) => {
      const number = from + index;
      const user: User = {
        id: `00000000-0000-4000-9000-${String(number).padStart(12, '0')}`,
        displayName: `Member ${number}`,
        mail: `member.${number}@cedarvalley.example`,
        jobTitle: 'Member',
        locale: 'en-GB',
        timeZone: 'UTC',
      };
      directory.putUser(user);
      chats.put(chatId(user.id), { userId: user.id });
      return user;
    }),
  );
}

export function team(microsoft365: Microsoft365, number: number, members: readonly User[]): Team {
  const tail = String(number).padStart(12, '0');
  const threadId = `19:bench${tail}@thread.tacv2`;
  const made: Team = {
    id: `00000000-0000-4000-a000-${tail}`,
    threadId,
    displayName: `Community ${number}`,
    description: '',
    channels: [{ id: threadId, displayName: 'General' }],
    members: members.map(({ id }, index) => ({ userId: id, owner: index === 0 })),
    sitePath: `/sites/Bench${number}`,
  };
  microsoft365.directory.putTeam(made);
  microsoft365.graph.grantSite(made.id, 'fullcontrol');
  return made;
}

/** Adds the app to a team and sets the community up, as its owner would. */
export async function setUp(microsoft365: Microsoft365, productUrl: string, { id }: Team, owner: User): Promise<void> {
  await microsoft365.connector.installApp(id, owner.id);
  const path = api.saveSettings.path.replace(/\{\w+\}/, id);
  const send = async (): Promise<Response> =>
    fetch(productUrl + path, {
      method: 'PUT',
      headers: {
        Authorization: `Bearer ${await microsoft365.entra.issueTabToken(owner.id)}`,
        'Content-Type': 'application/json',
        'If-None-Match': '*',
      },
      body: JSON.stringify(weekly(owner)),
    });
  // The bot may take a moment to hear of its installation.
  for (let tries = 1; ; tries++) {
    const response = await send();
    if (response.ok) return;
    if (tries === 50)
      throw new Error(
        `the community of the benchmark could not be set up: ${response.status} ${await response.text()}`,
      );
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

/** What the server would know of these people after a first message to each. */
export async function knowChats(
  where: Parameters<typeof openDatabase>[0],
  microsoft365: Microsoft365,
  known: readonly User[],
): Promise<void> {
  const database = await openDatabase(where);
  for (let start = 0; start < known.length; start += 1000) {
    const rows = known.slice(start, start + 1000).map(({ id, locale, timeZone }) => ({
      person: id,
      user_id: messagingId(id),
      conversation_id: chatId(id),
      service_url: `${microsoft365.url}/connector/`,
      locale,
      time_zone: timeZone,
    }));
    await database.db
      .insertInto('chats')
      .values(rows)
      .onConflict(conflict => conflict.doNothing())
      .execute();
  }
  await database.close();
}

/**
 * So many communities that have been there for long: in the server's database, and in SharePoint with the lists of the
 * one that was set up.
 */
export async function copyCommunities(
  where: Parameters<typeof openDatabase>[0],
  microsoft365: Microsoft365,
  pattern: Team,
  owners: readonly User[],
): Promise<void> {
  const { store } = microsoft365;
  const lists = store.collection<StoredList>('graph.lists');
  const installations = store.collection<{ teamId: string; by: string }>('installations');
  const patterns = lists.values().filter(list => list.teamId === pattern.id);
  const teams = store.together(() =>
    owners.map((owner, index) => {
      const made = team(microsoft365, index + 1, [owner]);
      installations.put(made.id, { teamId: made.id, by: owner.id });
      microsoft365.graph.setTeamConsent(made.id, ['TeamMember.Read.Group']);
      for (const list of patterns) {
        const id = crypto.randomUUID();
        lists.put(id, { ...list, id, teamId: made.id });
      }
      return { made, owner };
    }),
  );

  const database = await openDatabase(where);
  for (let start = 0; start < teams.length; start += 1000) {
    const rows = teams.slice(start, start + 1000).map(({ made, owner }) => ({
      site_id: microsoft365.graph.siteOf(made.id).id,
      site_url: microsoft365.graph.siteOf(made.id).url,
      id: made.id,
      name: made.displayName,
      thread_id: made.threadId,
      channel_id: made.threadId,
      service_url: `${microsoft365.url}/connector/`,
      installed_by: null,
      installed_at: eve,
      settings: JSON.stringify(weekly(owner)) as never,
      removed_at: null,
    }));
    await database.db.insertInto('communities').values(rows).execute();
  }
  await database.close();
}

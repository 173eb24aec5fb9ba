import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { api, type CommunityView } from '../../domain/api.ts';
import type { AuditView } from '../../domain/audit/api.ts';
import { eventually } from '../support/engines.ts';
import { openSite, type SharePointSite } from './support/sharepoint.ts';
import {
  personOf,
  pressOf,
  rolesWithRights,
  startTarget,
  troublesIn,
  type Target,
  type TargetCommunity,
} from './support/target.ts';

/**
 * Every member of a team may change the lists in its site, and remove apps and add them. None of that makes anybody
 * more than a member. Each test goes on where the one before ended.
 */
let target: Target;
let community: TargetCommunity;
let site: SharePointSite;
beforeAll(async () => {
  target = await startTarget();
  [community] = target.communities;
  site = await openSite(target, community, community.member);
}, 180_000);
afterAll(() => target?.stop());

/** What the member may besides reading. */
async function powers(): Promise<readonly string[]> {
  const { status, body } = await target.ask(community.member, api.community, { community });
  if (status !== 200) throw new Error(`the member’s community could not be read: ${status} ${body}`);
  return Object.entries((JSON.parse(body) as CommunityView).may).flatMap(([permission, may]) =>
    may && permission !== 'community.read' ? [permission] : [],
  );
}

/** What the member gets who simply tries. */
async function tries(): Promise<readonly number[]> {
  const settings = {
    timeZone: 'UTC',
    coordinators: [personOf(community.member)],
    facilitation: { day: 1, time: '09:00', facilitators: [], destination: 'chats' },
  };
  const answers = await Promise.all([
    target.ask(community.member, api.newcomers, { community }),
    target.ask(community.member, api.delivery, { community }),
    target.ask(community.member, api.saveSettings, { community, body: settings, headers: { 'If-None-Match': '*' } }),
    target.ask(community.member, api.provision, { community }),
  ]);
  return answers.map(({ status }) => status);
}
const refused = [403, 403, 403, 403];

/**
 * Removes the app and adds it again, as any member of a team may. What the team's people are told in between says
 * nothing: Microsoft 365 refuses them as soon as the app is gone, and the bot hears of it a moment later.
 */
async function addAnew(): Promise<void> {
  const { connector } = target.microsoft365;
  await connector.uninstallApp(community.team.id, community.member.id);
  await eventually('the app to be gone', async () => (await lastOfTheApp()) === 'app.removed');
  await connector.installApp(community.team.id, community.member.id);
  await eventually('the app to be there', async () => (await lastOfTheApp()) === 'app.added');
}

/** What the audit trail says last of the app in this team. */
async function lastOfTheApp(): Promise<string | undefined> {
  const { status, body } = await target.ask(target.administrator, api.auditOfAll);
  if (status !== 200) throw new Error(`the audit trail could not be read: ${status} ${body}`);
  const { entries } = JSON.parse(body) as AuditView;
  return entries.find(entry => entry.community?.id === community.team.id && entry.act.startsWith('app.'))?.act;
}

/** Every list of ours in which a row can be found, with the rows as they are. */
async function rewrite(list: string, change: (fields: Readonly<Record<string, unknown>>) => object): Promise<number> {
  const rows = await site.rows(list);
  for (const row of rows) await site.change(list, row, change(row.fields));
  return rows.length;
}

test('a member is a member, to begin with', async () => {
  expect({ powers: await powers(), tries: await tries() }).toEqual({ powers: [], tries: refused });
});

describe.each([
  { how: 'as it is', anew: async () => {} },
  { how: 'and after the app was removed and added by the same member', anew: addAnew },
])('$how', ({ anew }) => {
  test('a row of settings that the member changed makes them no coordinator', async () => {
    const me = personOf(community.member);
    const changed = await rewrite('CoP Settings', ({ CopSettings }) => {
      const settings = JSON.parse(String(CopSettings)) as { coordinators: object[]; facilitation: object };
      return {
        CopSettings: JSON.stringify({
          ...settings,
          coordinators: [...settings.coordinators, me],
          facilitation: { ...settings.facilitation, facilitators: [me] },
        }),
      };
    });
    // Where no settings are kept in SharePoint, a row may still be put there for whoever might read it.
    if (changed === 0)
      await site.add('CoP Settings', {
        Title: 'settings',
        CopKey: 'settings',
        CopSettings: JSON.stringify({
          timeZone: 'UTC',
          coordinators: [me],
          facilitation: { day: 1, time: '09:00', facilitators: [me], destination: 'chats' },
        }),
      });
    await anew();

    expect({ powers: await powers(), tries: await tries() }).toEqual({ powers: [], tries: refused });
  });

  test('a row of settings that a coordinator saves anew afterwards has not taken the member in', async () => {
    const before = await target.ask(community.coordinator, api.settings, { community });
    const { settings, etag } = JSON.parse(before.body) as {
      settings: { coordinators: { id: string }[] };
      etag: string;
    };

    expect(settings.coordinators.map(({ id }) => id)).not.toContain(community.member.id);
    await target.ask(community.coordinator, api.saveSettings, {
      community,
      body: settings,
      headers: { 'If-Match': etag },
    });
    expect({ powers: await powers(), tries: await tries() }).toEqual({ powers: [], tries: refused });
  });

  test('a row of roles that calls the member a coordinator makes them none', async () => {
    const person = JSON.stringify({ ...personOf(community.member), mail: null });
    await rewrite('CoP Roles', () => ({ CopPerson: person, CopRole: 'coordinator', CopState: 'accepted' }));
    await site.add('CoP Roles', {
      Title: 'x',
      CopKey: `coordinator/${community.member.id}/2026-11-22`,
      CopRole: 'coordinator',
      CopPerson: person,
      CopSince: '2026-11-22',
      CopNote: '',
      CopState: 'accepted',
      CopChangedBy: person,
      CopChangedAt: '2026-11-22T10:00:00Z',
    });
    await anew();

    expect({ powers: await powers(), tries: await tries() }).toEqual({ powers: [], tries: refused });
  });

  test.each(rolesWithRights)('a row of roles that calls the member %s lets them do nothing', async role => {
    const person = JSON.stringify({ ...personOf(community.member), mail: null });
    await rewrite('CoP Roles', () => ({ CopPerson: person, CopRole: role, CopState: 'accepted' }));
    await site.add('CoP Own Roles', {
      Title: 'x',
      CopKey: role,
      CopTitle: 'Chart doctor',
      CopPurpose: '',
      CopAddedBy: person,
    });
    await site.add('CoP Roles', {
      Title: 'x',
      CopKey: `${role}/${community.member.id}/2026-11-22-${anew === addAnew}`,
      CopRole: role,
      CopPerson: person,
      CopSince: '2026-11-22',
      CopNote: '',
      CopState: 'accepted',
      CopChangedBy: JSON.stringify(personOf(community.coordinator)),
      CopChangedAt: '2026-11-22T10:00:00Z',
    });
    await anew();
    // A coordinator who looks sees it, and has done nothing with that.
    await target.ask(community.coordinator, api.roles, { community });

    expect({ powers: await powers(), tries: await tries() }).toEqual({ powers: [], tries: refused });
  });

  test('whoever was accepted may what their role lets them, whatever the rows say', async () => {
    const answers = await Promise.all([
      target.ask(community.holders['member-support'], api.newcomers, { community }),
      target.ask(community.holders['teams-administrator'], api.delivery, { community }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });

  test('without its rows the community is not the member’s to set up', async () => {
    for (const list of ['CoP Settings', 'CoP Roles'])
      for (const row of await site.rows(list)) await site.remove(list, row);
    await anew();

    expect({ powers: await powers(), tries: await tries() }).toEqual({ powers: [], tries: refused });
  });

  test('the form on a card does not set it up either', async () => {
    const { body } = await target.deliver(
      community.member,
      pressOf('settings.save', {
        community: community.team.id,
        timeZone: 'UTC',
        coordinators: community.member.id,
        facilitators: community.member.id,
        day: '1',
        time: '09:00',
        destination: 'chats',
      }),
      { community },
    );

    expect(body).not.toMatch(/"statusCode":5/);
    expect({ powers: await powers(), tries: await tries() }).toEqual({ powers: [], tries: refused });
  });
});

test('those who coordinated still do, and none of this left an error in the log', async () => {
  const answers = await Promise.all(
    [community.owner, community.coordinator].map(who => target.ask(who, api.newcomers, { community })),
  );

  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect({ crashes: target.crashes, troubles: troublesIn(target.log) }).toEqual({ crashes: [], troubles: [] });
});

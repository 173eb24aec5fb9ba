import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { tenant } from '../../../infra/local/directory.ts';
import { samplePeople, sampleTeam } from '../../../infra/local/sample-people.ts';
import { readTarget, scopesFor } from '../../../infra/tenant/grant.ts';
import { grantCommand } from '../../../infra/tenant/grant-command.ts';
import { startListsOverHttp, type ListsOverHttp } from '../../support/lists.ts';
import { runAs, type Administrator, type Done } from './administrator.ts';

const site = 'https://cedarvalley.sharepoint.example/sites/DataStorytellers';
const link = `https://teams.microsoft.com/l/team/${encodeURIComponent(sampleTeam.threadId)}/conversations?groupId=${sampleTeam.id}&tenantId=${tenant.id}`;
/** A SharePoint administrator who is not in the team, one who is, and somebody of the team who is none. */
const outsider: Administrator = { userId: samplePeople.find(({ role }) => role === 'newcomer')!.id };
const insider: Administrator = { userId: sampleTeam.members[0]!.userId };
const member: Administrator = { userId: sampleTeam.members[1]!.userId };

let over: ListsOverHttp;
beforeAll(async () => {
  over = await startListsOverHttp();
  over.microsoft365.entra.consent.setAdministrators([outsider.userId, insider.userId]);
});
beforeEach(() => over.microsoft365.graph.grantSite(sampleTeam.id, null));

function grant(who: Administrator, ...args: string[]): Promise<Done> {
  const environment = { MICROSOFT_APP_ID: tenant.appId, MICROSOFT_TENANT_ID: tenant.id };
  return runAs(over.microsoft365, who, grantCommand, args, { environment });
}
/** Whether the app can make its lists there now. */
const states = async () => [...new Set((await over.provision(over.team)).lists.map(({ state }) => state))];

describe('npm run grant', () => {
  test('gives the app its one site, with the role that its lists need; an administrator need not be in the team', async () => {
    expect(await states()).toEqual(['failed']);

    const { code, said } = await grant(outsider, site);

    expect(said).toContain('To sign in, use a web browser to open the page https://microsoft.com/devicelogin');
    expect(said).toContain(`CoP Companion (${tenant.appId}) has the role “fullcontrol” on ${site} now.`);
    expect(said).toMatch(new RegExp(`\\n {2}fullcontrol: CoP Companion \\(${tenant.appId}\\), which is this one$`));
    expect(code).toBe(0);
    expect(await states()).toEqual(['created']);
  });

  test('run again changes nothing and says so', async () => {
    await grant(outsider, site);
    const { code, said } = await grant(outsider, `${site}/Shared%20Documents/Forms/AllItems.aspx?a=b`);

    expect(said).toContain('has the role “fullcontrol”');
    expect(said).toContain('already. Nothing was changed.');
    expect(code).toBe(0);
  });

  test('the very line that is shown in Teams does it', async () => {
    const { grant: needed } = await over.ask(over.team);
    const [npm, run, name, dashes, ...args] = needed!.command.split(' ');

    expect([npm, run, name, dashes]).toEqual(['npm', 'run', 'grant', '--']);
    expect((await grant(outsider, ...args)).code).toBe(0);
    expect(await states()).not.toContain('failed');
  });

  test('takes the link of the team as well, from an administrator who is in it', async () => {
    expect((await grant(insider, link)).said).toContain(`on ${site} now.`);
    const { code, said } = await grant(outsider, link, '--list');

    expect(said).toMatch(/The team's site could not be read \(403\)[^]+Give the site's address instead/);
    expect(code).toBe(1);
  });

  test('lowers the role, lists who has what, and takes it back', async () => {
    await grant(outsider, site);

    expect((await grant(outsider, site, '--role', 'write')).said).toContain('has the role “write”');
    const list = await grant(outsider, site, '--list');
    expect(list.said).toContain(`\n  write: CoP Companion (${tenant.appId}), which is this one`);
    const taken = await grant(outsider, site, '--take-back');
    expect(taken.said).toContain(`has no role on ${site} any more. Its lists stay`);
    expect(taken.said).toContain(`No app has a role of its own on ${site}.`);
    const again = await grant(outsider, site, '--take-back');
    expect(again.said).toContain('Nothing was changed.');
    expect([list.code, taken.code, again.code]).toEqual([0, 0, 0]);
    expect(await states()).toEqual(['failed']);
  });
});

describe('what it cannot do, it says with what to do', () => {
  test('somebody who is no administrator cannot agree to what it takes', async () => {
    const { code, said } = await grant(member, site);

    expect(said).toContain('At microsoft.com: AADSTS90094');
    expect(said).toContain('Nobody was signed in (authorization_declined). Run it again.');
    expect(code).toBe(1);
  });

  test('somebody who may sign in, but has no administrator role when Graph looks', async () => {
    const other: Administrator = { userId: member.userId };
    over.microsoft365.entra.consent.setAdministrators([other.userId]);
    over.microsoft365.faults.add({ path: '/permissions', status: 403, count: 1 });
    const { code, said } = await grant(other, site);
    over.microsoft365.entra.consent.setAdministrators([outsider.userId, insider.userId]);

    expect(said).toContain('whoever signed in has to be a SharePoint Administrator');
    expect(code).toBe(1);
  });

  test('nobody comes before the code has had its time, or they say no', async () => {
    over.microsoft365.entra.deviceCodes.lifetime = -1;
    const late = await grant({ ...outsider }, site).catch((error: unknown) => error);
    over.microsoft365.entra.deviceCodes.lifetime = 900;
    const no = await grant({ ...outsider, answer: 'cancel' }, site);

    expect(late).toMatchObject({ code: 1 });
    expect(no.said).toContain('Nobody was signed in (authorization_declined).');
  });

  test.each([
    ['a link to nowhere', ['https://example.org/sites/x'], /neither the address of a site/],
    [
      'a site that does not exist',
      ['https://cedarvalley.sharepoint.example/sites/none'],
      /There is no site at this address/,
    ],
    ['a role that is none', [site, '--role', 'owner'], /These do not fit or are missing: role\./],
    ['an app id that is none', [site, '--app', 'x'], /These do not fit or are missing: app\./],
    ['no link', [], /^npm run grant -- <address/],
    ['an option that is none', [site, '--rol', 'read'], /--rol/],
  ])('%s', async (_what, args, says) => {
    const { code, said } = await grant(outsider, ...args);

    expect(said).toMatch(says);
    expect(code).toBe(1);
  });
});

test.each([
  [
    'https://contoso.sharepoint.com/sites/gardeners/',
    { kind: 'site', host: 'contoso.sharepoint.com', path: 'sites/gardeners' },
  ],
  [
    'https://contoso.sharepoint.us/teams/g%20h/SitePages/Home.aspx',
    { kind: 'site', host: 'contoso.sharepoint.us', path: 'teams/g%20h' },
  ],
  [link, { kind: 'team', group: sampleTeam.id }],
  [
    `https://teams.cloud.microsoft/l/channel/19%3Aa%40thread.tacv2/General?groupId=${sampleTeam.id.toUpperCase()}`,
    { kind: 'team', group: sampleTeam.id },
  ],
])('%s is read', (given, target) => {
  expect(readTarget(given)).toEqual(target);
});

test.each([
  '',
  'contoso',
  'http://contoso.sharepoint.com/sites/a',
  'https://contoso.sharepoint.com',
  'https://sharepoint.com.evil.example/sites/a',
  `https://teams.microsoft.com/l/team/x?groupId=1`,
])('"%s" is refused', given => {
  expect(() => readTarget(given)).toThrow('no-link');
});

test('an administrator is asked for no more than the act takes', () => {
  expect([scopesFor(readTarget(site)), scopesFor(readTarget(link))]).toEqual([
    ['Sites.FullControl.All'],
    ['Sites.FullControl.All', 'Sites.Read.All'],
  ]);
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { needsOf, type SiteRole } from '../../../../infra/local/graph/permissions.ts';
import { appToken, asker, brewers, gardeners, openTenant, people, tokenFor, type OpenTenant } from '../tenant.ts';

let local: OpenTenant;
let site: string;
beforeAll(async () => {
  local = await openTenant();
  local.entra.consent.setApplication(['Sites.FullControl.All', 'Sites.Manage.All', 'Sites.ReadWrite.All']);
  const admin = asker(local, await appToken(local));
  site = (await admin('GET', `/groups/${gardeners.id}/sites/root`)).body.id;
  await admin('POST', `/sites/${site}/lists`, { displayName: 'Tools', columns: [{ name: 'key', text: {} }] });
  await admin('POST', `/sites/${site}/lists/Tools/items`, { fields: { key: 'spade' } });
});
afterAll(() => local.close());
beforeEach(() => {
  local.entra.consent.setApplication([]);
  local.entra.consent.setDelegated(['User.Read', 'openid', 'profile', 'offline_access']);
  local.graph.grantSite(gardeners.id, null);
  local.graph.setTeamConsent(gardeners.id, []);
});

async function statusAsApp(roles: readonly string[], method: string, path: string, body?: unknown): Promise<number> {
  local.entra.consent.setApplication(roles);
  return (await asker(local, await appToken(local))(method, path.replace('{site}', site), body)).status;
}

const newItem = { fields: { key: 'rake' } };
let lists = 0;
const newList = () => ({ displayName: `List ${(lists += 1)}` });

describe('Sites.Selected', () => {
  test.each<[SiteRole | null, string, string, number, string]>([
    [null, 'GET', '/sites/{site}', 403, 'the site was not granted'],
    ['read', 'GET', '/sites/{site}/lists/Tools/items', 200, 'a reader reads'],
    ['read', 'GET', '/sites/cedarvalley.sharepoint.example:/sites/gardeners', 200, 'also by its address'],
    ['fullcontrol', 'GET', `/groups/${gardeners.id}/sites/root`, 403, 'the way by the group is documented nowhere'],
    ['read', 'POST', '/sites/{site}/lists/Tools/items', 403, 'a reader does not write'],
    ['write', 'POST', '/sites/{site}/lists/Tools/items', 201, 'a writer writes items'],
    ['write', 'POST', '/sites/{site}/lists', 403, 'a writer does not make lists'],
    ['owner', 'POST', '/sites/{site}/lists', 403, 'nobody has shown that an owner does'],
    ['fullcontrol', 'POST', '/sites/{site}/lists', 201, 'full control does'],
    ['fullcontrol', 'POST', '/sites/{site}/permissions', 403, 'granting takes more than a grant'],
  ])('with the role %s: %s %s is %d, because %s', async (role, method, path, status) => {
    local.graph.grantSite(gardeners.id, role);

    expect(
      await statusAsApp(
        ['Sites.Selected'],
        method,
        path,
        method === 'GET' ? undefined : path.endsWith('items') ? newItem : newList(),
      ),
    ).toBe(status);
  });

  test('on one site opens no other', async () => {
    local.graph.grantSite(gardeners.id, 'fullcontrol');

    expect(await statusAsApp(['Sites.Selected'], 'GET', '/sites/cedarvalley.sharepoint.example:/sites/brewers')).toBe(
      403,
    );
  });

  test('is granted by an administrator over HTTP, and taken back', async () => {
    local.entra.consent.setApplication(['Sites.FullControl.All']);
    const admin = asker(local, await appToken(local));
    const { appId } = await local.entra.verify(await appToken(local), 'https://graph.microsoft.com');

    const granted = await admin('POST', `/sites/${site}/permissions`, {
      roles: ['write'],
      grantedToIdentities: [{ application: { id: appId, displayName: 'CoP Companion' } }],
    });
    const whileGranted = await statusAsApp(['Sites.Selected'], 'POST', '/sites/{site}/lists/Tools/items', newItem);
    const listed = (await admin('GET', `/sites/${site}/permissions`)).body.value;
    const removed = await admin('DELETE', `/sites/${site}/permissions/${granted.body.id}`);
    const afterwards = await statusAsApp(['Sites.Selected'], 'GET', '/sites/{site}');

    expect([granted.status, granted.body['roles'], whileGranted, listed, removed.status, afterwards]).toEqual([
      201,
      ['write'],
      201,
      [granted.body],
      204,
      403,
    ]);
  });
});

describe('an application permission', () => {
  test.each([
    [[], 'GET', '/sites/{site}', 403, 'there is none'],
    [['Sites.Read.All'], 'GET', '/sites/{site}/lists/Tools/items/1', 200, 'reading is enough to read'],
    [['Sites.Read.All'], 'POST', '/sites/{site}/lists/Tools/items', 403, 'but not to write'],
    [['Sites.ReadWrite.All'], 'POST', '/sites/{site}/lists/Tools/items', 201, 'writing is'],
    [['Sites.ReadWrite.All'], 'POST', '/sites/{site}/lists/Tools/columns', 403, 'columns need managing'],
    [['Sites.ReadWrite.All'], 'GET', '/sites/{site}/permissions', 403, 'permissions need full control'],
    [['Sites.Read.All'], 'GET', `/groups/${gardeners.id}/members`, 403, 'people are another matter'],
    [['GroupMember.ReadBasic.All'], 'GET', `/groups/${gardeners.id}/members`, 200, 'for which there are others'],
    [['User.ReadBasic.All'], 'GET', `/users/${people.ana.id}`, 200, 'so for users'],
  ])('%j: %s %s is %d, because %s', async (roles, method, path, status) => {
    expect(await statusAsApp(roles, method, path, method === 'GET' ? undefined : newItem)).toBe(status);
  });
});

describe('resource-specific consent', () => {
  test('opens the members of the team that gave it, and of no other', async () => {
    local.graph.setTeamConsent(gardeners.id, ['TeamMember.Read.Group']);
    const app = asker(local, await appToken(local));

    const answers = await Promise.all(
      [gardeners.id, brewers.id].map(async id => (await app('GET', `/teams/${id}/members`)).status),
    );

    expect(answers).toEqual([200, 403]);
  });

  test('is no longer there when the app is removed', async () => {
    local.graph.setTeamConsent(gardeners.id, ['TeamMember.Read.Group', 'ChannelSettings.Read.Group']);
    local.graph.setTeamConsent(gardeners.id, []);
    const app = asker(local, await appToken(local));

    const { status, body } = await app('GET', `/teams/${gardeners.id}/channels`);

    expect([status, body.error.code, body.error.message]).toEqual([
      403,
      'Forbidden',
      expect.stringMatching(
        /^Missing role permissions on the request\. API requires one of 'ChannelSettings\.Read\.Group, .*Resource specific consent grants on the request ''\.$/,
      ),
    ]);
  });

  test('is no permission of a person', async () => {
    local.graph.setTeamConsent(gardeners.id, ['TeamMember.Read.Group']);

    expect(
      (await asker(local, await tokenFor(local, people.ana))('GET', `/teams/${gardeners.id}/members`)).status,
    ).toBe(403);
  });
});

describe('on behalf of a person', () => {
  test.each([
    [people.ben, ['Sites.ReadWrite.All'], 'POST', '/sites/{site}/lists/Tools/items', 201, 'a member writes'],
    [
      people.carla,
      ['Sites.ReadWrite.All'],
      'GET',
      '/sites/{site}/lists/Tools/items',
      403,
      'a stranger does not even read',
    ],
    [people.ben, ['Sites.ReadWrite.All'], 'POST', '/sites/{site}/lists', 403, 'lists need managing'],
    [people.ben, ['Sites.Manage.All'], 'POST', '/sites/{site}/lists', 201, 'which can be consented to'],
    [people.ben, ['TeamMember.Read.All'], 'GET', `/teams/${gardeners.id}/members`, 200, 'a member sees members'],
    [people.carla, ['TeamMember.Read.All'], 'GET', `/teams/${gardeners.id}/members`, 403, 'a stranger does not'],
    [people.ben, ['User.Read'], 'GET', '/me', 200, 'one may read oneself'],
    [people.ben, ['User.Read'], 'GET', `/users/${people.ben.id}`, 200, 'by id too'],
    [people.ben, ['User.Read'], 'GET', `/users/${people.ana.id}`, 403, 'but not others'],
    [
      people.ben,
      ['User.ReadBasic.All'],
      'GET',
      `/users/${people.ana.mail}`,
      200,
      'for that there is another permission',
    ],
  ])('$displayName', async (person, scopes, method, path, status) => {
    local.entra.consent.setDelegated([...scopes, 'openid', 'profile', 'offline_access']);

    const body = method === 'GET' ? undefined : path.endsWith('items') ? newItem : newList();
    const answer = await asker(local, await tokenFor(local, person))(method, path.replace('{site}', site), body);

    expect(answer.status).toBe(status);
  });

  test('Sites.Selected is no more than the person may do', async () => {
    local.entra.consent.setDelegated(['Sites.Selected', 'openid', 'profile', 'offline_access']);
    local.graph.grantSite(gardeners.id, 'write');

    const answers = await Promise.all(
      [people.ben, people.carla].map(
        async person => (await asker(local, await tokenFor(local, person))('GET', `/sites/${site}`)).status,
      ),
    );

    expect(answers).toEqual([200, 403]);
  });

  test('of somebody who has left the tenant nothing is done', async () => {
    const token = await tokenFor(local, people.ben);
    local.store.collection('users').delete(people.ben.id);

    const { status } = await asker(local, token)('GET', '/me');
    local.directory.putUser(people.ben);

    expect(status).toBe(401);
  });
});

test.each([
  ['no token', null, 'Access token is empty.'],
  ['a text that is no token', 'abc', 'CompactToken parsing failed with error code: 80049217'],
])('%s is answered with 401', async (_what, token, message) => {
  const { status, body } = await asker(local, token)('GET', '/me');

  expect([status, body.error.code, body.error.message]).toEqual([401, 'InvalidAuthenticationToken', message]);
});

test('a token for the connector is not one for Graph', async () => {
  const { status } = await asker(local, await appToken(local, 'https://api.botframework.com/.default'))(
    'GET',
    `/sites/${site}`,
  );

  expect(status).toBe(401);
});

test('the app has no self to read', async () => {
  const { status, body } = await asker(local, await appToken(local))('GET', '/me');

  expect([status, body.error.message]).toEqual([400, '/me request is only valid with delegated authentication flow.']);
});

test.each([
  ['a site', '/sites/cedarvalley.sharepoint.example,1,2', 404, 'itemNotFound'],
  ['a group', '/groups/99999999-0000-4000-8000-000000000000/members', 404, 'Request_ResourceNotFound'],
  ['a team', '/teams/99999999-0000-4000-8000-000000000000', 404, 'NotFound'],
  ['a resource', '/nothing/here', 501, 'notImplemented'],
])('%s that does not exist is answered as Graph does', async (_what, path, status, code) => {
  const answer = await asker(local, await appToken(local))('GET', path);

  expect([answer.status, answer.body.error.code]).toEqual([status, code]);
});

test('every line of the permissions table is a call that is answered, and refused without them', async () => {
  local.entra.consent.setApplication(['Sites.ReadWrite.All']);
  const { body: folder } = await asker(local, await appToken(local))(
    'GET',
    `/teams/${gardeners.id}/channels/${gardeners.threadId}/filesFolder`,
  );
  local.entra.consent.setApplication([]);
  const admin = asker(local, await appToken(local));
  const answers = await Promise.all(
    Object.keys(needsOf).map(async call => {
      const [method = '', path = ''] = call.split(' ');
      const url = path
        .replace('{site}', site)
        .replace(/\{(group|team)\}/, gardeners.id)
        .replace('{drive}', (folder['parentReference'] as { driveId: string }).driveId)
        .replace('{user}', people.ana.id)
        .replace('{list}', 'Tools')
        .replace(/\{\w+\}/g, '1');
      return [
        call,
        (await admin(method, url, method === 'GET' || method === 'DELETE' ? undefined : {})).status,
      ] as const;
    }),
  );

  // A call that is not there would be 501.
  expect(answers.filter(([call, status]) => status !== 403 && call !== 'GET /me')).toEqual([]);
});

test.each([['grantSite'], ['setTeamConsent']] as const)('%s names a team that is not there', call => {
  const act = () =>
    call === 'grantSite' ? local.graph.grantSite('nowhere', 'read') : local.graph.setTeamConsent('nowhere', []);

  expect(act).toThrow('no team nowhere in the local tenant');
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { tenant } from '../../../../infra/local/directory.ts';
import { graphApp } from '../../../../infra/local/entra/applications.ts';
import { graphCommandLine } from '../../../../infra/local/entra/device-codes.ts';
import { fact } from '../fact.ts';
import { asker, openTenant, people, type Ask, type OpenTenant } from '../tenant.ts';

let local: OpenTenant;
let ask: Ask;
beforeAll(async () => {
  local = await openTenant();
  local.entra.consent.setAdministrators([people.ana.id]);
  ask = asker(local, await signedIn(people.ana.id));
});
afterAll(() => local.close());

const scopes = [
  'Application.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'DelegatedPermissionGrant.ReadWrite.All',
];

/** The token of somebody who signed in on a command line. */
async function signedIn(userId: string): Promise<string> {
  const post = async (path: string, form: Record<string, string>) =>
    (await (
      await fetch(`${local.url()}/${tenant.id}/oauth2/v2.0/${path}`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: graphCommandLine.appId, ...form }),
      })
    ).json()) as { device_code: string; user_code: string; access_token: string };
  const { device_code: code, user_code: userCode } = await post('devicecode', {
    scope: scopes.map(scope => `https://graph.microsoft.com/${scope}`).join(' '),
  });
  local.entra.deviceCodes.answer(userCode, userId, 'accept');
  return (await post('token', { grant_type: 'device_code', device_code: code })).access_token;
}

let count = 0;
const ifMissing = { prefer: 'create-if-missing' };
async function newApp(): Promise<{ path: string; appId: string }> {
  const { body } = await ask('PATCH', `/applications(uniqueName='app-${count++}')`, { displayName: 'App' }, ifMissing);
  const appId = String(body['appId']);
  return { path: `/applications(appId='${appId}')`, appId };
}

fact('graph/application-upsert', async () => {
  const path = `/applications(uniqueName='one')`;
  const answers = [
    await ask('PATCH', path, { displayName: 'One' }),
    await ask('PATCH', path, { displayName: 'One' }, ifMissing),
    await ask('PATCH', path, { displayName: 'Other' }, ifMissing),
  ];

  expect(answers.map(({ status }) => status)).toEqual([404, 201, 204]);
  expect((await ask('GET', `${path}?$select=displayName,uniqueName`)).body).toMatchObject({
    displayName: 'Other',
    uniqueName: 'one',
  });
});

fact('graph/principal-upsert', async () => {
  const { appId } = await newApp();
  const path = `/servicePrincipals(appId='${appId}')`;

  const answers = [
    await ask('GET', path),
    await ask('PATCH', path, {}, ifMissing),
    await ask('PATCH', path, {}, ifMissing),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 201, 204]);
});

fact('graph/pre-authorised-after-scope', async () => {
  const { path } = await newApp();
  const api = { oauth2PermissionScopes: [{ id: 'scope-1', value: 'access_as_user' }] };
  const more = { ...api, preAuthorizedApplications: [{ appId: 'client', delegatedPermissionIds: ['scope-1'] }] };

  const both = await ask('PATCH', path, { api: more });
  await ask('PATCH', path, { api });
  const after = await ask('PATCH', path, { api: more });

  expect([both.status, both.body.error.code, after.status]).toEqual([400, 'Request_BadRequest', 204]);
});

fact('graph/secret-told-once', async () => {
  const { path } = await newApp();
  const ends = '2027-05-31T00:00:00Z';
  const made = await ask('POST', `${path}/addPassword`, {
    passwordCredential: { displayName: 'x', endDateTime: ends },
  });
  const secret = String(made.body['secretText']);
  const { body } = await ask('GET', `${path}?$select=passwordCredentials`);

  expect([made.status, secret.length > 16]).toEqual([200, true]);
  expect(body['passwordCredentials']).toMatchObject([
    { hint: secret.slice(0, 3), endDateTime: ends, secretText: null },
  ]);
});

fact('graph/one-permission-grant', async () => {
  const { appId } = await newApp();
  const { body: principal } = await ask('PATCH', `/servicePrincipals(appId='${appId}')`, {}, ifMissing);
  const grant = {
    clientId: principal.id,
    consentType: 'AllPrincipals',
    resourceId: graphApp.id,
    scope: 'Sites.Read.All',
  };
  const first = await ask('POST', '/oauth2PermissionGrants', grant);
  const second = await ask('POST', '/oauth2PermissionGrants', grant);
  await ask('PATCH', `/oauth2PermissionGrants/${first.body.id}`, { scope: 'Sites.ReadWrite.All' });

  expect([first.status, second.status, second.body.error.code]).toEqual([
    201,
    409,
    'Request_MultipleObjectsWithSameKeyValue',
  ]);
  const { body } = await ask('GET', `/oauth2PermissionGrants?$filter=clientId eq '${principal.id}'`);
  expect(body.value.map(({ scope }) => scope)).toEqual(['Sites.ReadWrite.All']);
});

fact('graph/certificates-when-asked', async () => {
  const { path } = await newApp();
  await ask('PATCH', path, { keyCredentials: [{ type: 'AsymmetricX509Cert', usage: 'Verify', key: 'MII' }] });

  const keys = async (query: string) =>
    ((await ask('GET', path + query)).body['keyCredentials'] as { key: unknown }[])[0]?.key;
  expect([await keys(''), await keys('?$select=keyCredentials')]).toEqual([null, 'MII']);
});

fact('graph/consent-makes-roles', async () => {
  const { path, appId } = await newApp();
  const { body: made } = await ask('POST', `${path}/addPassword`, {});
  const { body: principal } = await ask('PATCH', `/servicePrincipals(appId='${appId}')`, {}, ifMissing);
  const roles = async () => {
    const response = await fetch(`${local.url()}/${tenant.id}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: appId,
        client_secret: String(made['secretText']),
        scope: 'https://graph.microsoft.com/.default',
      }),
    });
    return decodeJwt(((await response.json()) as { access_token: string }).access_token)['roles'];
  };
  const before = await roles();
  const role = { principalId: principal.id, resourceId: graphApp.id, appRoleId: graphApp.appRoles[0].id };
  const assign = () => ask('POST', `/servicePrincipals/${principal.id}/appRoleAssignments`, role);

  expect([(await assign()).status, (await assign()).status]).toEqual([201, 400]);
  expect([before, await roles()]).toEqual([undefined, ['Sites.Selected']]);
});

test('an Application ID URI ends with the id of the app', async () => {
  const { path, appId } = await newApp();
  const uri = async (one: string) => (await ask('PATCH', path, { identifierUris: [one] })).status;

  expect([await uri('api://cop.example.org/another'), await uri(`api://cop.example.org/${appId}`)]).toEqual([400, 204]);
});

test('somebody who is no administrator any more is refused, whatever the token holds', async () => {
  local.entra.consent.setAdministrators([]);
  const { status, body } = await ask('PATCH', `/applications(uniqueName='no')`, { displayName: 'No' }, ifMissing);
  local.entra.consent.setAdministrators([people.ana.id]);

  expect([status, body.error.code]).toEqual([403, 'Authorization_RequestDenied']);
});

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createRemoteJWKSet, decodeJwt, jwtVerify, SignJWT, generateKeyPair, importJWK } from 'jose';
import type { webcrypto } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tenant } from '../../../../infra/local/directory.ts';
import { openTenant, people, signIn, type OpenTenant } from '../tenant.ts';

let local: OpenTenant;
beforeAll(async () => {
  local = await openTenant();
});
afterAll(() => local.close());
afterEach(() => {
  local.entra.consent.setDelegated(['User.Read', 'Sites.ReadWrite.All', 'openid', 'profile', 'offline_access']);
  local.entra.consent.setApplication(['Sites.Selected']);
});

/** Sends a form to the token endpoint and tells what matters of the answer. */
async function redeem(form: Record<string, string>, tenantName: string = tenant.id): Promise<Record<string, unknown>> {
  const response = await fetch(`${local.url()}/${tenantName}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return { status: response.status, ...((await response.json()) as object) };
}

const asApp = {
  grant_type: 'client_credentials',
  client_id: tenant.appId,
  client_secret: tenant.appSecret,
  scope: 'https://graph.microsoft.com/.default',
};
const forPerson = {
  grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
  requested_token_use: 'on_behalf_of',
  client_id: tenant.appId,
  client_secret: tenant.appSecret,
  scope: 'https://graph.microsoft.com/Sites.ReadWrite.All openid profile offline_access',
};

describe('the token of a tab', () => {
  test('says who signed in, and is signed by a published key', async () => {
    const token = await local.entra.issueTabToken(people.ana.id);

    const keys = createRemoteJWKSet(new URL(`${local.url()}/${tenant.id}/discovery/v2.0/keys`));
    const { payload } = await jwtVerify(token, keys, {
      issuer: `https://login.microsoftonline.com/${tenant.id}/v2.0`,
      audience: tenant.appId,
    });
    expect(payload).toMatchObject({
      oid: people.ana.id,
      tid: tenant.id,
      scp: 'access_as_user',
      name: 'Ana Silva',
      preferred_username: 'ana@cedarvalley.example',
      ver: '2.0',
    });
  });

  test('is not made for a stranger', async () => {
    await expect(local.entra.issueTabToken('nobody')).rejects.toThrow('no person nobody in the local tenant');
  });
});

describe('what signs activities to the bot', () => {
  test('is the Bot Framework’s own key, endorsed for Teams and, as Microsoft’s are, for other channels', async () => {
    const metadata = (await (await fetch(`${local.url()}/v1/.well-known/openidconfiguration`)).json()) as {
      issuer: string;
      jwks_uri: string;
    };
    const { keys } = (await (await fetch(metadata.jwks_uri)).json()) as {
      keys: { kid: string; endorsements: string[] }[];
    };
    const token = await local.entra.signToBot('http://localhost:1/connector/');

    const { payload, protectedHeader } = await jwtVerify(token, createRemoteJWKSet(new URL(metadata.jwks_uri)), {
      issuer: metadata.issuer,
      audience: tenant.appId,
    });

    expect([payload['serviceurl'], metadata.issuer]).toEqual([
      'http://localhost:1/connector/',
      'https://api.botframework.com',
    ]);
    expect(keys.map(key => key.kid)).toEqual([protectedHeader.kid]);
    expect(keys[0]?.endorsements).toEqual(expect.arrayContaining(['msteams', 'webchat', 'directline']));
  });

  test('does not open Graph, and a tab token does not pass for it', async () => {
    const botKeys = createRemoteJWKSet(new URL(`${local.url()}/v1/.well-known/keys`));

    await expect(local.entra.verify(await local.entra.signToBot('x'), 'https://graph.microsoft.com')).rejects.toThrow(
      'Access token validation failure',
    );
    await expect(jwtVerify(await local.entra.issueTabToken(people.ana.id), botKeys)).rejects.toThrow(
      'no applicable key',
    );
  });

  test('shows no private part of any key', async () => {
    const answers = await Promise.all(
      ['/v1/.well-known/keys', `/${tenant.id}/discovery/v2.0/keys`].map(
        async path => (await fetch(local.url() + path)).json() as Promise<{ keys: object[] }>,
      ),
    );

    expect(
      answers.flatMap(({ keys }) =>
        keys.flatMap(key => Object.keys(key)).filter(name => ['d', 'p', 'q', 'dp', 'dq', 'qi'].includes(name)),
      ),
    ).toEqual([]);
  });
});

describe('a token of the app itself', () => {
  test('carries what an administrator agreed to, for msal-node', async () => {
    local.entra.consent.setApplication(['Sites.Selected', 'TeamMember.Read.All']);

    const result = await signIn(local).acquireTokenByClientCredential({
      scopes: ['https://graph.microsoft.com/.default'],
    });

    expect(await local.entra.verify(result?.accessToken ?? '', 'https://graph.microsoft.com')).toEqual({
      appId: tenant.appId,
      userId: null,
      scopes: [],
      roles: ['Sites.Selected', 'TeamMember.Read.All'],
    });
  });

  test.each([[tenant.id], [tenant.domain], ['botframework.com']])(
    'for the connector is to be had in %s',
    async tenantName => {
      const { status, access_token: token } = await redeem(
        { ...asApp, scope: 'https://api.botframework.com/.default' },
        tenantName,
      );

      expect([status, await local.entra.verify(String(token), 'https://api.botframework.com')]).toEqual([
        200,
        { appId: tenant.appId, userId: null, scopes: [], roles: [] },
      ]);
      await expect(local.entra.verify(String(token), 'https://graph.microsoft.com')).rejects.toThrow(
        'Invalid audience',
      );
    },
  );
});

describe('a token on behalf of a person', () => {
  test('names them and carries everything they consented to, for msal-node', async () => {
    const oboAssertion = await local.entra.issueTabToken(people.ben.id);

    const result = await signIn(local).acquireTokenOnBehalfOf({
      oboAssertion,
      scopes: ['https://graph.microsoft.com/Sites.ReadWrite.All'],
    });

    expect(result?.account?.localAccountId).toBe(people.ben.id);
    expect(await local.entra.verify(result?.accessToken ?? '', 'https://graph.microsoft.com')).toEqual({
      appId: tenant.appId,
      userId: people.ben.id,
      scopes: ['User.Read', 'Sites.ReadWrite.All'],
      roles: [],
    });
  });

  test('is kept by msal-node for the same assertion', async () => {
    const client = signIn(local);
    const request = {
      oboAssertion: await local.entra.issueTabToken(people.ben.id),
      scopes: ['https://graph.microsoft.com/User.Read'],
    };

    const first = await client.acquireTokenOnBehalfOf(request);
    const second = await client.acquireTokenOnBehalfOf(request);

    expect([first?.fromCache, second?.fromCache, second?.accessToken]).toEqual([false, true, first?.accessToken]);
  });

  test('needs consent, and msal-node says so', async () => {
    const oboAssertion = await local.entra.issueTabToken(people.ben.id);

    const refused = signIn(local).acquireTokenOnBehalfOf({
      oboAssertion,
      scopes: ['https://graph.microsoft.com/Sites.Manage.All'],
    });

    await expect(refused).rejects.toMatchObject({
      name: 'InteractionRequiredAuthError',
      errorCode: 'invalid_grant',
      subError: 'consent_required',
      errorMessage: expect.stringContaining('AADSTS65001'),
    });
  });

  test('can be renewed with its refresh token', async () => {
    const first = await redeem({ ...forPerson, assertion: await local.entra.issueTabToken(people.ben.id) });

    const second = await redeem({
      ...asApp,
      grant_type: 'refresh_token',
      refresh_token: String(first['refresh_token']),
      scope: 'https://graph.microsoft.com/User.Read',
    });

    expect([second['status'], decodeJwt(String(second['access_token']))['oid']]).toEqual([200, people.ben.id]);
  });
});

describe('Entra refuses', () => {
  test.each([
    ['a wrong secret', { ...asApp, client_secret: 'guess' }, tenant.id, 401, 'invalid_client', 7000215],
    ['no secret at all', { ...asApp, client_secret: '' }, tenant.id, 401, 'invalid_client', 7000218],
    [
      'an app it does not know',
      { ...asApp, client_id: 'b0b0b0b0-0000-4000-8000-000000000000' },
      tenant.id,
      400,
      'unauthorized_client',
      700016,
    ],
    ['a tenant it does not know', asApp, 'elsewhere.example', 400, 'invalid_request', 90002],
    ['Graph from the Bot Framework’s tenant', asApp, 'botframework.com', 400, 'unauthorized_client', 700016],
    [
      'single permissions for the app itself',
      { ...asApp, scope: 'https://graph.microsoft.com/User.Read' },
      tenant.id,
      400,
      'invalid_scope',
      1002012,
    ],
    [
      'a resource it does not know',
      { ...asApp, scope: 'https://vault.example/.default' },
      tenant.id,
      400,
      'invalid_resource',
      500011,
    ],
    [
      'a way of asking it does not know',
      { ...asApp, grant_type: 'password' },
      tenant.id,
      400,
      'unsupported_grant_type',
      70003,
    ],
    ['a form without a grant type', { client_id: tenant.appId }, tenant.id, 400, 'invalid_request', 900144],
    [
      'a refresh token it did not give',
      { ...asApp, grant_type: 'refresh_token', refresh_token: 'x' },
      tenant.id,
      400,
      'invalid_grant',
      70008,
    ],
    [
      'a code it did not give',
      { ...asApp, grant_type: 'authorization_code', code: 'x', redirect_uri: 'http://localhost:3978/' },
      tenant.id,
      400,
      'invalid_grant',
      54005,
    ],
  ])('%s', async (_what, form, tenantName, status, error, number) => {
    expect(await redeem(form, tenantName)).toMatchObject({
      status,
      error,
      error_codes: [number],
      error_description: expect.stringMatching(`^AADSTS${number}: `),
    });
  });

  test.each([
    ['an assertion for another app', { aud: 'someone-else' }, 500131],
    ['an assertion of another issuer', { iss: 'https://login.microsoftonline.com/other/v2.0' }, 50013],
    ['an assertion signed by somebody else', {}, 50013],
  ])('%s', async (_what, claims, number) => {
    const { privateKey } = await generateKeyPair('RS256');
    const wanted = {
      iss: `https://login.microsoftonline.com/${tenant.id}/v2.0`,
      aud: tenant.appId,
      oid: people.ana.id,
      ...claims,
    };
    const key = Object.keys(claims).length > 0 ? await rightKey() : privateKey;
    const assertion = await new SignJWT(wanted).setProtectedHeader({ alg: 'RS256' }).setExpirationTime('1h').sign(key);

    expect(await redeem({ ...forPerson, assertion })).toMatchObject({
      status: 400,
      error: 'invalid_grant',
      error_codes: [number],
    });
  });

  test('an assertion whose time is over', async () => {
    const claims = {
      iss: `https://login.microsoftonline.com/${tenant.id}/v2.0`,
      aud: tenant.appId,
      oid: people.ana.id,
    };
    const assertion = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256' })
      .setExpirationTime('-1h')
      .sign(await rightKey());

    expect(await redeem({ ...forPerson, assertion })).toMatchObject({
      status: 400,
      error: 'invalid_grant',
      error_codes: [500133],
    });
  });

  test.each([
    ['text that is no scope', 'https://graph.microsoft.com/User Read!', 400, 'invalid_scope', 70011],
    ['a permission of another resource', 'https://vault.example/Keys.Read', 400, 'invalid_resource', 500011],
    ['a permission nobody consented to', 'https://graph.microsoft.com/Mail.Read', 400, 'invalid_grant', 65001],
  ])('%s on behalf of a person', async (_what, scope, status, error, number) => {
    const assertion = await local.entra.issueTabToken(people.ana.id);

    expect(await redeem({ ...forPerson, scope, assertion })).toMatchObject({ status, error, error_codes: [number] });
  });

  test('with every part of the body that clients log', async () => {
    const answer = await redeem({ ...asApp, client_secret: 'guess' });

    expect(Object.keys(answer).sort()).toEqual([
      'correlation_id',
      'error',
      'error_codes',
      'error_description',
      'error_uri',
      'status',
      'timestamp',
      'trace_id',
    ]);
  });
});

test('the metadata leads to the endpoints', async () => {
  const metadata = await (await fetch(`${local.url()}/${tenant.id}/v2.0/.well-known/openid-configuration`)).json();

  expect(metadata).toMatchObject({
    issuer: `https://login.microsoftonline.com/${tenant.id}/v2.0`,
    token_endpoint: `${local.url()}/${tenant.id}/oauth2/v2.0/token`,
    authorization_endpoint: `${local.url()}/${tenant.id}/oauth2/v2.0/authorize`,
    jwks_uri: `${local.url()}/${tenant.id}/discovery/v2.0/keys`,
  });
});

test('a restart keeps keys and consent: what was signed before is good after', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'entra-'));
  const before = await openTenant(join(folder, 'm365.sqlite'));
  before.entra.consent.setApplication(['Sites.FullControl.All']);
  const token =
    (await signIn(before).acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] }))
      ?.accessToken ?? '';
  await before.close();

  const after = await openTenant(join(folder, 'm365.sqlite'));

  expect([
    (await after.entra.verify(token, 'https://graph.microsoft.com')).roles,
    after.entra.consent.application(),
  ]).toEqual([['Sites.FullControl.All'], ['Sites.FullControl.All']]);
  await after.close();
  rmSync(folder, { recursive: true });
});

/** The key that Entra signs with. */
async function rightKey(): Promise<webcrypto.CryptoKey> {
  const key = local.store.collection<Record<string, string>>('entra.keys').get('entra');
  return (await importJWK(key ?? {}, 'RS256')) as webcrypto.CryptoKey;
}

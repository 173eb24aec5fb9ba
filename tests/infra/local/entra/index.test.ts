import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createRemoteJWKSet, decodeJwt, jwtVerify, SignJWT, generateKeyPair, importJWK } from 'jose';
import type { webcrypto } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tenant } from '../../../../infra/local/directory.ts';
import { fact } from '../fact.ts';
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
    expect(keys.map(key => key.kid)).toContain(protectedHeader.kid);
    expect(keys.find(({ kid }) => kid === protectedHeader.kid)?.endorsements).toEqual(
      expect.arrayContaining(['msteams', 'webchat', 'directline']),
    );
  });

  fact('entra/token-for-one-resource', async () => {
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
  fact('entra/token-carries-all', async () => {
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
  function refuses(
    form: Record<string, string>,
    [status, error, number]: readonly [status: number, error: string, number: number],
    tenantName: string = tenant.id,
  ): () => Promise<void> {
    return async () =>
      expect(await redeem(form, tenantName)).toMatchObject({
        status,
        error,
        error_codes: [number],
        error_description: expect.stringMatching(`^AADSTS${number}: `),
      });
  }
  const elsewhere = { ...asApp, client_id: 'b0b0b0b0-0000-4000-8000-000000000000' };
  const single = { ...asApp, scope: 'https://graph.microsoft.com/User.Read' };
  const refreshed = { ...asApp, grant_type: 'refresh_token', refresh_token: 'x' };
  const guessed = { ...asApp, grant_type: 'authorization_code', code: 'x', redirect_uri: 'http://localhost:3978/' };

  fact('entra/secret-wrong', refuses({ ...asApp, client_secret: 'guess' }, [401, 'invalid_client', 7000215]));
  fact('entra/proof-needed', refuses({ ...asApp, client_secret: '' }, [401, 'invalid_client', 7000218]));
  fact('entra/app-unknown', refuses(elsewhere, [400, 'unauthorized_client', 700016]));
  fact('entra/tenant-unknown', refuses(asApp, [400, 'invalid_request', 90002], 'elsewhere.example'));
  fact('entra/scope-default-only', refuses(single, [400, 'invalid_scope', 1002012]));
  fact(
    'entra/resource-unknown',
    refuses({ ...asApp, scope: 'https://vault.example/.default' }, [400, 'invalid_resource', 500011]),
  );
  fact(
    'entra/grant-type-unknown',
    refuses({ ...asApp, grant_type: 'password' }, [400, 'unsupported_grant_type', 70003]),
  );
  fact('entra/parameter-missing', refuses({ client_id: tenant.appId }, [400, 'invalid_request', 900144]));
  fact('entra/refresh-token-unknown', refuses(refreshed, [400, 'invalid_grant', 70008]));
  fact('entra/code-unknown', refuses(guessed, [400, 'invalid_grant', 54005]));

  test('Graph from the Bot Framework’s tenant', async () => {
    expect(await redeem(asApp, 'botframework.com')).toMatchObject({ status: 400, error_codes: [700016] });
  });

  async function presented(claims: Record<string, string>, key?: webcrypto.CryptoKey | Uint8Array) {
    const wanted = {
      iss: `https://login.microsoftonline.com/${tenant.id}/v2.0`,
      aud: tenant.appId,
      oid: people.ana.id,
      ...claims,
    };
    const assertion = await new SignJWT(wanted)
      .setProtectedHeader({ alg: 'RS256', kid: rightKid() })
      .setExpirationTime('1h')
      .sign(key ?? (await rightKey()));
    return redeem({ ...forPerson, assertion });
  }

  fact('entra/obo-audience', async () => {
    expect(await presented({ aud: 'someone-else' })).toMatchObject({
      status: 400,
      error: 'invalid_grant',
      error_codes: [500131],
    });
  });

  fact('entra/obo-signature', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const answers = [
      await presented({ iss: 'https://login.microsoftonline.com/other/v2.0' }),
      await presented({}, privateKey),
    ];

    for (const answer of answers)
      expect(answer).toMatchObject({ status: 400, error: 'invalid_grant', error_codes: [50013] });
  });

  fact('entra/obo-expired', async () => {
    const claims = {
      iss: `https://login.microsoftonline.com/${tenant.id}/v2.0`,
      aud: tenant.appId,
      oid: people.ana.id,
    };
    const assertion = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: rightKid() })
      .setExpirationTime('-1h')
      .sign(await rightKey());

    expect(await redeem({ ...forPerson, assertion })).toMatchObject({
      status: 400,
      error: 'invalid_grant',
      error_codes: [500133],
    });
  });

  async function onBehalf(scope: string, more: Record<string, string> = {}) {
    return redeem({ ...forPerson, scope, assertion: await local.entra.issueTabToken(people.ana.id), ...more });
  }

  fact('entra/scope-malformed', async () => {
    expect(await onBehalf('https://graph.microsoft.com/User Read!')).toMatchObject({
      status: 400,
      error: 'invalid_scope',
      error_codes: [70011],
    });
  });

  test('a permission of another resource on behalf of a person', async () => {
    expect(await onBehalf('https://vault.example/Keys.Read')).toMatchObject({ status: 400, error_codes: [500011] });
  });

  fact('entra/obo-consent', async () => {
    expect(await onBehalf('https://graph.microsoft.com/Mail.Read')).toMatchObject({
      status: 400,
      error: 'invalid_grant',
      error_codes: [65001],
      suberror: 'consent_required',
    });
  });

  fact('entra/obo-token-use', async () => {
    const scope = 'https://graph.microsoft.com/Sites.ReadWrite.All';

    expect(await onBehalf(scope, { requested_token_use: '' })).toMatchObject({ status: 400, error_codes: [900144] });
    expect(await onBehalf(scope)).toMatchObject({ status: 200 });
  });

  fact('entra/refusal-body', async () => {
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
function rightKid(): string {
  return String(local.store.collection<Record<string, string>>('entra.keys').get('entra')?.['kid']);
}
async function rightKey(): Promise<webcrypto.CryptoKey> {
  const key = local.store.collection<Record<string, string>>('entra.keys').get('entra');
  return (await importJWK(key ?? {}, 'RS256')) as webcrypto.CryptoKey;
}

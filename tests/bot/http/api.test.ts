import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SignJWT, generateKeyPair, importJWK, type JWK, type JWTPayload } from 'jose';
import { api } from '../../../domain/api.ts';
import type { AnyEndpoint } from '../../../domain/endpoint.ts';
import type { CharterView, SectionView } from '../../../domain/charter/api.ts';
import type { SettingsView } from '../../../domain/settings/api.ts';
import { tenant } from '../../../infra/local/directory.ts';
import { forger, oddTokens } from '../../support/forged-tokens.ts';
import { sendRaw } from '../../support/raw-http.ts';
import { personOf, startSystem, type System } from '../../support/system.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

async function section(id: string): Promise<SectionView> {
  const { body } = await system.ask('Priya', api.charter);
  const found = (body as CharterView).sections.find(one => one.id === id);
  if (!found) throw new Error(`no section ${id}`);
  return found;
}
function save(who: string, id: string, text: string, headers: Record<string, string>) {
  return system.ask(who, api.saveSection, { params: { section: id }, body: { text }, headers });
}
async function withToken(token: string | null): Promise<number> {
  const response = await fetch(`${system.productUrl}/api/communities/${system.team}`, {
    headers: token === null ? {} : { Authorization: `Bearer ${token}` },
  });
  return response.status;
}

function claimsOfPriya(): JWTPayload {
  return {
    iss: `https://login.microsoftonline.com/${tenant.id}/v2.0`,
    aud: tenant.appId,
    scp: 'access_as_user',
    oid: personOf('Priya').id,
    tid: tenant.id,
    azp: '5e3ce6c0-2b1f-4285-8d4b-75ee78787346',
    ver: '2.0',
  };
}
/** A token with Entra's own signature, whatever it says. */
async function signedByEntra(claims: Readonly<Record<string, unknown>>): Promise<string> {
  const key = system.microsoft365.store.collection<JWK>('entra.keys').get('entra') as JWK;
  return new SignJWT(claims as JWTPayload)
    .setProtectedHeader({ alg: 'RS256', kid: String(key.kid) })
    .sign(await importJWK(key, 'RS256'));
}

describe('who may ask', () => {
  test('a member, with the token Teams gives a tab', async () => {
    const { status, body } = await system.ask('Amara', api.community);

    expect({ status, body }).toEqual({
      status: 200,
      body: {
        id: system.team,
        name: 'Data Storytellers',
        ready: true,
        me: personOf('Amara'),
        administrator: false,
        may: {
          'community.read': true,
          'charter.edit': false,
          'settings.edit': false,
          'facilitation.greet': false,
          'facilitation.tick': false,
          'facilitation.change': false,
          'welcome.read': false,
          'roles.manage': false,
          'roles.accept': false,
          'surveys.plan': false,
          'surveys.results': false,
          'surveys.answers': false,
          'events.edit': false,
          'events.feedback': false,
          'agenda.edit': false,
          'library.edit': false,
          'plan.edit': false,
          'digest.edit': false,
          'delivery.read': false,
          'audit.read': false,
        },
        off: [],
        setUpByAdministrator: false,
        tab: { channel: expect.stringMatching(/^19:/), entity: 'community', subPage: null },
        teamsApp: null,
      },
    });
  });

  test('nobody without a token', async () => {
    expect(await withToken(null)).toBe(401);
  });

  test.each([
    { change: { aud: 'another-app' }, reason: 'for another app' },
    {
      change: { iss: 'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0' },
      reason: 'of another tenant',
    },
    { change: { scp: 'User.Read' }, reason: 'without access_as_user' },
    { change: {}, reason: 'signed with another key' },
  ])('no token $reason', async ({ change }) => {
    const { privateKey } = await generateKeyPair('RS256');
    const claims = {
      iss: `https://login.microsoftonline.com/${tenant.id}/v2.0`,
      aud: tenant.appId,
      scp: 'access_as_user',
      oid: personOf('Priya').id,
      tid: tenant.id,
      ...change,
    };
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'stranger' })
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);

    expect(await withToken(token)).toBe(401);
  });

  test.each(oddTokens)('no odd token: $reason', async ({ token }) => {
    expect(await withToken(token)).toBe(401);
  });

  test('no forged signature under the name of a key that is published', async () => {
    const forge = await forger(`${system.microsoft365.url}/${tenant.id}/discovery/v2.0/keys`);

    expect(await withToken(await forge(claimsOfPriya()))).toBe(401);
  });

  test.each([
    { change: { exp: undefined }, reason: 'that never ends' },
    { change: { exp: 1 }, reason: 'that has ended' },
    { change: { nbf: 4_000_000_000 }, reason: 'that has not begun' },
    { change: { azp: undefined }, reason: 'for no client' },
    { change: { azp: '11111111-2222-3333-4444-555555555555' }, reason: 'for a client that is not Microsoft’s' },
    { change: { azp: ['5e3ce6c0-2b1f-4285-8d4b-75ee78787346'] }, reason: 'for a list of clients' },
    { change: { idtyp: 'app' }, reason: 'of an app' },
    { change: { scp: undefined, roles: ['access_as_user'] }, reason: 'with a role in the scope’s place' },
    { change: { scp: ['access_as_user'] }, reason: 'with a list of scopes' },
    { change: { scp: 'not_access_as_user' }, reason: 'with another scope that ends alike' },
    { change: { tid: '11111111-2222-3333-4444-555555555555' }, reason: 'of another tenant' },
    { change: { oid: undefined }, reason: 'of nobody' },
    { change: { iss: `https://sts.windows.net/${tenant.id}/`, ver: '1.0' }, reason: 'of version 1.0' },
    { change: { aud: `api://${tenant.appId}` }, reason: 'for the address of the app, as version 1.0 has it' },
  ])('no token of Entra’s own key $reason', async ({ change }) => {
    expect(
      await withToken(
        await signedByEntra({ ...claimsOfPriya(), exp: Math.floor(Date.now() / 1000) + 3600, ...change }),
      ),
    ).toBe(401);
  });

  test('what the refused ones lack is all that they lack', async () => {
    expect(
      await withToken(await signedByEntra({ ...claimsOfPriya(), exp: Math.floor(Date.now() / 1000) + 3600 })),
    ).toBe(200);
  });

  test('a refusal says how to sign in, is kept nowhere, and no token is in the log', async () => {
    const token = await signedByEntra({ ...claimsOfPriya(), exp: 1 });

    const response = await fetch(`${system.productUrl}/api/communities/${system.team}`, {
      headers: { Authorization: `Bearer ${token}` },
    });

    expect([response.status, response.headers.get('www-authenticate'), response.headers.get('cache-control')]).toEqual([
      401,
      'Bearer',
      'no-store',
    ]);
    expect(JSON.stringify(system.log)).not.toContain(token.split('.')[1]);
  });

  test('nobody’s body is read before their token is known', async () => {
    const head = `PUT /api/communities/${system.team}/settings HTTP/1.1\r\nHost: x\r\nIf-Match: "1"\r\nExpect: 100-continue\r\nContent-Encoding: gzip\r\nContent-Length: 1000000\r\n\r\n`;

    const { status, closed } = await sendRaw(system.productUrl, head);

    expect({ status, closed }).toEqual({ status: 401, closed: true });
  });

  test('no token of the Bot Connector, and no unsigned one', async () => {
    const parts = [
      { alg: 'none' },
      { oid: personOf('Priya').id, tid: tenant.id, scp: 'access_as_user', aud: tenant.appId },
    ].map(part => Buffer.from(JSON.stringify(part)).toString('base64url'));

    expect(await withToken(await system.microsoft365.entra.signToBot(system.microsoft365.url))).toBe(401);
    expect(await withToken(`${parts.join('.')}.`)).toBe(401);
  });

  test('a stranger learns not even that the community exists', async () => {
    const stranger = await system.ask('Jonas', api.community);
    const nowhere = await system.ask('Jonas', api.community, { params: { community: 'nowhere' } });

    expect(stranger.status).toBe(404);
    expect(nowhere.body).toEqual(stranger.body);
  });

  test('who may not, is told so', async () => {
    const { etag } = await section('aims');

    expect(await save('Amara', 'aims', 'mine now', { 'If-Match': etag ?? '' })).toMatchObject({
      status: 403,
      body: { code: 'not-allowed', message: 'This is for the community’s coordinators and team owners.' },
    });
  });
  test('and before anything is said about what they sent', async () => {
    const refused = await system.ask('Daniel', api.saveSettings, {
      body: { nonsense: true },
      headers: { 'If-Match': '*' },
    });

    expect({ status: refused.status, body: refused.body }).toMatchObject({
      status: 403,
      body: { code: 'not-allowed' },
    });
  });
});

describe('a change', () => {
  test('needs to say what it is based on', async () => {
    expect(await save('Priya', 'aims', 'x', {})).toMatchObject({ status: 428, body: { code: 'precondition-needed' } });
  });

  test('carries on from the version that was read, and gives the new ETag', async () => {
    const before = await section('aims');

    const saved = await save('Priya', 'aims', 'Fewer, better charts.', { 'If-Match': before.etag ?? '' });

    expect(saved).toMatchObject({
      status: 200,
      body: { id: 'aims', text: 'Fewer, better charts.', changed: { by: personOf('Priya') } },
    });
    expect(saved.etag).toBe((await section('aims')).etag);
    expect(saved.etag).not.toBe(before.etag);
  });

  test('on a stale version is refused, with what is there now', async () => {
    const before = await section('members');
    await save('Tomasz', 'members', 'Everybody.', { 'If-Match': before.etag ?? '' });

    const late = await save('Priya', 'members', 'Nobody.', { 'If-Match': before.etag ?? '' });

    expect(late).toMatchObject({
      status: 409,
      body: {
        code: 'version-conflict',
        current: { id: 'members', text: 'Everybody.', changed: { by: personOf('Tomasz') } },
        etag: (await section('members')).etag,
      },
    });
    expect((await section('members')).text).toBe('Everybody.');
  });

  test('two first versions at the same moment: one is kept, the other is told', async () => {
    const results = await Promise.all(
      ['Priya', 'Tomasz'].map(who => save(who, 'governance', `${who} decides.`, { 'If-None-Match': '*' })),
    );

    expect(results.map(result => result.status).toSorted()).toEqual([200, 409]);
  });

  test.each([
    { params: { section: 'fame' }, body: { text: 'x' }, status: 404, reason: 'an unknown section' },
    { params: { section: 'aims' }, body: { text: 7 }, status: 400, reason: 'a wrong type' },
    { params: { section: 'aims' }, body: {}, status: 400, reason: 'nothing in the body' },
    { params: { section: 'aims' }, body: { text: 'x'.repeat(20_001) }, status: 400, reason: 'a text over its limit' },
    { params: { section: 'aims' }, body: { text: 'x'.repeat(300_000) }, status: 413, reason: 'a body over the limit' },
    { params: { section: 'aims\u0000' }, body: { text: 'x' }, status: 400, reason: 'control characters in the path' },
  ])('with $reason is refused and nothing is stored', async ({ params, body, status }) => {
    const before = await section('aims');

    expect(
      (await system.ask('Priya', api.saveSection, { params, body, headers: { 'If-Match': before.etag ?? '' } })).status,
    ).toBe(status);
    expect(await section('aims')).toEqual(before);
  });

  test('of settings is checked value by value', async () => {
    const { body } = await system.ask('Priya', api.settings);
    const { settings, etag } = body as SettingsView;

    const refused = await system.ask('Priya', api.saveSettings, {
      body: { ...settings, timeZone: 'Mars/Olympus' },
      headers: { 'If-Match': etag ?? '' },
    });

    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });
});

describe('what was read already', () => {
  async function read(who: string, path: string, headers: Record<string, string> = {}, method = 'GET') {
    const token = await system.microsoft365.entra.issueTabToken(personOf(who).id);
    const response = await fetch(`${system.productUrl}/api/communities/${system.team}${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...headers },
    });
    const kept = response.headers.get('cache-control');
    return { status: response.status, etag: response.headers.get('etag') ?? '', kept, text: await response.text() };
  }

  test('is not sent again, however it travels', async () => {
    const first = await read('Priya', '/charter');
    const again = await read('Priya', '/charter', { 'If-None-Match': `"another", ${first.etag}` });
    const packed = await read('Priya', '/charter', { 'If-None-Match': first.etag, 'Accept-Encoding': 'gzip' });

    expect(first).toMatchObject({ status: 200, etag: expect.stringMatching(/^W\/"[\w-]{43}"$/), kept: 'no-store' });
    const unchanged = { status: 304, etag: first.etag, kept: 'no-store', text: '' };
    expect([again, packed]).toEqual([unchanged, unchanged]);
  });

  test('is sent once it says something else', async () => {
    const before = await read('Priya', '/charter');
    const { etag } = await section('aims');
    await save('Priya', 'aims', 'Something new', { 'If-Match': etag ?? '' });

    const after = await read('Priya', '/charter', { 'If-None-Match': before.etag });

    expect(after.status).toBe(200);
    expect(after.text).toContain('Something new');
    expect(after.etag).not.toBe(before.etag);
  });

  test('is nobody else’s: another person’s tag fits only what is the same for both', async () => {
    const { etag } = await read('Priya', '');

    expect(await read('Amara', '', { 'If-None-Match': etag })).toMatchObject({
      status: 200,
      text: expect.stringContaining('Amara'),
    });
  });

  test('no tag lets a stranger know anything', async () => {
    const { etag } = await read('Priya', '/plan');
    const answer = await fetch(`${system.productUrl}/api/communities/${system.team}/plan`, {
      headers: { 'If-None-Match': etag },
    });

    expect([answer.status, answer.headers.get('etag')]).toEqual([401, null]);
  });

  test('is asked about by HEAD as by GET', async () => {
    for (const path of ['', '/charter', '/plan', '/nothing-like-this']) {
      const got = await read('Priya', path);
      const { text, ...asked } = await read('Priya', path, {}, 'HEAD');
      expect([path, text, asked]).toEqual([path, '', { status: got.status, etag: got.etag, kept: got.kept }]);
    }
    const { etag } = await read('Priya', '/plan');
    expect((await read('Priya', '/plan', { 'If-None-Match': etag }, 'HEAD')).status).toBe(304);
  });
});

describe('when Microsoft 365 does not play along', () => {
  test('missing consent is its own answer, so that the tab can ask for it', async () => {
    const { consent } = system.microsoft365.entra;
    const before = consent.delegated();
    const { etag } = await section('scope');
    consent.setDelegated([]);
    // A token for the same person within one second is the same token, and what it was exchanged for is kept.
    await new Promise(resolve => setTimeout(resolve, 1100));

    const refused = await save('Tomasz', 'scope', 'x', { 'If-Match': etag ?? '' });

    expect(refused).toMatchObject({ status: 403, body: { code: 'consent-needed' } });
    consent.setDelegated(before);
  });

  test('an outage is said, with when to come back, where nothing is known', async () => {
    system.microsoft365.faults.add({ path: '/graph/v1.0/sites', method: 'GET', status: 500, count: 40 });
    const ask = async (path: string) =>
      fetch(`${system.productUrl}/api/communities/${system.team}/${path}`, {
        headers: { Authorization: `Bearer ${await system.microsoft365.entra.issueTabToken(personOf('Priya').id)}` },
      });

    // The plan is there as it was read last; earlier versions are SharePoint's alone.
    const plan = await ask('plan');
    const response = await ask('charter/sections/aims/history');

    system.microsoft365.faults.clear();
    expect(plan.status).toBe(200);
    expect({
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      body: await response.json(),
    }).toEqual({
      status: 503,
      retryAfter: '30',
      body: {
        code: 'unavailable',
        message: 'Microsoft 365 does not answer at the moment. Please try again in a minute.',
      },
    });
  });
});

test('/api/openapi.json describes every endpoint', async () => {
  const response = await fetch(`${system.productUrl}/api/openapi.json`);
  const description = (await response.json()) as {
    openapi: string;
    paths: Record<string, Record<string, { operationId: string; 'x-permission': string }>>;
  };

  const described = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => `${operationId}: ${method.toUpperCase()} ${path}`),
  );
  expect(description.openapi).toBe('3.1.0');
  expect(described.toSorted()).toEqual(
    Object.entries<AnyEndpoint>(api)
      .flatMap(([name, { method, path, file }]) => [
        `${name}: ${method} ${path}`,
        ...(file ? [`${name}AsLink: POST ${path}`] : []),
      ])
      .toSorted(),
  );
  const { get: page, put: save } = description.paths[api.settings.path]!;
  const { get: all } = description.paths[api.auditOfAll.path]!;
  expect([page, save, all].map(operation => operation?.['x-permission'])).toEqual([
    'community.read',
    'settings.edit',
    'administrators',
  ]);
});

test('/health says that everything is ready', async () => {
  const response = await fetch(`${system.productUrl}/health`);

  expect({ status: response.status, body: await response.json() }).toEqual({
    status: 200,
    body: { state: 'ready', parts: { database: 'ready', 'sign-in': 'ready', messages: 'ready' } },
  });
});

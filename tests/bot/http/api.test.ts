import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SignJWT, generateKeyPair } from 'jose';
import { api, type CharterView, type SectionView, type SettingsView } from '../../../domain/api.ts';
import { tenant } from '../../../infra/local/directory.ts';
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
  const response = await fetch(`${system.productUrl}/api/communities/${system.team}`, { headers: token === null ? {} : { Authorization: `Bearer ${token}` } });
  return response.status;
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
        may: { 'community.read': true, 'charter.edit': false, 'settings.edit': false, 'facilitation.tick': false, 'welcome.read': false, 'roles.manage': false, 'surveys.plan': false, 'plan.edit': false, 'digest.edit': false, 'delivery.read': false },
      },
    });
  });

  test('nobody without a token', async () => {
    expect(await withToken(null)).toBe(401);
  });

  test.each([
    { change: { aud: 'another-app' }, reason: 'for another app' },
    { change: { iss: 'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0' }, reason: 'of another tenant' },
    { change: { scp: 'User.Read' }, reason: 'without access_as_user' },
    { change: {}, reason: 'signed with another key' },
  ])('no token $reason', async ({ change }) => {
    const { privateKey } = await generateKeyPair('RS256');
    const claims = { iss: `https://login.microsoftonline.com/${tenant.id}/v2.0`, aud: tenant.appId, scp: 'access_as_user', oid: personOf('Priya').id, tid: tenant.id, ...change };
    const token = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'stranger' }).setIssuedAt().setExpirationTime('1h').sign(privateKey);

    expect(await withToken(token)).toBe(401);
  });

  test('no token of the Bot Connector, and no unsigned one', async () => {
    const parts = [{ alg: 'none' }, { oid: personOf('Priya').id, tid: tenant.id, scp: 'access_as_user', aud: tenant.appId }].map(part => Buffer.from(JSON.stringify(part)).toString('base64url'));

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

    expect(await save('Amara', 'aims', 'mine now', { 'If-Match': etag ?? '' })).toMatchObject({ status: 403, body: { code: 'not-allowed', message: 'This is for the community’s coordinators and team owners.' } });
  });
});

describe('a change', () => {
  test('needs to say what it is based on', async () => {
    expect(await save('Priya', 'aims', 'x', {})).toMatchObject({ status: 428, body: { code: 'precondition-needed' } });
  });

  test('carries on from the version that was read, and gives the new ETag', async () => {
    const before = await section('aims');

    const saved = await save('Priya', 'aims', 'Fewer, better charts.', { 'If-Match': before.etag ?? '' });

    expect(saved).toMatchObject({ status: 200, body: { id: 'aims', text: 'Fewer, better charts.', changed: { by: personOf('Priya') } } });
    expect(saved.etag).toBe((await section('aims')).etag);
    expect(saved.etag).not.toBe(before.etag);
  });

  test('on a stale version is refused, with what is there now', async () => {
    const before = await section('members');
    await save('Tomasz', 'members', 'Everybody.', { 'If-Match': before.etag ?? '' });

    const late = await save('Priya', 'members', 'Nobody.', { 'If-Match': before.etag ?? '' });

    expect(late).toMatchObject({ status: 409, body: { code: 'version-conflict', current: { id: 'members', text: 'Everybody.', changed: { by: personOf('Tomasz') } }, etag: (await section('members')).etag } });
    expect((await section('members')).text).toBe('Everybody.');
  });

  test('two first versions at the same moment: one is kept, the other is told', async () => {
    const results = await Promise.all(['Priya', 'Tomasz'].map(who => save(who, 'governance', `${who} decides.`, { 'If-None-Match': '*' })));

    expect(results.map(result => result.status).toSorted()).toEqual([200, 409]);
  });

  test.each([
    { params: { section: 'fame' }, body: { text: 'x' }, status: 404, reason: 'an unknown section' },
    { params: { section: 'aims' }, body: { text: 7 }, status: 400, reason: 'a wrong type' },
    { params: { section: 'aims' }, body: {}, status: 400, reason: 'nothing in the body' },
    { params: { section: 'aims' }, body: { text: 'x'.repeat(20_001) }, status: 400, reason: 'a text over its limit' },
    { params: { section: 'aims' }, body: { text: 'x'.repeat(300_000) }, status: 413, reason: 'a body over the limit' },
  ])('with $reason is refused and nothing is stored', async ({ params, body, status }) => {
    const before = await section('aims');

    expect((await system.ask('Priya', api.saveSection, { params, body, headers: { 'If-Match': before.etag ?? '' } })).status).toBe(status);
    expect(await section('aims')).toEqual(before);
  });

  test('of settings is checked value by value', async () => {
    const { body } = await system.ask('Priya', api.settings);
    const { settings, etag } = body as SettingsView;

    const refused = await system.ask('Priya', api.saveSettings, { body: { ...settings, timeZone: 'Mars/Olympus' }, headers: { 'If-Match': etag ?? '' } });

    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid' } });
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

  test('an outage is said, with when to come back', async () => {
    system.microsoft365.faults.add({ path: '/graph/v1.0/sites', method: 'GET', status: 500, count: 20 });

    const response = await fetch(`${system.productUrl}/api/communities/${system.team}/charter`, { headers: { Authorization: `Bearer ${await system.microsoft365.entra.issueTabToken(personOf('Priya').id)}` } });

    system.microsoft365.faults.clear();
    expect({ status: response.status, retryAfter: response.headers.get('retry-after'), body: await response.json() }).toEqual({
      status: 503,
      retryAfter: '30',
      body: { code: 'unavailable', message: 'Microsoft 365 does not answer at the moment. Please try again in a minute.' },
    });
  });
});

test('/api/openapi.json describes every endpoint', async () => {
  const response = await fetch(`${system.productUrl}/api/openapi.json`);
  const description = (await response.json()) as { openapi: string; paths: Record<string, Record<string, { operationId: string }>> };

  const described = Object.entries(description.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, { operationId }]) => `${operationId}: ${method.toUpperCase()} ${path}`));
  expect(description.openapi).toBe('3.1.0');
  expect(described.toSorted()).toEqual(Object.entries(api).map(([name, { method, path }]) => `${name}: ${method} ${path}`).toSorted());
});

test('/health says that everything is ready', async () => {
  const response = await fetch(`${system.productUrl}/health`);

  expect({ status: response.status, body: await response.json() }).toEqual({ status: 200, body: { state: 'ready', parts: { database: 'ready', messages: 'ready' } } });
});

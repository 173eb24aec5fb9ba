import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createRequire } from 'node:module';
import { generateKeyPair, importJWK, SignJWT, type JWK, type JWTPayload } from 'jose';
import { tenant } from '../../../infra/local/directory.ts';
import { forger, oddTokens, unsigned } from '../../support/forged-tokens.ts';
import { sendRaw } from '../../support/raw-http.ts';
import { personOf, startSystem, type System } from '../../support/system.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

function activity(changes: object = {}): Record<string, unknown> {
  const { id, name } = personOf('Priya');
  return {
    type: 'message',
    id: 'a1',
    channelId: 'msteams',
    serviceUrl: `${system.microsoft365.url}/connector/`,
    from: { id: `29:${id}`, name, aadObjectId: id },
    recipient: { id: `28:${tenant.appId}`, name: tenant.appName },
    conversation: { id: 'a:chat', conversationType: 'personal', tenantId: tenant.id },
    channelData: { tenant: { id: tenant.id } },
    text: 'help',
    ...changes,
  };
}

async function post(body: unknown, token?: string | null): Promise<{ status: number; body: unknown }> {
  const authorization =
    token === undefined ? await system.microsoft365.entra.signToBot(`${system.microsoft365.url}/connector/`) : token;
  const response = await fetch(`${system.productUrl}/api/messages`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(authorization === null ? {} : { Authorization: `Bearer ${authorization}` }),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
}

function inAnHour(): number {
  return Math.floor(Date.now() / 1000) + 3600;
}
/** A token with the Bot Connector's own signature, whatever it says. */
async function signedByBotService(claims: Readonly<Record<string, unknown>>): Promise<string> {
  const key = system.microsoft365.store.collection<JWK>('entra.keys').get('bot-service');
  const said = {
    iss: 'https://api.botframework.com',
    aud: tenant.appId,
    serviceurl: `${system.microsoft365.url}/connector/`,
    ...claims,
  };
  return new SignJWT(said as JWTPayload)
    .setProtectedHeader({ alg: 'RS256', kid: String(key?.kid) })
    .sign(await importJWK(key as JWK, 'RS256'));
}

function press(value: unknown): Record<string, unknown> {
  return activity({ type: 'invoke', name: 'adaptiveCard/action', value });
}

describe('who may come in', () => {
  test('an activity signed by the Bot Connector', async () => {
    expect(await post(activity({ type: 'typing' }))).toEqual({ status: 200, body: null });
  });

  test('nobody without a token', async () => {
    expect(await post(activity(), null)).toMatchObject({ status: 401 });
  });

  test.each([
    { change: { aud: 'another-app' }, reason: 'for another app' },
    { change: { serviceurl: 'https://elsewhere.example' }, reason: 'for another service address' },
    { change: { iss: 'https://login.microsoftonline.com/evil/v2.0' }, reason: 'of another issuer' },
    { change: {}, reason: 'signed with another key' },
  ])('no token $reason', async ({ change }) => {
    const { privateKey } = await generateKeyPair('RS256');
    const claims = {
      iss: 'https://api.botframework.com',
      aud: tenant.appId,
      serviceurl: `${system.microsoft365.url}/connector/`,
      ...change,
    };
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'stranger' })
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);

    expect(await post(activity(), token)).toMatchObject({ status: 401 });
  });

  test.each(oddTokens)('no odd token: $reason', async ({ token }) => {
    expect(await post(activity(), token)).toMatchObject({ status: 401 });
  });

  test.each([
    { header: {}, reason: 'the name of a key that is published' },
    { header: { alg: 'RS256', kid: 'stranger' }, reason: 'a key nobody knows' },
    { header: { kid: undefined }, reason: 'no name of a key' },
  ])('no forged signature under $reason, and no stack of it in the log', async ({ header }) => {
    const forge = await forger(`${system.microsoft365.url}/v1/.well-known/keys`);
    const claims = {
      iss: 'https://api.botframework.com',
      aud: tenant.appId,
      serviceurl: `${system.microsoft365.url}/connector/`,
    };
    const before = system.log.length;

    expect(await post(activity(), await forge(claims, header))).toMatchObject({ status: 401 });
    expect(system.log.slice(before).filter(line => 'stack' in line || Number(line['level']) >= 50)).toEqual([]);
  });

  test.each([
    { change: { exp: undefined }, reason: 'that never ends' },
    { change: { exp: 1 }, reason: 'that has ended' },
    { change: { nbf: 4_000_000_000 }, reason: 'that has not begun' },
    { change: { aud: ['another-app'] }, reason: 'for others' },
    { change: { iss: ['https://api.botframework.com'] }, reason: 'of a list of issuers' },
    { change: { serviceurl: undefined }, reason: 'for no service address' },
  ])('no token of the Bot Connector’s own key $reason', async ({ change }) => {
    expect(await post(activity(), await signedByBotService({ exp: inAnHour(), ...change }))).toMatchObject({
      status: 401,
    });
  });

  test('nobody’s body is read before their token is known', async () => {
    const head =
      'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Type: text/csv\r\nExpect: 100-continue\r\nContent-Length: 1000000\r\n';

    const answers = await Promise.all(
      ['', `Authorization: Bearer ${unsigned({ alg: 'RS256' }, { iss: 'https://api.botframework.com' })}\r\n`].map(
        line => sendRaw(system.productUrl, `${head}${line}\r\n`),
      ),
    );

    expect(
      answers.map(({ status, headers, closed }) => ({ status, challenge: headers['www-authenticate'], closed })),
    ).toEqual([
      { status: 401, challenge: 'Bearer', closed: true },
      { status: 401, challenge: 'Bearer', closed: true },
    ]);
  });

  test('no token for a good issuer but with another service address in the activity', async () => {
    expect(await post(activity({ serviceUrl: `${system.microsoft365.url}/elsewhere/` }))).toMatchObject({
      status: 401,
    });
  });

  test('a person’s own token is no way in', async () => {
    const token = await system.microsoft365.entra.issueTabToken(personOf('Priya').id);

    expect(await post(activity(), token)).toMatchObject({ status: 401 });
  });

  const another = '11111111-2222-3333-4444-555555555555';
  test.each([
    { change: { channelData: { tenant: { id: another } } }, reason: 'another tenant' },
    {
      change: { conversation: { id: 'a:chat', conversationType: 'personal', tenantId: another } },
      reason: 'another tenant in its conversation only',
    },
    { change: { from: { id: '29:x', aadObjectId: another, tenantId: another } }, reason: 'somebody of another tenant' },
    { change: { recipient: { id: `28:${tenant.appId}`, tenantId: another } }, reason: 'a bot of another tenant' },
    { change: { channelData: {}, conversation: { id: 'a:chat', conversationType: 'personal' } }, reason: 'no tenant' },
    { change: { channelId: 'webchat' }, reason: 'Web Chat' },
    { change: { channelId: 'directline' }, reason: 'Direct Line' },
    { change: { channelId: 'MSTeams' }, reason: 'almost Teams' },
  ])('nothing of $reason, with the best of tokens', async ({ change }) => {
    expect(await post(activity(change))).toMatchObject({ status: 403 });
  });

  test.each(['http://127.0.0.1:9/', 'https://evil.example/', 'https://smba.trafficmanager.net.evil.example/'])(
    'nothing that wants its answer at %s, though the token says so too',
    async serviceUrl => {
      const token = await system.microsoft365.entra.signToBot(serviceUrl);

      expect(await post(activity({ serviceUrl, type: 'invoke', name: 'adaptiveCard/action' }), token)).toMatchObject({
        status: 403,
      });
    },
  );

  test('what names the tenant in one place only, as events in teams do', async () => {
    expect(await post(activity({ type: 'typing', conversation: { id: '19:x@thread.tacv2' } }))).toMatchObject({
      status: 200,
    });
  });

  test('strangers’ tokens do not grow Bot Framework’s memory', async () => {
    const { ToBotFromBotOrEmulatorTokenValidationParameters: parameters } = createRequire(import.meta.url)(
      'botframework-connector/lib/auth/tokenValidationParameters.js',
    ) as {
      ToBotFromBotOrEmulatorTokenValidationParameters: { issuer: string[] };
    };
    const before = parameters.issuer.length;

    for (let index = 0; index < 20; index++) {
      const payload = Buffer.from(JSON.stringify({ iss: 'https://evil.example', tid: `tenant-${index}` })).toString(
        'base64url',
      );
      expect(
        (await post(activity(), `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.x`)).status,
      ).toBe(401);
    }

    expect(parameters.issuer.length).toBe(before);
  });
});

describe('what may come in', () => {
  test.each([
    { body: 'not json', reason: 'no JSON' },
    { body: '[]', reason: 'a list' },
    { body: '{}', reason: 'nothing in it' },
    { body: JSON.stringify({ type: 'message', channelId: 'msteams' }), reason: 'no conversation' },
    {
      body: JSON.stringify({ type: 'message', channelId: 7, serviceUrl: 'x', conversation: {}, from: 'me' }),
      reason: 'wrong types',
    },
  ])('not $reason', async ({ body }) => {
    expect((await post(body)).status).toBe(400);
  });

  const malformed = 'This button does not carry what I need';
  test.each([
    {
      name: 'adaptiveCard/action',
      says: { statusCode: 400, type: 'application/vnd.microsoft.error', value: { code: 'BadRequest' } },
    },
    { name: 'composeExtension/submitAction', says: { task: { type: 'continue' } } },
  ])('a press ($name) that cannot be read, and whoever made it reads a sentence', async ({ name, says }) => {
    const unread = activity({ type: 'invoke', name, from: { name: 'Priya' }, value: {} });

    const { status, body } = await post(unread);

    expect({ status, body }).toMatchObject({ status: 200, body: says });
    expect(JSON.stringify(body)).toContain(malformed);
    const stranger = { ...unread, channelData: { tenant: { id: 'another' } } };
    expect(JSON.stringify(await post(stranger))).not.toContain(malformed);
  });

  test('not without a channel, which Bot Framework would crash on', async () => {
    const { channelId: _, ...without } = activity();

    expect(await post(without)).toMatchObject({
      status: 400,
      body: { error: { code: 'BadSyntax', message: expect.stringContaining('channelId') } },
    });
  });

  test.each([
    { type: 'text/csv', headers: { 'X-Content-Columns': 'x' }, reason: 'a table' },
    { type: 'multipart/form-data; boundary=x', headers: {}, reason: 'a form' },
    { type: 'application/json', headers: { 'Content-Encoding': 'gzip' }, reason: 'a packed body' },
  ])('not $reason', async ({ type, headers }) => {
    const token = await system.microsoft365.entra.signToBot(`${system.microsoft365.url}/connector/`);
    const response = await fetch(`${system.productUrl}/api/messages`, {
      method: 'POST',
      headers: { 'Content-Type': type, Authorization: `Bearer ${token}`, ...headers },
      body: 'a,b\n1,2\n',
    });

    expect(response.status).toBe(415);
  });

  test('what no database takes is cleaned or refused, and either is said at once', async () => {
    const begun = Date.now();

    expect(
      (
        await post(
          activity({ id: 'nul', conversation: { id: 'a:\u0000', conversationType: 'personal', tenantId: tenant.id } }),
        )
      ).status,
    ).toBeLessThan(500);
    expect((await post(activity({ id: 'nul-2', text: 'a\u0000b' }))).status).toBeLessThan(500);
    expect(Date.now() - begun).toBeLessThan(5000);
  });

  test('not what nests without end', async () => {
    expect((await post(`{"type":"invoke","value":${'['.repeat(60_000)}${']'.repeat(60_000)}}`)).status).toBe(400);
  });

  test('not a body over the limit', async () => {
    expect((await post(activity({ text: 'x'.repeat(300_000) }))).status).toBe(413);
  });

  test.each(['!!', '__proto__', 'x', 'en-\u0001', 'a'.repeat(35), 'constructor', '-'])(
    'a language that is none, %j, is no reason to fail',
    async locale => {
      const answer = await post({
        ...press({ action: { verb: 'facilitation.refresh', data: { community: system.team } } }),
        locale,
        localTimezone: locale,
      });

      expect(answer.status).toBe(200);
      expect((answer.body as { statusCode: number }).statusCode).not.toBe(500);
    },
  );

  test('kinds that nobody knows yet are taken and ignored', async () => {
    expect(await post(activity({ type: 'somethingNew' }))).toEqual({ status: 200, body: null });
  });
});

describe('pressed buttons that do not fit', () => {
  test.each([
    { value: undefined, reason: 'no value' },
    { value: { action: 'tick' }, reason: 'no action' },
  ])('$reason: HTTP 200 with 400 inside', async ({ value }) => {
    expect(await post(press(value))).toMatchObject({
      status: 200,
      body: {
        statusCode: 400,
        type: 'application/vnd.microsoft.error',
        value: { code: 'BadRequest', message: expect.any(String) },
      },
    });
  });

  test('an unknown verb', async () => {
    expect(await post(press({ action: { verb: 'charter.burn', data: { community: system.team } } }))).toMatchObject({
      status: 200,
      body: { statusCode: 400, value: { message: expect.stringContaining('I do not know this button') } },
    });
  });

  test('data that does not fit its schema', async () => {
    const answer = await post(
      press({ action: { verb: 'facilitation.tick', data: { community: system.team, week: { $ne: null }, task: 7 } } }),
    );

    expect(answer).toMatchObject({ status: 200, body: { statusCode: 400, type: 'application/vnd.microsoft.error' } });
    expect(system.log.at(-1)).toMatchObject({
      msg: 'the data of a pressed button does not fit',
      verb: 'facilitation.tick',
    });
  });

  test.each(['facilitation.refresh', 'digest.reply', 'surveys.answer', 'bot.choose', 'charter.burn'])(
    '%s by somebody outside: the same words for a team they are not in and for one that is not there',
    async verb => {
      const { id, name } = personOf('Jonas');
      const pressed = async (community: unknown): Promise<unknown> =>
        post({ ...press({ action: { verb, data: { community } } }), from: { id: `29:${id}`, name, aadObjectId: id } });

      const answers = await Promise.all([system.team, 'nowhere', undefined, 7, { $ne: null }].map(pressed));

      expect(answers[0]).toEqual({
        status: 200,
        body: {
          statusCode: 200,
          type: 'application/vnd.microsoft.activity.message',
          value: expect.stringContaining('you are not in that team'),
        },
      });
      expect(answers.slice(1)).toEqual([answers[0], answers[0], answers[0], answers[0]]);
      expect(JSON.stringify(answers)).not.toContain('Data Storytellers');
    },
  );

  test('an invoke that nobody answers', async () => {
    expect(await post(activity({ type: 'invoke', name: 'composeExtension/query', value: {} }))).toMatchObject({
      status: 200,
      body: { statusCode: 400 },
    });
  });
});

test('no answer of a person is in the log', async () => {
  const secret = 'a secret that nobody should read';

  await post(
    press({ action: { verb: 'welcome.answer', data: { community: system.team, inOwnWords: secret, reasons: 7 } } }),
  );
  await post(activity({ text: secret, id: 'a-secret' }));

  expect(JSON.stringify(system.log)).not.toContain(secret);
});

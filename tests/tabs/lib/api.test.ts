import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { api } from '../../../domain/api.ts';
import { endpoint, fileUpTo, type AnyEndpoint, type Endpoint } from '../../../domain/endpoint.ts';
import { createKeptViews } from '../../../tabs/lib/kept-views.ts';
import { memoryStorage } from '../memory-storage.ts';
import { ApiFailure, createClient, failureOf, mayPass } from '../../../tabs/lib/api.ts';

const noViews = createKeptViews({ storage: memoryStorage, whose: null, language: 'en', version: '1' });

/** A server that answers everything alike and remembers what it was asked. */
function serverAnswering(status: number, body: unknown, headers: Record<string, string> = {}) {
  const asked: { path: string; method: string | undefined; headers: Record<string, string>; body: unknown }[] = [];
  const send: typeof fetch = async (input, init) => {
    asked.push({
      path: String(input),
      method: init?.method,
      headers: Object.fromEntries(new Headers(init?.headers)),
      body: init?.body ?? null,
    });
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
  };
  return { asked, client: createClient({ token: async () => 'token-1', locale: 'de-DE', views: noViews, send }) };
}

const review = { on: '2027-01-12', etag: '"2"' };

async function refusalOf(promise: Promise<unknown>): Promise<ApiFailure> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiFailure)) throw new Error(`expected an ApiFailure, got ${String(error)}`);
  return error;
}

describe('asking', () => {
  test('sends a file as its bytes', async () => {
    const { asked, client } = serverAnswering(200, {});
    const bytes = Uint8Array.of(0xff, 0xfe, 0x31, 0);
    const upload = endpoint({
      method: 'POST',
      path: '/api/communities/{community}/file',
      summary: 'Take a file',
      ...fileUpTo(10),
      answer: z.object({}),
    });

    await client(upload, { params: { community: 'team' }, body: bytes });

    expect(asked[0]).toMatchObject({ headers: { 'content-type': 'application/octet-stream' }, body: bytes });
  });

  test('sends the token, the language, the body and the version it is based on', async () => {
    const { asked, client } = serverAnswering(200, review);

    const answer = await client(api.saveReview, {
      params: { community: 'team/1' },
      body: { on: '2027-01-12' },
      ifMatch: '"1"',
    });

    expect(answer).toEqual(review);
    expect(asked).toEqual([
      {
        path: '/api/communities/team%2F1/charter/review',
        method: 'PUT',
        headers: {
          accept: 'application/json',
          'accept-language': 'de-DE',
          authorization: 'Bearer token-1',
          'content-type': 'application/json',
          'if-match': '"1"',
        },
        body: '{"on":"2027-01-12"}',
      },
    ]);
  });

  test('a file comes with its bytes, its type and the name in whatever letters', async () => {
    const { client } = serverAnswering(200, '# Ü', {
      'content-type': 'text/markdown; charset=utf-8',
      'content-disposition': 'attachment; filename="Ubung.md"; filename*=UTF-8\'\'%C3%9Cbung.md',
    });

    const file = await client(api.exportCharter, { params: { community: 'c', format: 'md' } });

    expect(file).toEqual({
      name: 'Übung.md',
      type: 'text/markdown; charset=utf-8',
      bytes: new TextEncoder().encode('# Ü'),
    });
  });

  test('the first version of something says that nothing may be there', async () => {
    const { asked, client } = serverAnswering(200, review);

    await client(api.saveReview, { params: { community: 'c' }, body: { on: null }, ifMatch: null });

    expect(asked[0]?.headers).toMatchObject({ 'if-none-match': '*' });
    expect(asked[0]?.headers).not.toHaveProperty('if-match');
  });

  test('asks Teams for a token each time, and keeps none', async () => {
    let count = 0;
    const seen: (string | null)[] = [];
    const client = createClient({
      views: noViews,
      token: async () => `token-${++count}`,
      locale: 'en',
      send: async (_, init) => {
        seen.push(new Headers(init?.headers).get('authorization'));
        return Response.json(review);
      },
    });

    await client(api.saveReview, { params: { community: 'c' }, body: { on: null }, ifMatch: '"1"' });
    await client(api.saveReview, { params: { community: 'c' }, body: { on: null }, ifMatch: '"2"' });

    expect(seen).toEqual(['Bearer token-1', 'Bearer token-2']);
  });
});

describe('refusals', () => {
  test.each([
    {
      reason: 'our own code and sentence',
      status: 403,
      text: '{"code":"not-allowed","message":"No."}',
      code: 'not-allowed',
      message: 'No.',
    },
    {
      reason: 'a code the status would not tell',
      status: 409,
      text: '{"code":"not-set-up","message":"Not yet."}',
      code: 'not-set-up',
      message: 'Not yet.',
    },
    {
      reason: 'a code of a later version',
      status: 404,
      text: '{"code":"moved-house","message":"Gone."}',
      code: 'not-found',
      message: 'the server answered with status 404',
    },
    {
      reason: 'a proxy that speaks HTML',
      status: 502,
      text: '<html>',
      code: 'unavailable',
      message: 'the server answered with status 502',
    },
    {
      reason: 'a name every object has',
      status: 400,
      text: '{"code":"toString","message":"x"}',
      code: 'invalid',
      message: 'the server answered with status 400',
    },
    {
      reason: 'SharePoint’s word for a conflict',
      status: 412,
      text: '',
      code: 'version-conflict',
      message: 'the server answered with status 412',
    },
    { reason: 'a teapot', status: 418, text: '', code: 'unexpected', message: 'the server answered with status 418' },
  ])('are told apart: $reason', ({ status, text, code, message }) => {
    const failure = failureOf({ status, text });

    expect({ code: failure.code, message: failure.message }).toEqual({ code, message });
  });

  test('a conflict carries what is stored now', async () => {
    const { client } = serverAnswering(409, { code: 'version-conflict', message: 'x', current: review, etag: '"2"' });

    const failure = await refusalOf(
      client(api.saveReview, { params: { community: 'c' }, body: { on: null }, ifMatch: '"1"' }),
    );

    expect({ code: failure.code, current: failure.current, etag: failure.etag }).toEqual({
      code: 'version-conflict',
      current: review,
      etag: '"2"',
    });
  });

  test('what the server says to people is kept apart from what something in front of it does', () => {
    const ours = failureOf({
      status: 422,
      text: '{"code":"too-complex","message":"Line 2 is too deep."}',
    });
    const theirs = failureOf({ status: 503, text: '<html>' });

    expect([ours.code, ours.said, theirs.code, theirs.said]).toEqual([
      'too-complex',
      'Line 2 is too deep.',
      'unavailable',
      null,
    ]);
  });

  test('consent carries the challenge', () => {
    const failure = failureOf({
      status: 401,
      text: '{"code":"consent-needed","message":"x","claims":"{}"}',
    });

    expect(failure).toMatchObject({ code: 'consent-needed', claims: '{}' });
  });

  test('an answer in another shape is not handed on', async () => {
    const { client } = serverAnswering(200, { on: 'tomorrow' });

    const failure = await refusalOf(
      client(api.saveReview, { params: { community: 'c' }, body: { on: null }, ifMatch: '"1"' }),
    );

    expect(failure.code).toBe('unexpected');
  });

  test('no network', async () => {
    const client = createClient({
      views: noViews,
      token: async () => 'x',
      locale: 'en',
      send: async () => {
        throw new TypeError('Failed to fetch');
      },
    });

    expect((await refusalOf(client(api.charter, { params: { community: 'c' } }))).code).toBe('unreachable');
  });

  test.each([
    { reason: 'resourceRequiresConsent', code: 'consent-needed' },
    { reason: 'UserDeclined', code: 'consent-needed' },
    { reason: 'interaction_required', code: 'consent-needed' },
    { reason: 'resourceDisabled', code: 'sign-in-needed' },
  ])('Teams gives no token: $reason', async ({ reason, code }) => {
    const client = createClient({
      views: noViews,
      token: async () => {
        throw new Error(reason);
      },
      locale: 'en',
      send: async () => {
        throw new Error('must not be asked');
      },
    });

    expect(await refusalOf(client(api.charter, { params: { community: 'c' } }))).toMatchObject({
      code,
      message: reason,
    });
  });

  test.each([
    { error: new ApiFailure('unreachable', ''), passes: true },
    { error: new ApiFailure('unavailable', ''), passes: true },
    { error: new ApiFailure('throttled', ''), passes: true },
    { error: new ApiFailure('not-allowed', ''), passes: false },
    { error: new ApiFailure('consent-needed', ''), passes: false },
    { error: new TypeError('a bug'), passes: false },
  ])('asking again may help: $error.code $passes', ({ error, passes }) => {
    expect(mayPass(error)).toBe(passes);
  });
});

describe('what was read already', () => {
  const plan = { today: '2026-11-23', actions: [], doneBefore: 0, aims: [], left: [], comments: {} };
  const params = { community: 'team-1' };
  const whose = { whose: 'ada', language: 'de', version: '1.0.0' };

  /** A server that knows its answer again by the tag; what it answers can be changed. */
  function tagged(storage = memoryStorage()) {
    const asked: (string | null)[] = [];
    const server = { status: 200, body: plan as unknown, tag: 'W/"1"' };
    const client = createClient({
      token: async () => 'token-1',
      locale: 'de',
      views: createKeptViews({ storage: () => storage, ...whose }),
      send: async (_, init) => {
        const tag = new Headers(init?.headers).get('if-none-match');
        asked.push(tag);
        if (server.status === 200 && tag === server.tag) return new Response(null, { status: 304 });
        return Response.json(server.body, { status: server.status, headers: { etag: server.tag } });
      },
    });
    return { asked, server, client, storage };
  }

  test('is not sent again, and given again', async () => {
    const { asked, client } = tagged();

    const first = await client(api.plan, { params });

    expect(await client(api.plan, { params })).toBe(first);
    expect(asked).toEqual([null, 'W/"1"']);
  });

  test('is sent again once it has changed, and another community’s is its own', async () => {
    const { asked, server, client } = tagged();
    await client(api.plan, { params });
    Object.assign(server, { body: { ...plan, aims: ['Meet more often'] }, tag: 'W/"2"' });

    expect(await client(api.plan, { params })).toMatchObject({ aims: ['Meet more often'] });
    await client(api.plan, { params: { community: 'team-2' } });
    expect(asked).toEqual([null, 'W/"1"', null]);
  });

  test('is shown the next time at once, where it may be kept', async () => {
    const { client, storage } = tagged();
    await client(api.plan, { params });
    const later = tagged(storage).client;

    expect(later.kept(api.plan, params)?.answer).toEqual(plan);
    expect(later.kept(api.plan, { community: 'team-2' })).toBeNull();
  });

  test.each([
    ['what newcomers said', api.newcomers, { newcomers: [] }],
    ['what is kept about a person', api.settings, null],
    ['digests', api.digest, { today: '2026-11-23', drafts: [], sent: [] }],
    ['surveys', api.surveys, { today: '2026-11-23', perMonth: 1, reach: {}, surveys: [] }],
  ] as const)('%s is never kept', async (_what, endpoint, body) => {
    const { client, server, storage } = tagged();
    server.body = body;
    await client(endpoint as AnyEndpoint as Endpoint, { params }).catch(() => undefined);

    expect(storage.length).toBe(0);
  });

  test('is forgotten by whoever is no member any more, and with a token that is refused', async () => {
    for (const [status, code] of [
      [404, 'not-found'],
      [401, 'sign-in-needed'],
    ] as const) {
      const { client, server, storage } = tagged();
      await client(api.plan, { params });
      expect(storage.length).toBe(1);
      Object.assign(server, { status, body: { code, message: 'no' } });
      await refusalOf(client(api.community, { params }));

      expect([code, storage.length]).toEqual([code, 0]);
    }
  });

  test('stays when the server is away', async () => {
    const { client, server, storage } = tagged();
    await client(api.plan, { params });
    Object.assign(server, { status: 503, body: { code: 'unavailable', message: 'no' } });
    await refusalOf(client(api.plan, { params }));

    expect(storage.length).toBe(1);
  });

  test('of another shape than agreed is nothing', async () => {
    const { client, storage } = tagged();
    await client(api.plan, { params });
    const key = storage.key(0) ?? '';
    storage.setItem(key, JSON.stringify({ answer: { today: 'soon' }, at: Date.now() }));

    expect(client.kept(api.plan, params)).toBeNull();
  });
});

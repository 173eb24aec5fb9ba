import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { appToken, asker, gardeners, gardenersSite, openTenant, type Ask, type OpenTenant } from '../tenant.ts';

let local: OpenTenant;
let app: Ask;
let list: string;
beforeAll(async () => {
  local = await openTenant();
  local.graph.grantSite(gardeners.id, 'fullcontrol');
  app = asker(local, await appToken(local));
  const site = (await app('GET', gardenersSite)).body.id;
  const { body } = await app('POST', `/sites/${site}/lists`, {
    displayName: 'Tools',
    columns: [{ name: 'key', text: {}, indexed: true, enforceUniqueValues: true }],
  });
  list = `/sites/${site}/lists/${body.id}`;
});
afterAll(() => local.close());

const json = { 'Content-Type': 'application/json' };
function create(id: string, key: string, more: object = {}): object {
  return { id, method: 'POST', url: `${list}/items`, headers: json, body: { fields: { key } }, ...more };
}
async function statuses(requests: readonly object[]): Promise<readonly (readonly [string, number])[]> {
  const { body } = await app('POST', '/$batch', { requests });
  return body.responses.map(({ id, status }) => [id, status]);
}

describe('a batch', () => {
  test('answers each of its requests by itself', async () => {
    const { status, body } = await app('POST', '/$batch', {
      requests: [create('a', 'spade'), { id: 'b', method: 'get', url: `${list}/items/99` }],
    });

    expect(status).toBe(200);
    expect(body.responses).toEqual([
      {
        id: 'a',
        status: 201,
        headers: { 'Content-Type': 'application/json' },
        body: expect.objectContaining({ fields: expect.objectContaining({ key: 'spade' }) }),
      },
      {
        id: 'b',
        status: 404,
        headers: { 'Content-Type': 'application/json' },
        body: { error: expect.objectContaining({ code: 'itemNotFound' }) },
      },
    ]);
  });

  test('may take a url without its first slash, and an encoded name', async () => {
    const { body } = await app('POST', '/%24batch', {
      requests: [{ id: '1', method: 'GET', url: `${list.slice(1)}/columns?$select=name` }],
    });

    expect(body.responses[0]?.body.value.map(({ name }) => name)).toEqual(['Title', 'key']);
  });

  test('does not run what depends on a failure, nor what depends on that', async () => {
    const answered = await statuses([
      create('1', 'rake'),
      create('2', 'rake', { dependsOn: ['1'] }),
      create('3', 'hoe', { dependsOn: ['2'] }),
      create('4', 'fork', { dependsOn: ['3'] }),
      create('5', 'twine'),
    ]);

    expect(answered).toEqual([
      ['1', 201],
      ['2', 400],
      ['3', 424],
      ['4', 424],
      ['5', 201],
    ]);
  });

  test('is throttled one request at a time', async () => {
    local.faults.add({ path: '/items', status: 429, count: 1, retryAfter: 7 });

    const { body } = await app('POST', '/$batch', { requests: [create('1', 'shears'), create('2', 'dibber')] });

    expect(body.responses.map(({ status, headers }) => [status, headers['retry-after']])).toEqual([
      [429, '7'],
      [201, undefined],
    ]);
  });

  test('holds at most twenty', async () => {
    const requests = Array.from({ length: 21 }, (_, at) => ({ id: String(at), method: 'GET', url: list }));

    expect((await app('POST', '/$batch', { requests: requests.slice(1) })).status).toBe(200);
    expect((await app('POST', '/$batch', { requests })).status).toBe(400);
  });

  test.each<[object, string]>([
    [{}, 'it has no requests'],
    [{ requests: [{ id: '1', method: 'GET' }] }, 'one has no url'],
    [
      {
        requests: [
          { id: 'a', method: 'GET', url: '/me' },
          { id: 'A', method: 'GET', url: '/me' },
        ],
      },
      'two have one id, which is the same in any case',
    ],
    [{ requests: [{ id: '1', method: 'POST', url: '/x', body: {} }] }, 'one has a body and does not say of what type'],
    [
      { requests: [{ id: '1', method: 'GET', url: '/me', dependsOn: ['2'] }] },
      'one waits for a request that is not there',
    ],
  ])('%j is refused as a whole, because %s', async body => {
    expect((await app('POST', '/$batch', body)).status).toBe(400);
  });

  test('needs a token', async () => {
    expect((await asker(local, null)('POST', '/$batch', { requests: [] })).status).toBe(401);
  });
});

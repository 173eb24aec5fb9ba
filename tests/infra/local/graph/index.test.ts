import { Client, type Context, type Middleware } from '@microsoft/microsoft-graph-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  appToken,
  asker,
  gardeners,
  gardenersSite,
  lead,
  openTenant,
  people,
  tokenFor,
  type Ask,
  type OpenTenant,
} from '../tenant.ts';

let local: OpenTenant;
let app: Ask;
let items: string;

async function makeList(on: OpenTenant): Promise<string> {
  on.graph.grantSite(gardeners.id, 'fullcontrol');
  const ask = asker(on, await appToken(on));
  const site = (await ask('GET', gardenersSite)).body.id;
  const { body } = await ask('POST', `/sites/${site}/lists`, {
    displayName: 'Tools',
    columns: [{ name: 'key', text: {}, indexed: true, enforceUniqueValues: true }],
  });
  return `/sites/${site}/lists/${body.id}/items`;
}

beforeAll(async () => {
  local = await openTenant();
  items = await makeList(local);
  app = asker(local, await appToken(local));
});
afterAll(() => local.close());
afterEach(() => {
  local.faults.clear();
  local.faults.latencyMs = 0;
});

describe('a fault that was asked for', () => {
  test('is answered with Graph’s own body and a time to wait', async () => {
    local.faults.add({ path: '/graph/v1.0/sites', status: 429, count: 1, retryAfter: 3 });

    const throttled = await app('GET', items);
    const next = await app('GET', items);

    expect([throttled.status, throttled.headers.get('retry-after'), throttled.body.error.code, next.status]).toEqual([
      429,
      '3',
      'activityLimitReached',
      200,
    ]);
  });

  test('may name its code and message', async () => {
    local.faults.add({
      method: 'POST',
      path: '/items',
      status: 507,
      count: 1,
      code: 'quotaLimitReached',
      message: 'The shed is full',
    });

    const { status, body } = await app('POST', items, { fields: { key: 'rake' } });

    expect([status, body.error.code, body.error.message]).toEqual([507, 'quotaLimitReached', 'The shed is full']);
  });

  test('afterwards lets the request take effect and loses only its answer', async () => {
    local.faults.add({ method: 'POST', path: '/items', status: 504, count: 1, afterwards: true });

    const lost = await app('POST', items, { fields: { key: 'scythe' } });
    const found = await app('GET', `${items}?$filter=fields/key eq 'scythe'`);

    expect([lost.status, found.body.value.length]).toEqual([504, 1]);
  });
});

test('latency is waited for', async () => {
  local.faults.latencyMs = 80;
  const before = performance.now();

  await app('GET', items);

  expect(performance.now() - before).toBeGreaterThanOrEqual(75);
});

test('an error carries the ids that support asks for', async () => {
  const { body, headers } = await app('GET', `${items}/999`, undefined, { 'client-request-id': 'mine' });

  expect(body.error.innerError).toEqual({
    date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
    'request-id': headers.get('request-id'),
    'client-request-id': 'mine',
  });
});

test('two hundred items are listed quickly', async () => {
  for (let at = 0; at < 200; at += 20) {
    const requests = Array.from({ length: 20 }, (_, n) => ({
      id: String(n),
      method: 'POST',
      url: items,
      headers: { 'Content-Type': 'application/json' },
      body: { fields: { key: `item ${at + n}` } },
    }));
    await app('POST', '/$batch', { requests });
  }
  const before = performance.now();

  const { body } = await app('GET', `${items}?$expand=fields`);

  expect(body.value.length).toBe(200);
  expect(performance.now() - before).toBeLessThan(1000);
});

test('a restart keeps items, versions, grants and ETags', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'graph-'));
  const file = join(folder, 'm365.sqlite');
  const before = await openTenant(file);
  const list = await makeList(before);
  await asker(before, await appToken(before))('POST', list, { fields: { key: 'spade' } });
  const changed = await asker(before, await tokenFor(before, people.ana))('PATCH', `${list}/1/fields`, {
    Title: 'Spade',
  });
  await before.close();

  const after = await openTenant(file);
  const ask = asker(after, await appToken(after));
  const item = (await ask('GET', `${list}/1?$expand=fields`)).body;
  const versions = (await ask('GET', `${list}/1/versions`)).body.value;
  const stillGuarded = await ask(
    'PATCH',
    `${list}/1/fields`,
    { Title: 'Shovel' },
    { 'if-match': changed.body['@odata.etag'] },
  );
  await after.close();
  rmSync(folder, { recursive: true });

  expect([
    item['@odata.etag'],
    item.fields['Title'],
    item.fields['LinkTitle'],
    versions.map(({ id }) => id),
    stillGuarded.status,
  ]).toEqual([changed.body['@odata.etag'], 'Spade', 'Spade', ['2.0', '1.0'], 200]);
});

describe('Microsoft’s own client', () => {
  /** Its last link: sends here, with a token, what it would send to graph.microsoft.com. */
  function toLocal(token: string): Middleware {
    return {
      async execute(context: Context) {
        const headers = new Headers(context.options?.headers as Record<string, string> | undefined);
        headers.set('authorization', `Bearer ${token}`);
        context.response = await fetch(lead(local, String(context.request)), {
          ...context.options,
          headers,
        } as RequestInit);
      },
    };
  }

  test('reads, writes and follows pages', async () => {
    const client = Client.initWithMiddleware({ middleware: toLocal(await tokenFor(local, people.ana)) });

    const created = (await client.api(items).post({ fields: { key: 'besom', Title: 'Besom' } })) as {
      id: string;
      '@odata.etag': string;
    };
    const fields = (await client
      .api(`${items}/${created.id}/fields`)
      .header('if-match', created['@odata.etag'])
      .patch({ Title: 'Broom' })) as { Title: string };
    const first = (await client.api(items).expand('fields($select=key)').filter("fields/key ge 'a'").top(1).get()) as {
      value: unknown[];
      '@odata.nextLink': string;
    };
    const second = (await client.api(first['@odata.nextLink']).get()) as { value: unknown[] };

    expect([fields.Title, first.value.length, second.value.length]).toEqual(['Broom', 1, 1]);
  });

  test('throws what Graph refused, with its code', async () => {
    const client = Client.initWithMiddleware({ middleware: toLocal(await tokenFor(local, people.ana)) });

    const stale = client.api(`${items}/1/fields`).header('if-match', '"old,1"').patch({ Title: 'x' });

    await expect(stale).rejects.toMatchObject({ statusCode: 412, code: 'resourceModified' });
  });
});

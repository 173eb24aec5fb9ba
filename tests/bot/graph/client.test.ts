import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createGraphThrottle } from '../../../bot/graph/throttle.ts';
import { createGraph, type Caller, type Graph } from '../../../bot/graph/client.ts';
import { createEntraClient } from '../../../bot/graph/entra.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { tenant } from '../../../infra/local/directory.ts';
import { localOutside } from '../../../infra/local/product.ts';
import { startListsOverHttp, type ListsOverHttp } from '../../support/lists.ts';

let over: ListsOverHttp;
let site: string;
beforeEach(async () => {
  over = await startListsOverHttp();
  site = await over.findSite(over.team);
});
afterEach(() => over.stop());

/** Graph with a throttle of its own, and what went over the wire to it. */
function withThrottle(unitsAMinute: number): {
  readonly graphAs: (caller: Caller) => Graph;
  readonly sent: { method: string; path: string; at: number }[];
  readonly throttle: ReturnType<typeof createGraphThrottle>;
} {
  const { fetch, networkClient } = localOutside(over.microsoft365);
  const credential = { kind: 'secret', secret: tenant.appSecret } as const;
  const registration = { appId: tenant.appId, credential, tenantId: tenant.id };
  const sent: { method: string; path: string; at: number }[] = [];
  const throttle = createGraphThrottle({ unitsAMinute });
  const graphAs = createGraph({
    client: createEntraClient(registration, networkClient),
    people: createEntraClient(registration, networkClient),
    throttle,
    fetch: (input, init) => {
      sent.push({
        method: init?.method ?? 'GET',
        path: String(input).replace('https://graph.microsoft.com/v1.0', '').split('?')[0] ?? '',
        at: performance.now(),
      });
      return fetch(input, init);
    },
  });
  return { graphAs, sent, throttle };
}

describe('throttle', () => {
  test('a retry of the official client waits for its turn and is paid for like any call', async () => {
    const { graphAs, sent } = withThrottle(2);
    over.microsoft365.faults.add({ path: '/graph/v1.0/sites', status: 503, count: 2, retryAfter: 0 });

    const asked = graphAs('app').get(`/sites/${site}`);

    // Two tries cost what there is in a minute; the third would have to wait too long for somebody at a screen.
    await expect(asked).rejects.toMatchObject({ code: 'throttled', details: { retryAfter: expect.any(Number) } });
    expect(sent).toHaveLength(2);
  });

  test('Retry-After is waited for, by everybody who asks the same site', async () => {
    const { graphAs, sent } = withThrottle(10_000);
    over.microsoft365.faults.add({ path: '/graph/v1.0/sites', status: 429, count: 1, retryAfter: 1 });
    const first = graphAs('app').get(`/sites/${site}`);
    while (sent.length === 0) await new Promise(resolve => setTimeout(resolve, 5));
    await new Promise(resolve => setTimeout(resolve, 100));

    await Promise.all([first, graphAs('app').get(`/sites/${site}/lists`)]);

    const [refused, ...others] = sent.map(({ at }) => at);
    expect(others).toHaveLength(2);
    for (const at of others) expect(at - (refused ?? 0)).toBeGreaterThan(950);
  });

  test('a longer one is told to the person instead: how many seconds', async () => {
    const { graphAs, sent } = withThrottle(10_000);
    over.microsoft365.faults.add({ path: '/graph/v1.0/sites', status: 429, count: 1, retryAfter: 120 });

    await expect(graphAs('app').get(`/sites/${site}`)).rejects.toMatchObject({
      code: 'throttled',
      details: { retryAfter: 120 },
    });
    await expect(graphAs('app').get(`/sites/${site}`)).rejects.toMatchObject({
      code: 'throttled',
      details: { retryAfter: expect.any(Number) },
    });
    expect(sent).toHaveLength(1);
  });

  test('under SharePoint’s own limit, a storm of background work provokes no 429', async () => {
    const { graphAs, throttle } = withThrottle(100);
    const { throttle: enforced } = over.microsoft365.graph;
    enforced.enforced = true;
    enforced.limit = 120;
    await graphAs('app').get(`/sites/${site}`);

    const storm = throttle.inBackground(() =>
      Promise.allSettled(Array.from({ length: 100 }, () => graphAs('app').get(`/sites/${site}`))),
    );
    const spentThen = await untilStill(() => enforced.spent());
    const person = await graphAs('app').get<{ id: string }>(`/sites/${site}`);

    // Background work stops at four fifths, so that a person still gets an answer.
    expect(spentThen).toBeLessThanOrEqual(81);
    expect(person.id).toBe(site);
    storm.catch(() => undefined);
  });

  test('another server of ours spends from the same limit: what Microsoft 365 says of the rest is kept to', async () => {
    const [mine, others] = [withThrottle(10_000), withThrottle(10_000)];
    const { throttle } = over.microsoft365.graph;
    throttle.enforced = true;
    throttle.limit = 50;
    for (let index = 0; index < 45; index++) await others.graphAs('app').get(`/sites/${site}`);
    await mine.graphAs('app').get(`/sites/${site}`);
    const before = mine.sent.length;

    const background = mine.throttle.inBackground(() => mine.graphAs('app').get(`/sites/${site}`));
    background.catch(() => undefined);
    await mine.graphAs('app').get(`/sites/${site}`);

    expect(mine.sent).toHaveLength(before + 1);
  });
});

describe('several things at once', () => {
  test('twenty come with one call, in the order asked for', async () => {
    await over.provision(over.team);
    const { graphAs, sent } = withThrottle(10_000);
    const paths = Array.from(
      { length: 21 },
      (_, index) => `/sites/${site}/lists/${index % 2 ? 'CoP%20Charter' : 'CoP%20Plan'}`,
    );

    const found = await graphAs('app').getAll<{ displayName: string }>(paths);

    expect(found.map(list => (list instanceof CommunityError ? list.code : list.displayName))).toEqual(
      paths.map((_, index) => (index % 2 ? 'CoP Charter' : 'CoP Plan')),
    );
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /$batch', 'POST /$batch']);
  });

  test('what is not there, or may not be read, says so in its place', async () => {
    const { graphAs } = withThrottle(10_000);

    const found = await graphAs('app').getAll([
      `/sites/${site}`,
      `/sites/${site}/lists/Nothing`,
      `/sites/${site}/permissions`,
    ]);

    expect(found.map(one => (one instanceof CommunityError ? one.code : 'found'))).toEqual([
      'found',
      'not-found',
      'not-granted',
    ]);
  });

  test('one of them that had no luck is asked again by itself', async () => {
    await over.provision(over.team);
    const { graphAs, sent } = withThrottle(10_000);
    over.microsoft365.faults.add({ path: '/lists/CoP Plan', status: 429, count: 1, retryAfter: 1 });

    const found = await graphAs('app').getAll<{ displayName: string }>([
      `/sites/${site}/lists/CoP%20Charter`,
      `/sites/${site}/lists/CoP%20Plan`,
    ]);

    expect(found.map(list => (list instanceof CommunityError ? list.code : list.displayName))).toEqual([
      'CoP Charter',
      'CoP Plan',
    ]);
    expect(sent.map(({ path }) => path)).toEqual(['/$batch', `/sites/${site}/lists/CoP%20Plan`]);
    expect((sent[1]?.at ?? 0) - (sent[0]?.at ?? 0)).toBeGreaterThan(950);
  });
});

async function untilStill(read: () => number): Promise<number> {
  for (let before = -1; ; ) {
    const now = read();
    if (now === before) return now;
    before = now;
    await new Promise(resolve => setTimeout(resolve, 300));
  }
}

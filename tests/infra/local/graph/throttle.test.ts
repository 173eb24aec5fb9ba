import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createThrottle } from '../../../../infra/local/graph/throttle.ts';
import { appToken, asker, gardeners, gardenersSite, openTenant, type Ask, type OpenTenant } from '../tenant.ts';

test.each([
  { method: 'GET', url: '/sites/s', units: 1, reason: 'one thing' },
  { method: 'GET', url: '/groups/g/sites/root', units: 1, reason: 'a site, by its group' },
  { method: 'GET', url: '/sites/s/lists/l/items?$expand=fields', units: 2, reason: 'many things' },
  { method: 'GET', url: '/sites/s/lists/l/items/delta', units: 2, reason: 'everything there is' },
  { method: 'GET', url: "/sites/s/lists/l/items/delta(token='7')", units: 1, reason: 'only what changed' },
  { method: 'PATCH', url: '/sites/s/lists/l/items/1/fields', units: 2, reason: 'a change' },
  { method: 'GET', url: '/sites/s/permissions', units: 5, reason: 'permissions' },
  { method: 'GET', url: '/teams/t/members', units: 0, reason: 'not SharePoint’s' },
])('$method $url costs $units: $reason', ({ method, url, units }) => {
  const throttle = createThrottle();

  throttle.admit({ method, url });

  expect(throttle.spent()).toBe(units);
});

test('what was spent is forgotten when the minute is over', () => {
  let now = 1_000_000;
  const throttle = createThrottle(() => now);
  throttle.admit({ method: 'GET', url: '/sites/s' });

  now += 60_000;

  expect(throttle.spent()).toBe(0);
});

describe('over HTTP', () => {
  let local: OpenTenant;
  let app: Ask;
  let site: string;
  beforeAll(async () => {
    local = await openTenant();
    local.graph.grantSite(gardeners.id, 'fullcontrol');
    app = asker(local, await appToken(local));
    site = (await app('GET', gardenersSite)).body.id;
  });
  afterAll(() => local.close());
  beforeEach(() => {
    local.graph.throttle.enforced = true;
    local.graph.throttle.limit = local.graph.throttle.spent() + 10;
  });

  test('from four fifths of the limit on it says what is left, and above it refuses', async () => {
    const { throttle } = local.graph;
    throttle.limit = 10;
    while (throttle.spent() < 7) await app('GET', `/sites/${site}`);

    const warned = await app('GET', `/sites/${site}`);
    while (throttle.spent() < 10) await app('GET', `/sites/${site}`);
    const refused = await app('GET', `/sites/${site}`);

    expect(rest(warned.headers)).toEqual({ limit: '10', remaining: '2' });
    expect([refused.status, refused.body.error.code, rest(refused.headers)]).toEqual([
      429,
      'activityLimitReached',
      { limit: '10', remaining: '0' },
    ]);
    expect(refused.headers.get('retry-after')).toBe(refused.headers.get('ratelimit-reset'));
  });

  test('each step of a batch is counted and refused by itself', async () => {
    const { throttle } = local.graph;
    throttle.limit = throttle.spent() + 2;

    const { status, body } = await app('POST', '/$batch', {
      requests: ['1', '2', '3'].map(id => ({ id, method: 'GET', url: `/sites/${site}` })),
    });

    expect([status, body.responses.map(step => step.status)]).toEqual([200, [200, 200, 429]]);
    expect(body.responses[2]?.headers['retry-after']).toMatch(/^\d+$/);
  });

  test('Teams’ own calls go on', async () => {
    const { throttle } = local.graph;
    throttle.limit = 1;
    local.graph.setTeamConsent(gardeners.id, ['TeamMember.Read.Group']);

    const { status, headers } = await app('GET', `/teams/${gardeners.id}/members`);

    expect([status, headers.get('ratelimit-limit')]).toEqual([200, null]);
  });

  test('without enforcement nothing is refused, as on a desk where nobody asked for it', async () => {
    const { throttle } = local.graph;
    throttle.enforced = false;
    throttle.limit = 1;

    const { status, headers } = await app('GET', `/sites/${site}`);

    expect([status, headers.get('ratelimit-remaining')]).toEqual([200, null]);
  });
});

function rest(headers: Headers): object {
  return { limit: headers.get('ratelimit-limit'), remaining: headers.get('ratelimit-remaining') };
}

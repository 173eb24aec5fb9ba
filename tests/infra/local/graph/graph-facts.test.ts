import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { fact } from '../fact.ts';
import {
  appToken,
  asker,
  brewers,
  gardeners,
  gardenersSite,
  openTenant,
  people,
  tokenFor,
  type Ask,
  type OpenTenant,
} from '../tenant.ts';

let local: OpenTenant;
let site: string;
let app: Ask;
beforeAll(async () => {
  local = await openTenant();
  local.graph.grantSite(gardeners.id, 'fullcontrol');
  app = asker(local, await appToken(local));
  site = `/sites/${(await app('GET', gardenersSite)).body.id}`;
  await app('POST', `${site}/lists`, { displayName: 'Tools', columns: [{ name: 'key', text: {}, indexed: true }] });
  await app('POST', `${site}/lists/Tools/items`, { fields: { key: 'spade' } });
});
afterAll(() => local.close());
beforeEach(() => {
  local.graph.grantSite(gardeners.id, 'fullcontrol');
  local.graph.setTeamConsent(gardeners.id, []);
  local.graph.oddities.setRoster(gardeners.id, null);
  local.entra.consent.setApplication(['Sites.Selected']);
  local.entra.consent.setDelegated(['User.Read', 'Sites.ReadWrite.All']);
  local.graph.throttle.enforced = false;
});

type Call = readonly [method: string, path: string, body?: unknown];

async function asApp(roles: readonly string[], ...[method, path, body]: Call): Promise<number> {
  local.entra.consent.setApplication(roles);
  return (await asker(local, await appToken(local))(method, path, body)).status;
}
async function asPerson(scopes: readonly string[], ...[method, path, body]: Call): Promise<number> {
  local.entra.consent.setDelegated(scopes);
  return (await asker(local, await tokenFor(local, people.ana))(method, path, body)).status;
}
const readItems = (): Call => ['GET', `${site}/lists/Tools/items`];
const addItem = (): Call => ['POST', `${site}/lists/Tools/items`, { fields: { key: 'rake' } }];
const addList = (): Call => ['POST', `${site}/lists`, { displayName: `List ${Math.random()}` }];
const addColumn = (): Call => ['POST', `${site}/lists/Tools/columns`, { name: `c${Date.now()}`, text: {} }];
const members = (id = gardeners.id): Call => ['GET', `/teams/${id}/members`];

fact('graph/401-without-token', async () => {
  const { status, body } = await asker(local, null)('GET', site);

  expect([status, body.error.code]).toEqual([401, 'InvalidAuthenticationToken']);
});

fact('graph/error-body', async () => {
  const { body } = await app('GET', `${site}/lists/none`, undefined, { 'client-request-id': 'mine' });

  expect(body).toEqual({
    error: {
      code: 'itemNotFound',
      message: expect.any(String),
      innerError: {
        date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
        'request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
        'client-request-id': 'mine',
      },
    },
  });
});

fact('graph/request-ids', async () => {
  const { headers } = await app('GET', site, undefined, { 'client-request-id': 'mine' });

  expect([headers.get('request-id'), headers.get('client-request-id')]).toEqual([
    expect.stringMatching(/^[0-9a-f-]{36}$/),
    'mine',
  ]);
});

fact('graph/token-for-graph-only', async () => {
  const token = await appToken(local, 'https://api.botframework.com/.default');

  expect((await asker(local, token)('GET', site)).status).toBe(401);
});

fact('graph/selected-opens-nothing-by-itself', async () => {
  local.graph.grantSite(gardeners.id, null);

  expect([await asApp(['Sites.Selected'], 'GET', site), await asApp(['Sites.Selected'], ...readItems())]).toEqual([
    403, 403,
  ]);
});

fact('graph/selected-one-site', async () => {
  expect(await asApp(['Sites.Selected'], 'GET', `/sites/cedarvalley.sharepoint.example:${brewers.sitePath}`)).toBe(403);
});

fact('graph/selected-read-reads', async () => {
  local.graph.grantSite(gardeners.id, 'read');

  expect([await asApp(['Sites.Selected'], ...readItems()), await asApp(['Sites.Selected'], ...addItem())]).toEqual([
    200, 403,
  ]);
});

fact('graph/selected-write-makes-no-list', async () => {
  local.graph.grantSite(gardeners.id, 'write');

  expect([await asApp(['Sites.Selected'], ...addItem()), await asApp(['Sites.Selected'], ...addList())]).toEqual([
    201, 403,
  ]);
});

fact('graph/grant-needs-full-control', async () => {
  const grant: Call = [
    'POST',
    `${site}/permissions`,
    { roles: ['write'], grantedToIdentities: [{ application: { id: 'x', displayName: 'X' } }] },
  ];

  expect([await asApp(['Sites.Selected'], ...grant), await asApp(['Sites.FullControl.All'], ...grant)]).toEqual([
    403, 201,
  ]);
});

fact('graph/grant-by-administrator', async () => {
  const grant: Call = [
    'POST',
    `${gardenersSite}:/permissions`,
    { roles: ['write'], grantedToIdentities: [{ application: { id: 'x', displayName: 'X' } }] },
  ];
  const asOwner = () => asPerson(['Sites.FullControl.All'], ...grant);

  const without = await asOwner();
  local.entra.consent.setAdministrators([people.ana.id]);
  const withRole = await asOwner();
  const withLess = await asPerson(['Sites.ReadWrite.All'], ...grant);
  local.entra.consent.setAdministrators([]);

  expect([without, withRole, withLess]).toEqual([403, 201, 403]);
});

fact('graph/role-change-needs-full-control', async () => {
  local.graph.grantSite(gardeners.id, 'fullcontrol');
  local.entra.consent.setApplication(['Sites.FullControl.All']);
  const administrator = asker(local, await appToken(local));
  const { body } = await administrator('GET', `${site}/permissions`);
  const grant = body.value.find(({ roles }) => JSON.stringify(roles) === '["fullcontrol"]');
  const lower: Call = ['PATCH', `${site}/permissions/${grant?.id}`, { roles: ['write'] }];

  expect([await asApp(['Sites.Selected'], ...lower), await asApp(['Sites.FullControl.All'], ...lower)]).toEqual([
    403, 200,
  ]);
  expect(await asApp(['Sites.Selected'], ...addList())).toBe(403);
});

fact('graph/create-list-needs-manage', async () => {
  expect([
    await asPerson(['Sites.ReadWrite.All'], ...addList()),
    await asPerson(['Sites.Manage.All'], ...addList()),
  ]).toEqual([403, 201]);
});

fact('graph/create-column-needs-manage', async () => {
  expect([
    await asApp(['Sites.ReadWrite.All'], ...addColumn()),
    await asPerson(['Sites.ReadWrite.All'], ...addColumn()),
    await asApp(['Sites.Manage.All'], ...addColumn()),
  ]).toEqual([403, 403, 201]);
});

fact('graph/read-permission-writes-nothing', async () => {
  expect([await asApp(['Sites.Read.All'], ...readItems()), await asApp(['Sites.Read.All'], ...addItem())]).toEqual([
    200, 403,
  ]);
});

fact('graph/delegated-no-more-than-person', async () => {
  const stranger = asker(local, await tokenFor(local, people.carla));

  expect((await stranger(...readItems())).status).toBe(403);
});

fact('graph/rsc-members', async () => {
  local.graph.setTeamConsent(gardeners.id, ['TeamMember.Read.Group']);

  expect([await asApp([], ...members()), await asApp([], ...members(brewers.id))]).toEqual([200, 403]);
});

fact('graph/rsc-gone-with-the-app', async () => {
  local.graph.setTeamConsent(gardeners.id, ['TeamMember.Read.Group']);
  local.graph.setTeamConsent(gardeners.id, []);

  expect(await asApp([], ...members())).toBe(403);
});

fact('graph/rsc-application-only', async () => {
  local.graph.setTeamConsent(gardeners.id, ['TeamMember.Read.Group']);

  expect(await asPerson(['User.Read'], ...members())).toBe(403);
});

fact('graph/me-is-delegated', async () => {
  expect([await asApp(['User.Read.All'], 'GET', '/me'), await asPerson(['User.Read'], 'GET', '/me')]).toEqual([
    400, 200,
  ]);
});

fact('graph/user-read-is-oneself', async () => {
  expect([
    await asPerson(['User.Read'], 'GET', `/users/${people.ana.id}`),
    await asPerson(['User.Read'], 'GET', `/users/${people.ben.id}`),
  ]).toEqual([200, 403]);
});

fact('graph/404-object', async () => {
  local.entra.consent.setApplication(['GroupMember.Read.All']);
  const ask = asker(local, await appToken(local));

  const { status, body } = await ask('GET', '/groups/99999999-0000-4000-8000-000000000000/members');

  expect([status, body.error.code]).toEqual([404, 'Request_ResourceNotFound']);
});

const step = (id: string, more: object = {}) => ({ id, method: 'GET', url: site, ...more });

fact('graph/batch-at-most-twenty', async () => {
  const requests = (count: number) => Array.from({ length: count }, (_, at) => step(String(at)));

  const [twenty, more] = [
    await app('POST', '/$batch', { requests: requests(20) }),
    await app('POST', '/$batch', { requests: requests(21) }),
  ];

  expect([twenty.status, more.status]).toEqual([200, 400]);
});

fact('graph/batch-ids-unique', async () => {
  expect((await app('POST', '/$batch', { requests: [step('a'), step('A')] })).status).toBe(400);
});

fact('graph/batch-content-type', async () => {
  const post = { id: '1', method: 'POST', url: `${site}/lists/Tools/items`, body: { fields: {} } };
  const headers = { 'Content-Type': 'application/json' };

  const [without, with_] = [
    await app('POST', '/$batch', { requests: [post] }),
    await app('POST', '/$batch', { requests: [{ ...post, headers }] }),
  ];

  expect([without.status, with_.body.responses[0]?.status]).toEqual([400, 201]);
});

fact('graph/batch-status-of-each', async () => {
  const { status, body } = await app('POST', '/$batch', {
    requests: [step('1'), step('2', { url: `${site}/lists/none` })],
  });

  expect([status, body.responses.map(one => one.status)]).toEqual([200, [200, 404]]);
});

fact('graph/batch-failed-dependency', async () => {
  const { body } = await app('POST', '/$batch', {
    requests: [step('1', { url: `${site}/lists/none` }), step('2', { dependsOn: ['1'] })],
  });

  expect(body.responses.map(one => one.status)).toEqual([404, 424]);
});

fact('graph/batch-throttled-singly', async () => {
  local.graph.throttle.enforced = true;
  local.graph.throttle.limit = local.graph.throttle.spent() + 1;

  const { status, body } = await app('POST', '/$batch', { requests: [step('1'), step('2'), step('3')] });

  expect([status, body.responses.some(one => one.status === 429)]).toEqual([200, true]);
});

fact('graph/429-retry-after', async () => {
  local.graph.throttle.enforced = true;
  local.graph.throttle.limit = 0;

  const { status, headers, body } = await app('GET', site);

  expect([status, body.error.code]).toEqual([429, 'activityLimitReached']);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
});

fact('graph/rate-limit-headers', async () => {
  local.graph.throttle.enforced = true;
  const spent = local.graph.throttle.spent();
  local.graph.throttle.limit = (spent + 10) * 10;
  const calm = await app('GET', site);
  local.graph.throttle.limit = spent + 4;

  const warned = await app('GET', site);

  expect([calm.headers.has('ratelimit-remaining'), warned.headers.has('ratelimit-remaining')]).toEqual([false, true]);
});

async function crowded(count: number): Promise<Ask> {
  for (let at = 0; at < count; at++) {
    const id = `00000000-0000-4000-9000-${String(at).padStart(12, '0')}`;
    local.directory.putUser({ ...people.ben, id, mail: `person${at}@cedarvalley.example` });
    local.directory.addMember(brewers.id, id);
  }
  local.entra.consent.setApplication(['TeamMember.Read.All']);
  return asker(local, await appToken(local));
}

fact('graph/members-pages', async () => {
  const ask = await crowded(1100);

  const first = await ask('GET', `/teams/${brewers.id}/members?$top=5000`);
  const second = await ask('GET', first.body['@odata.nextLink'] ?? '');

  expect([first.body.value.length, second.body.value.length, second.body['@odata.nextLink']]).toEqual([
    999,
    102,
    undefined,
  ]);
});

fact('graph/members-default-page', async () => {
  const ask = await crowded(110);

  expect((await ask('GET', `/teams/${brewers.id}/members`)).body.value).toHaveLength(100);
});

async function membersSeen() {
  local.graph.setTeamConsent(gardeners.id, ['TeamMember.Read.Group']);
  return app(...members());
}

fact('graph/owner-role', async () => {
  const { body } = await membersSeen();

  expect(body.value.map(one => [one['displayName'], one['roles']])).toEqual([
    ['Ana Silva', ['owner']],
    ['Ben Okoro', []],
  ]);
});

fact('graph/guest-without-name', async () => {
  local.graph.oddities.setRoster(gardeners.id, 'nameless');

  const { body } = await membersSeen();

  expect(body.value.slice(0, 2).map(one => [one['displayName'], one['userId']])).toEqual([
    [null, expect.any(String)],
    [null, null],
  ]);
});

fact('graph/members-refused-for-one-team', async () => {
  const statuses: number[] = [];
  for (const refusal of [400, 403, 500] as const) {
    local.graph.oddities.setRoster(gardeners.id, refusal);
    statuses.push((await membersSeen()).status);
  }
  local.graph.setTeamConsent(brewers.id, ['TeamMember.Read.Group']);

  expect([...statuses, (await app(...members(brewers.id))).status]).toEqual([400, 403, 500, 200]);
});

fact('graph/next-link-repeats', async () => {
  local.graph.oddities.setRoster(gardeners.id, 'repeats');
  const first = await membersSeen();

  const next = await app('GET', first.body['@odata.nextLink'] ?? '');

  expect(next.body).toEqual(first.body);
});

fact('graph/next-link-breaks', async () => {
  local.graph.oddities.setRoster(gardeners.id, 'breaks');
  const first = await membersSeen();

  const { status, body } = await app('GET', first.body['@odata.nextLink'] ?? '');

  expect([status, body.error.code]).toEqual([404, 'NotFound']);
});

fact('graph/skip-token-opaque', async () => {
  expect((await app('GET', `${site}/lists/Tools/items?$skiptoken=mine`)).status).toBe(400);
});

fact('graph/top-must-be-positive', async () => {
  const statuses = await Promise.all(
    ['0', '-1', 'many'].map(async top => (await app('GET', `${site}/lists/Tools/items?$top=${top}`)).status),
  );

  expect(statuses).toEqual([400, 400, 400]);
});

fact('graph/expand-unknown', async () => {
  expect((await app('GET', `${site}/lists/Tools/items?$expand=colour`)).status).toBe(400);
});

fact('graph/files-folder-404', async () => {
  const ana = asker(local, await tokenFor(local, people.ana));

  const { status } = await ana('GET', `/teams/${gardeners.id}/channels/19%3Aunopened/filesFolder`);

  expect(status).toBe(404);
});

fact('graph/upload-is-a-version', async () => {
  const token = await tokenFor(local, people.ana);
  const ana = asker(local, token);
  const channel = encodeURIComponent(gardeners.threadId);
  const { body: folder } = await ana('GET', `/teams/${gardeners.id}/channels/${channel}/filesFolder`);
  const { driveId } = folder['parentReference'] as { driveId: string };
  async function put(content: string) {
    const response = await fetch(
      `${local.url()}/graph/v1.0/drives/${driveId}/items/${folder.id}:/plan.pdf:/content?@microsoft.graph.conflictBehavior=replace`,
      {
        method: 'PUT',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/pdf' },
        body: content,
      },
    );
    return { status: response.status, id: ((await response.json()) as { id: string }).id };
  }

  const [first, second] = [await put('one'), await put('two')];

  expect([first.status, second]).toEqual([201, { status: 200, id: first.id }]);
});

fact('graph/501-not-implemented', async () => {
  const calls: readonly Call[] = [
    ['GET', '/nothing/here'],
    ['POST', '/me'],
    ['GET', `${site}/lists/Tools/items?$count=true`],
    ['GET', `${site}/lists?$orderby=displayName`],
    ['POST', `${site}/lists`, { displayName: 'Other', contentTypes: [] }],
    ['POST', `${site}/lists/Tools/columns`, { name: 'other', text: {}, defaultValue: { value: 'x' } }],
    ['POST', `${site}/lists/Tools/items`, { fields: {}, contentType: { id: 'x' } }],
    ['PATCH', `${site}/lists/Tools`, { list: { hidden: true } }],
  ];

  const answers = await Promise.all(calls.map(call => app(...call)));

  expect(answers.map(({ status, body }) => [status, body.error.code])).toEqual(
    calls.map(() => [501, 'notImplemented']),
  );
});

fact('graph/413-too-large', async () => {
  const { status } = await app('POST', `${site}/lists/Tools/items`, { fields: { key: 'x'.repeat(3_000_000) } });

  expect(status).toBe(413);
});

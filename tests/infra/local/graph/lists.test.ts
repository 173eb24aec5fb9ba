import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  appToken,
  asker,
  gardeners,
  gardenersSite,
  openTenant,
  people,
  tokenFor,
  type Ask,
  type OpenTenant,
} from '../tenant.ts';

let local: OpenTenant;
let app: Ask;
let site: string;
let title: string;
let made = 0;
beforeAll(async () => {
  local = await openTenant();
  local.graph.grantSite(gardeners.id, 'fullcontrol');
  app = asker(local, await appToken(local));
  site = (await app('GET', gardenersSite)).body.id;
});
afterAll(() => local.close());
beforeEach(() => {
  title = `Tools ${(made += 1)}`;
});

const key = { name: 'key', text: {}, indexed: true, enforceUniqueValues: true };

function make(columns: readonly object[] = [key]) {
  return app('POST', `/sites/${site}/lists`, { displayName: title, columns, list: { template: 'genericList' } });
}

describe('a team’s site', () => {
  test('is the same by group, by id and by path', async () => {
    const ana = asker(local, await tokenFor(local, people.ana));
    const byGroup = (await ana('GET', `/groups/${gardeners.id}/sites/root`)).body;

    const others = await Promise.all(
      [`/sites/${site}`, `/sites/${encodeURIComponent(site)}`, gardenersSite].map(
        async path => (await app('GET', path)).body,
      ),
    );

    expect(others).toEqual([byGroup, byGroup, byGroup]);
    expect(byGroup).toMatchObject({
      id: expect.stringMatching(/^cedarvalley\.sharepoint\.example,[0-9a-f-]{36},[0-9a-f-]{36}$/),
      displayName: 'Gardeners',
      webUrl: 'https://cedarvalley.sharepoint.example/sites/gardeners',
    });
  });
});

describe('a list', () => {
  test('is made with its columns and has a Title besides', async () => {
    const { status, body } = await make([key, { name: 'note', text: { allowMultipleLines: true } }]);

    const columns = (await app('GET', `/sites/${site}/lists/${body.id}/columns`)).body.value;
    expect([status, body['displayName'], body['list']]).toEqual([
      201,
      title,
      { contentTypesEnabled: false, hidden: false, template: 'genericList' },
    ]);
    expect(columns.map(({ name, indexed, enforceUniqueValues }) => [name, indexed, enforceUniqueValues])).toEqual([
      ['Title', false, false],
      ['key', true, true],
      ['note', false, false],
    ]);
  });

  test('is found by its id, by its title and by a path to its site', async () => {
    const { body } = await make();
    const encoded = encodeURIComponent(title);

    const found = await Promise.all(
      [
        `/sites/${site}/lists/${body.id}`,
        `/sites/${site}/lists/${encoded}`,
        `/sites/cedarvalley.sharepoint.example:/sites/gardeners:/lists/${encoded}`,
      ].map(path => app('GET', path)),
    );

    expect(found.map(answer => [answer.status, answer.body.id])).toEqual([
      [200, body.id],
      [200, body.id],
      [200, body.id],
    ]);
  });

  test('comes with columns and items when asked', async () => {
    const { body } = await make();
    await app('POST', `/sites/${site}/lists/${body.id}/items`, { fields: { key: 'spade' } });

    const list = (
      await app(
        'GET',
        `/sites/${site}/lists/${body.id}?$select=displayName&$expand=columns,items($expand=fields($select=key))`,
      )
    ).body;

    expect(list).toEqual({
      '@odata.context': expect.any(String),
      '@odata.etag': expect.any(String),
      displayName: title,
      columns: [expect.objectContaining({ name: 'Title' }), expect.objectContaining({ name: 'key' })],
      items: [expect.objectContaining({ id: '1', fields: { '@odata.etag': expect.any(String), key: 'spade' } })],
    });
  });

  test('is among all lists, and can be asked for by name', async () => {
    const { body } = await make();

    const all = (await app('GET', `/sites/${site}/lists`)).body.value;
    const named = (await app('GET', `/sites/${site}/lists?$filter=displayName eq '${title}'&$select=id`)).body.value;

    expect(all.map(({ id }) => id)).toContain(body.id);
    expect(named).toEqual([{ '@odata.etag': expect.any(String), id: body.id }]);
  });

  test('is not made twice under one name', async () => {
    await make();

    const { status, body } = await make();

    expect([status, body.error.code]).toEqual([409, 'nameAlreadyExists']);
  });

  test.each<[object, number, string]>([
    [{}, 400, 'it has no name'],
    [{ displayName: 'x', list: { template: 'documentLibrary' } }, 501, 'libraries are not kept here'],
    [{ displayName: 'x', columns: [{ name: 'a' }] }, 400, 'a column says no kind'],
    [
      {
        displayName: 'x',
        columns: [
          { name: 'a', text: {} },
          { name: 'A', text: {} },
        ],
      },
      409,
      'two columns have one name',
    ],
  ])('%j is refused with %d, because %s, and nothing is left of it', async (body, expected) => {
    const before = (await app('GET', `/sites/${site}/lists`)).body.value.length;

    const { status } = await app('POST', `/sites/${site}/lists`, body);

    expect([status, (await app('GET', `/sites/${site}/lists`)).body.value.length]).toEqual([expected, before]);
  });

  test('that is not there is not found', async () => {
    const { status, body } = await app('GET', `/sites/${site}/lists/Nothing/items`);

    expect([status, body.error.code]).toEqual([404, 'itemNotFound']);
  });
});

describe('a column', () => {
  test('is added, changed and taken away, with what items had in it', async () => {
    const columns = `/sites/${site}/lists/${(await make()).body.id}/columns`;
    const items = columns.replace('/columns', '/items');

    const added = await app('POST', columns, { name: 'week', text: {} });
    await app('POST', items, { fields: { key: 'spade', week: '47' } });
    const changed = await app('PATCH', `${columns}/${added.body.id}`, { indexed: true });
    const found = await app('GET', `${items}?$expand=fields($select=key,week)&$filter=fields/week eq '47'`);
    const removed = await app('DELETE', `${columns}/week`);
    const left = await app('GET', `${items}?$expand=fields($select=key,week)`);

    expect([added.status, changed.status, changed.body['indexed'], removed.status]).toEqual([201, 200, true, 204]);
    expect([found.body.value[0]?.fields, left.body.value[0]?.fields]).toEqual([
      { '@odata.etag': expect.any(String), key: 'spade', week: '47' },
      { '@odata.etag': expect.any(String), key: 'spade' },
    ]);
  });

  test('cannot become unique when two items share a value', async () => {
    const list = `/sites/${site}/lists/${(await make([{ name: 'week', text: {} }])).body.id}`;
    for (const week of ['47', '47']) await app('POST', `${list}/items`, { fields: { week } });

    const { status } = await app('PATCH', `${list}/columns/week`, { indexed: true, enforceUniqueValues: true });

    expect(status).toBe(400);
  });

  test('Title stays', async () => {
    const { status } = await app('DELETE', `/sites/${site}/lists/${(await make()).body.id}/columns/Title`);

    expect(status).toBe(400);
  });
});

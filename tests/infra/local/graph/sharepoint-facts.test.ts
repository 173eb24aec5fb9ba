import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { listViewThreshold } from '../../../../infra/local/graph/items.ts';
import { fact } from '../fact.ts';
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
let ana: Ask;
let site: string;
let list: string;
let items: string;
let made = 0;
beforeAll(async () => {
  local = await openTenant();
  local.graph.grantSite(gardeners.id, 'fullcontrol');
  app = asker(local, await appToken(local));
  ana = asker(local, await tokenFor(local, people.ana));
  site = `/sites/${(await app('GET', gardenersSite)).body.id}`;
});
afterAll(() => local.close());

const columns = [
  { name: 'key', text: {}, indexed: true, enforceUniqueValues: true },
  { name: 'count', number: {}, indexed: true },
  { name: 'note', text: { allowMultipleLines: true, textType: 'plain' } },
  { name: 'place', text: {} },
  { name: 'state', choice: { choices: ['open', 'done'], displayAs: 'dropDownMenu' } },
  { name: 'day', dateTime: { format: 'dateOnly' } },
];
beforeEach(async () => {
  local.graph.oddities.setSiteState(gardeners.id, 'open');
  local.faults.latencyMs = 0;
  ({ list, items } = await newList());
});

async function newList(title = `Tools ${(made += 1)}`, wanted: readonly object[] = columns) {
  const { body } = await app('POST', `${site}/lists`, { displayName: title, columns: wanted });
  const path = `${site}/lists/${body.id}`;
  return { title, list: path, items: `${path}/items` };
}
async function add(fields: object): Promise<readonly [status: number, code: string | undefined]> {
  const { status, body } = await app('POST', items, { fields });
  return [status, status < 400 ? undefined : body.error.code];
}
async function addColumn(definition: object): Promise<number> {
  return (await app('POST', `${list}/columns`, definition)).status;
}
async function columnNames(path = list): Promise<readonly unknown[]> {
  return (await app('GET', `${path}/columns`)).body.value.map(({ name }) => name);
}
const note = (query = ''): Promise<unknown> => app('GET', `${items}/1/fields${query}`).then(({ body }) => body['note']);

fact('sharepoint/site-by-group', async () => {
  const { body } = await ana('GET', `/groups/${gardeners.id}/sites/root`);

  expect(body.id).toMatch(/^[a-z.]+,[0-9a-f-]{36},[0-9a-f-]{36}$/);
  expect(`/sites/${body.id}`).toBe(site);
});

fact('sharepoint/site-by-group-not-selected', async () => {
  expect((await app('GET', `/groups/${gardeners.id}/sites/root`)).status).toBe(403);
});

fact('sharepoint/site-by-path', async () => {
  const [byPath, byId] = [
    await app('GET', `/sites/cedarvalley.sharepoint.example:${gardeners.sitePath}`),
    await app('GET', site),
  ];

  expect([byPath.status, byPath.body]).toEqual([200, byId.body]);
});

fact('sharepoint/list-is-generic', async () => {
  expect(await columnNames()).toEqual(['Title', ...columns.map(({ name }) => name)]);
});

fact('sharepoint/list-by-title', async () => {
  const { title, list: byId } = await newList();

  const [one, other] = [await app('GET', byId), await app('GET', `${site}/lists/${encodeURIComponent(title)}`)];

  expect(one.body.id).toBe(other.body.id);
});

fact('sharepoint/list-renamed-is-gone-by-title', async () => {
  const { title, list: byId } = await newList();

  const renamed = await app('PATCH', byId, { displayName: `${title} renamed` });
  const [byOld, byNew, still] = [
    await app('GET', `${site}/lists/${encodeURIComponent(title)}/items`),
    await app('GET', `${site}/lists/${encodeURIComponent(`${title} renamed`)}/items`),
    await app('GET', `${byId}/items`),
  ];

  expect([renamed.status, byOld.status, byOld.body.error.code, byNew.status, still.status]).toEqual([
    200,
    404,
    'itemNotFound',
    200,
    200,
  ]);
});

fact('sharepoint/list-address-stays', async () => {
  const { title, list: byId } = await newList();
  const { body: before } = await app('GET', byId);

  local.graph.byHand.renameList(gardeners.id, title, `${title} umbenannt`);

  const { body: after } = await app('GET', byId);
  expect([after['displayName'], after['name'], after['webUrl']]).toEqual([
    `${title} umbenannt`,
    title,
    before['webUrl'],
  ]);
});

fact('sharepoint/list-name-taken', async () => {
  const { title } = await newList();

  const { status, body } = await app('POST', `${site}/lists`, { displayName: title.toUpperCase() });

  expect([status, body.error.code]).toEqual([409, 'nameAlreadyExists']);
});

fact('sharepoint/list-columns-lost', async () => {
  local.graph.oddities.loseColumns(2);

  const { list: lacking } = await newList();
  const { list: whole } = await newList();

  expect([(await columnNames(lacking)).length, (await columnNames(whole)).length]).toEqual([5, 7]);
});

fact('sharepoint/column-facet', async () => {
  expect([await addColumn({ name: 'none' }), await addColumn({ name: 'two', text: {}, number: {} })]).toEqual([
    400, 400,
  ]);
});

fact('sharepoint/column-single-line-255', async () => {
  expect([await add({ place: 'x'.repeat(255) }), await add({ place: 'x'.repeat(256) })]).toEqual([
    [201, undefined],
    [400, 'invalidRequest'],
  ]);
});

fact('sharepoint/column-note-63999', async () => {
  expect([await add({ note: 'x'.repeat(63_999) }), await add({ note: 'x'.repeat(64_000) })]).toEqual([
    [201, undefined],
    [400, 'invalidRequest'],
  ]);
});

fact('sharepoint/column-note-no-index', async () => {
  expect(await addColumn({ name: 'long', text: { allowMultipleLines: true }, indexed: true })).toBe(400);
});

fact('sharepoint/column-unique-needs-index', async () => {
  expect(await addColumn({ name: 'once', text: {}, enforceUniqueValues: true })).toBe(400);
});

fact('sharepoint/column-unique-refuses', async () => {
  await add({ key: 'spade' });

  const { status, body } = await app('POST', items, { fields: { key: 'Spade' } });

  expect([status, body.error.message]).toEqual([
    400,
    'One or more fields with unique constraints already has the provided value.',
  ]);
});

fact('sharepoint/column-unique-off', async () => {
  await add({ key: 'spade' });
  const id = list.split('/').at(-1) ?? '';

  local.graph.byHand.changeColumn(gardeners.id, id, 'key', { enforceUniqueValues: false });

  expect(await add({ key: 'spade' })).toEqual([201, undefined]);
});

fact('sharepoint/column-unique-on-doubles', async () => {
  await app('PATCH', `${list}/columns/key`, { enforceUniqueValues: false });
  await add({ key: 'spade' });
  await add({ key: 'spade' });

  expect((await app('PATCH', `${list}/columns/key`, { enforceUniqueValues: true })).status).toBe(400);
});

fact('sharepoint/column-kind-stays', async () => {
  expect((await app('PATCH', `${list}/columns/place`, { number: {} })).status).toBe(400);
});

fact('sharepoint/column-choice', async () => {
  expect([await add({ state: 'done' }), await add({ state: 'lost' })]).toEqual([
    [201, undefined],
    [400, 'invalidRequest'],
  ]);
});

fact('sharepoint/column-date-only', async () => {
  await add({ day: '2026-12-01T14:30:00Z' });

  expect((await app('GET', `${items}/1/fields`)).body['day']).toBe('2026-12-01T00:00:00Z');
});

fact('sharepoint/column-twenty-indexes', async () => {
  const indexed = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ name: `c${at}`, text: {}, indexed: true }));

  const twenty = await app('POST', `${site}/lists`, { displayName: `Twenty ${made}`, columns: indexed(20) });
  const more = await app('POST', `${site}/lists`, { displayName: `More ${made}`, columns: indexed(21) });

  expect([twenty.status, more.status]).toEqual([201, 400]);
});

fact('sharepoint/column-required-not-enforced', async () => {
  await addColumn({ name: 'must', text: {}, required: true });

  expect(await add({ key: 'spade' })).toEqual([201, undefined]);
});

fact('sharepoint/field-unknown', async () => {
  const { status, body } = await app('POST', items, { fields: { colour: 'red' } });

  expect([status, body.error.message]).toEqual([400, "Field 'colour' is not recognized"]);
});

fact('sharepoint/field-read-only', async () => {
  expect([await add({ Created: '2020-01-01' }), await add({ AuthorLookupId: '1' })]).toEqual([
    [400, 'invalidRequest'],
    [400, 'invalidRequest'],
  ]);
});

fact('sharepoint/field-empty-is-left-out', async () => {
  await add({ key: 'spade', note: '' });

  expect('note' in (await app('GET', `${items}/1/fields`)).body).toBe(false);
});

fact('sharepoint/item-fields-on-demand', async () => {
  await add({ key: 'spade' });

  const [plain, expanded] = [await app('GET', `${items}/1`), await app('GET', `${items}/1?$expand=fields`)];

  expect([plain.body.fields, expanded.body.fields?.['key']]).toEqual([undefined, 'spade']);
});

fact('sharepoint/item-etag-rises', async () => {
  await add({ key: 'spade' });
  const { body: before } = await app('GET', `${items}/1`);

  await app('PATCH', `${items}/1/fields`, { note: 'Sharp' });

  expect((await app('GET', `${items}/1`)).body['eTag']).not.toBe(before['eTag']);
});

fact('sharepoint/item-412', async () => {
  await add({ key: 'spade' });
  const { body } = await app('GET', `${items}/1`);
  await app('PATCH', `${items}/1/fields`, { note: 'Sharp' });

  const stale = await app('PATCH', `${items}/1/fields`, { note: 'Blunt' }, { 'if-match': body['@odata.etag'] });

  expect([stale.status, stale.body.error.code, await note()]).toEqual([412, 'resourceModified', 'Sharp']);
});

fact('sharepoint/item-delete-412', async () => {
  await add({ key: 'spade' });
  const { body } = await app('GET', `${items}/1`);
  await app('PATCH', `${items}/1/fields`, { note: 'Sharp' });

  const stale = await app('DELETE', `${items}/1`, undefined, { 'if-match': body['@odata.etag'] });

  expect([stale.status, (await app('GET', `${items}/1`)).status]).toEqual([412, 200]);
});

fact('sharepoint/item-last-write-wins', async () => {
  await add({ key: 'spade' });

  const [first, second] = [
    await app('PATCH', `${items}/1/fields`, { note: 'Sharp' }),
    await app('PATCH', `${items}/1/fields`, { note: 'Blunt' }),
  ];

  expect([first.status, second.status, await note()]).toEqual([200, 200, 'Blunt']);
});

fact('sharepoint/item-409-save-conflict', async () => {
  await add({ key: 'spade' });
  // Both have arrived before either is done.
  local.faults.latencyMs = 100;

  const answers = await Promise.all(['Sharp', 'Blunt'].map(text => app('PATCH', `${items}/1/fields`, { note: text })));

  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused.map(({ status, body }) => [status, body.error.code])).toEqual([[409, 'resourceModified']]);
});

fact('sharepoint/item-404', async () => {
  const { status, body } = await app('GET', `${items}/99`);

  expect([status, body.error.code]).toEqual([404, 'itemNotFound']);
});

fact('sharepoint/filter-needs-index', async () => {
  await add({ key: 'spade', place: 'Shed' });
  const query = `${items}?$filter=fields/place eq 'Shed'`;

  const [refused, risked] = [
    await app('GET', query),
    await app('GET', query, undefined, { prefer: 'HonorNonIndexedQueriesWarningMayFailRandomly' }),
  ];

  expect([refused.status, refused.body.error.code, risked.status]).toEqual([400, 'invalidRequest', 200]);
});

fact('sharepoint/filter-operators', async () => {
  const status = async (filter: string) => (await app('GET', `${items}?$filter=${filter}`)).status;

  expect(
    await Promise.all(
      ["fields/key eq 'a'", 'fields/count ge 1', "startswith(fields/key,'a')", "contains(fields/key,'a')"].map(status),
    ),
  ).toEqual([200, 200, 200, 400]);
});

fact('sharepoint/filter-threshold', async () => {
  for (let from = 0; from <= listViewThreshold; from += 20) {
    const requests = Array.from({ length: 20 }, (_, at) => ({
      id: String(at),
      method: 'POST',
      url: items,
      headers: { 'Content-Type': 'application/json' },
      body: { fields: { count: from + at } },
    }));
    await app('POST', '/$batch', { requests });
  }

  const [one, all] = [
    await app('GET', `${items}?$filter=fields/count eq 7`),
    await app('GET', `${items}?$filter=fields/count ge 0`),
  ];

  expect([one.body.value.length, all.status]).toEqual([1, 400]);
});

fact('sharepoint/items-paged', async () => {
  for (const key of ['a', 'b', 'c']) await add({ key });

  const first = await app('GET', `${items}?$top=2`);
  const second = await app('GET', first.body['@odata.nextLink'] ?? '');

  expect([first, second].map(({ body }) => body.value.map(({ id }) => id))).toEqual([['1', '2'], ['3']]);
  expect(second.body['@odata.nextLink']).toBeUndefined();
});

async function delta(url = `${items}/delta`) {
  const { status, body, headers } = await app('GET', url);
  return { status, headers, link: body['@odata.deltaLink'] ?? '', value: body.value };
}

fact('sharepoint/delta-token', async () => {
  await add({ key: 'spade' });
  const all = await delta();
  await add({ key: 'rake' });

  const since = await delta(all.link);

  expect([all.value.map(({ id }) => id), since.value.map(({ id }) => id)]).toEqual([['1'], ['2']]);
});

fact('sharepoint/delta-deleted', async () => {
  await add({ key: 'spade' });
  const all = await delta();
  await app('DELETE', `${items}/1`);

  const since = await delta(all.link);

  expect(since.value.map(one => [one.id, one['deleted']])).toEqual([['1', { state: 'deleted' }]]);
});

fact('sharepoint/delta-resync', async () => {
  const { status, headers } = await delta(`${items}/delta?token=999999`);

  expect([status, headers.get('location')]).toEqual([410, expect.stringContaining('/items/delta')]);
});

fact('sharepoint/versions-newest-first', async () => {
  await add({ key: 'spade', note: 'New' });
  await ana('PATCH', `${items}/1/fields`, { note: 'Sharp' });

  const { body } = await app('GET', `${items}/1/versions?$expand=fields`);

  expect(body.value.map(one => [one.id, one.fields['note']])).toEqual([
    ['2.0', 'Sharp'],
    ['1.0', 'New'],
  ]);
});

fact('sharepoint/versions-off', async () => {
  await add({ key: 'spade', note: 'New' });
  const { body: before } = await app('GET', `${items}/1`);

  local.graph.byHand.setVersioning(gardeners.id, list.split('/').at(-1) ?? '', false);
  await app('PATCH', `${items}/1/fields`, { note: 'Sharp' });

  const { body } = await app('GET', `${items}/1/versions?$expand=fields`);
  expect(body.value.map(one => [one.id, one.fields['note']])).toEqual([['1.0', 'Sharp']]);
  expect((await app('GET', `${items}/1`)).body['eTag']).not.toBe(before['eTag']);
});

fact('sharepoint/version-restored-is-new', async () => {
  await add({ key: 'spade', note: 'New' });
  await app('PATCH', `${items}/1/fields`, { note: 'Sharp' });

  const restored = await app('POST', `${items}/1/versions/1.0/restoreVersion`);

  const { body } = await app('GET', `${items}/1/versions?$expand=fields`);
  expect([restored.status, body.value.map(one => [one.id, one.fields['note']])]).toEqual([
    204,
    [
      ['3.0', 'New'],
      ['2.0', 'Sharp'],
      ['1.0', 'New'],
    ],
  ]);
});

async function callsOf() {
  const read = await app('GET', items);
  const changed = await app('PATCH', `${items}/1/fields`, { note: 'Sharp' });
  const removed = await app('DELETE', `${items}/1`);
  return [read, changed, removed].map(({ status, body }) => [status, status < 400 ? null : body.error.code]);
}

fact('sharepoint/site-archived-423', async () => {
  await add({ key: 'spade' });
  local.graph.oddities.setSiteState(gardeners.id, 'archived');

  expect(await callsOf()).toEqual(Array(3).fill([423, 'notAllowed']));
});

fact('sharepoint/site-full-507', async () => {
  await add({ key: 'spade' });
  local.graph.oddities.setSiteState(gardeners.id, 'full');

  expect(await callsOf()).toEqual([
    [200, null],
    [507, 'quotaLimitReached'],
    [204, null],
  ]);
});

test('a read-only site is read, and refuses every change', async () => {
  await add({ key: 'spade' });
  local.graph.oddities.setSiteState(gardeners.id, 'read-only');

  expect(await callsOf()).toEqual([
    [200, null],
    [403, 'accessDenied'],
    [403, 'accessDenied'],
  ]);
});

fact('sharepoint/request-2-mb', async () => {
  const fields = (bytes: number) => ({ fields: { note: 'x'.repeat(bytes) } });

  const [within, beyond] = [
    await app('POST', items, fields(2_097_152 - 30)),
    await app('POST', items, fields(2_097_152)),
  ];

  // The first is refused for its own sake: no column keeps so much.
  expect([within.status, beyond.status]).toEqual([400, 413]);
});

test.each([
  ['NUL', 'a\u0000b'],
  ['a vertical tab', 'a\u000bb'],
  ['half a character', 'a\ud83d'],
  ['the other half', 'a\ude00'],
  ['U+FFFE', 'a\ufffe'],
])('text with %s is refused in every place', async (_what, text) => {
  expect([await add({ place: text }), await add({ note: text })]).toEqual([
    [400, 'invalidRequest'],
    [400, 'invalidRequest'],
  ]);
  expect([
    (await app('POST', `${site}/lists`, { displayName: text })).status,
    (await app('PATCH', list, { displayName: text })).status,
  ]).toEqual([400, 400]);
});

test('tabs, line ends and whole emoji are text like other', async () => {
  const text = 'a\tb\nc\r\nd 👩‍🌾 \u0085';

  expect(await add({ note: text })).toEqual([201, undefined]);
  expect(await note()).toBe(text);
});

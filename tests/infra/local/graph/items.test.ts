import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { tenant } from '../../../../infra/local/directory.ts';
import { listViewThreshold } from '../../../../infra/local/graph/items.ts';
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
let items: string;
let made = 0;
beforeAll(async () => {
  local = await openTenant();
  local.graph.grantSite(gardeners.id, 'fullcontrol');
  app = asker(local, await appToken(local));
  ana = asker(local, await tokenFor(local, people.ana));
  site = (await app('GET', gardenersSite)).body.id;
});
afterAll(() => local.close());

const columns = [
  { name: 'key', text: {}, indexed: true, enforceUniqueValues: true },
  { name: 'week', text: {}, indexed: true },
  { name: 'count', number: {}, indexed: true },
  { name: 'note', text: { allowMultipleLines: true, textType: 'plain' } },
  { name: 'place', text: {} },
  { name: 'at', dateTime: { format: 'dateTime' }, indexed: true },
];
beforeEach(async () => {
  const { body } = await app('POST', `/sites/${site}/lists`, { displayName: `Tools ${(made += 1)}`, columns });
  items = `/sites/${site}/lists/${body.id}/items`;
});

const theApp = { id: tenant.appId, displayName: tenant.appName };

describe('an item', () => {
  test('has the shape of a real one', async () => {
    const noon = new Date('2026-11-23T12:00:00.500Z');
    local.clock.moveTo(noon);
    const created = await app('POST', items, { fields: { key: 'spade', note: 'Sharp.\nKeep dry.' } });
    local.clock.reset();

    const { body } = await app('GET', `${items}/1?$expand=fields`);

    const etag = expect.stringMatching(/^"[0-9a-f-]{36},1"$/);
    expect([created.status, created.body]).toEqual([201, body]);
    expect(body).toEqual({
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#listItems/$entity',
      '@odata.etag': etag,
      createdDateTime: '2026-11-23T12:00:00Z',
      eTag: body['@odata.etag'],
      id: '1',
      lastModifiedDateTime: '2026-11-23T12:00:00Z',
      webUrl: expect.stringMatching(
        /^https:\/\/cedarvalley\.sharepoint\.example\/sites\/gardeners\/Lists\/Tools%20\d+\/1_\.000$/,
      ),
      createdBy: { application: theApp, user: { displayName: 'SharePoint App' } },
      lastModifiedBy: { application: theApp, user: { displayName: 'SharePoint App' } },
      parentReference: { id: expect.any(String), siteId: site },
      contentType: { id: expect.stringMatching(/^0x0100[0-9A-F]{32}$/), name: 'Item' },
      'fields@odata.context': expect.stringContaining("/items('1')/fields/$entity"),
      fields: {
        '@odata.etag': body['@odata.etag'],
        key: 'spade',
        note: 'Sharp.\nKeep dry.',
        id: '1',
        ContentType: 'Item',
        Modified: '2026-11-23T12:00:00Z',
        Created: '2026-11-23T12:00:00Z',
        AuthorLookupId: '1',
        EditorLookupId: '1',
        _UIVersionString: '1.0',
        Attachments: false,
        Edit: '',
        ItemChildCount: '0',
        FolderChildCount: '0',
        _ComplianceFlags: '',
        _ComplianceTag: '',
        _ComplianceTagWrittenTime: '',
        _ComplianceTagUserId: '',
      },
    });
  });

  test('names the person who saved it in a tab', async () => {
    await app('POST', items, { fields: { key: 'spade' } });

    await ana('PATCH', `${items}/1/fields`, { note: 'Sharp' });

    const { body } = await app('GET', `${items}/1`);
    expect([body['createdBy'], body['lastModifiedBy']]).toEqual([
      { application: theApp, user: { displayName: 'SharePoint App' } },
      { application: theApp, user: { id: people.ana.id, displayName: 'Ana Silva', email: people.ana.mail } },
    ]);
  });

  test('has its fields only when they are asked for', async () => {
    await app('POST', items, { fields: { key: 'spade' } });

    const [item, all, some] = await Promise.all(
      ['', '?expand=fields', '?$expand=fields(select=key,note)&$select=id,fields'].map(query =>
        app('GET', `${items}/1${query}`),
      ),
    );

    expect([item?.body.fields, all?.body.fields?.['ContentType']]).toEqual([undefined, 'Item']);
    expect(some?.body).toEqual({
      '@odata.etag': item?.body['@odata.etag'],
      id: '1',
      'fields@odata.context': expect.any(String),
      fields: { '@odata.etag': item?.body['@odata.etag'], key: 'spade' },
    });
  });

  test('loses a field that is emptied', async () => {
    await app('POST', items, { fields: { key: 'spade', note: 'Sharp', place: 'Shed' } });

    const { body } = await app('PATCH', `${items}/1/fields`, { note: null, place: '' });

    expect(['key', 'note', 'place'].filter(name => name in body)).toEqual(['key']);
  });

  test('can be changed as a whole', async () => {
    await app('POST', items, { fields: { key: 'spade', note: 'Sharp' } });

    const { status, body } = await app('PATCH', `${items}/1`, { fields: { note: 'Blunt' } });

    expect([status, body.id, body.fields['key'], body.fields['note']]).toEqual([200, '1', 'spade', 'Blunt']);
  });

  test('is gone when it is deleted, and its number is not given again', async () => {
    await app('POST', items, { fields: { key: 'spade' } });

    const removed = await app('DELETE', `${items}/1`);
    const read = await app('GET', `${items}/1`);
    const next = await app('POST', items, { fields: { key: 'spade' } });

    expect([removed.status, read.status, read.body.error.code, next.body.id]).toEqual([204, 404, 'itemNotFound', '2']);
  });

  test.each([
    [{ fields: { colour: 'red' } }, "Field 'colour' is not recognized"],
    [{ fields: { Created: '2020-01-01' } }, "Field 'Created' is read-only"],
    [{ fields: { count: 'many' } }, "The value given for field 'count' is not a valid number."],
    [{ fields: { place: 'x'.repeat(256) } }, "Field 'place' can have no more than 255 characters."],
    [{ fields: 'spade' }, 'One of the provided arguments is not acceptable.'],
  ])('is refused and not kept: %#', async (body, message) => {
    const { status, body: answer } = await app('POST', items, body);

    expect([status, answer.error.code, answer.error.message]).toEqual([400, 'invalidRequest', message]);
    expect((await app('GET', items)).body.value).toEqual([]);
  });

  test('has a key that no other has, in any case', async () => {
    await app('POST', items, { fields: { key: 'spade' } });
    await app('POST', items, { fields: { key: 'rake' } });

    const created = await app('POST', items, { fields: { key: 'Spade' } });
    const renamed = await app('PATCH', `${items}/2/fields`, { key: 'spade' });
    const itself = await app('PATCH', `${items}/1/fields`, { key: 'spade', note: 'Sharp' });

    expect([created, renamed].map(({ status, body }) => [status, body.error.code, body.error.message])).toEqual(
      Array(2).fill([
        400,
        'invalidRequest',
        'One or more fields with unique constraints already has the provided value.',
      ]),
    );
    expect(itself.status).toBe(200);
  });
});

describe('the ETag', () => {
  test('rises with every change and is the same on the item and its fields', async () => {
    const created = await app('POST', items, { fields: { key: 'spade' } });

    const changed = await app('PATCH', `${items}/1/fields`, { note: 'Sharp' });

    const read = await app('GET', `${items}/1?$expand=fields`);
    const guid = created.body['@odata.etag'].slice(1, 37);
    expect([
      created.body['@odata.etag'],
      changed.body['@odata.etag'],
      read.body['eTag'],
      read.body.fields['@odata.etag'],
    ]).toEqual([`"${guid},1"`, `"${guid},2"`, `"${guid},2"`, `"${guid},2"`]);
  });

  test('lets one of two changes of the same version through', async () => {
    const { body } = await app('POST', items, { fields: { key: 'spade' } });
    const headers = { 'if-match': body['@odata.etag'] };

    const answers = await Promise.all([
      app('PATCH', `${items}/1/fields`, { note: 'Sharp' }, headers),
      ana('PATCH', `${items}/1/fields`, { note: 'Blunt' }, headers),
    ]);

    const kept = (await app('GET', `${items}/1/fields`)).body;
    const [winner, loser] = answers.sort((one, other) => one.status - other.status);
    expect([winner?.status, loser?.status, loser?.body.error.code]).toEqual([200, 412, 'resourceModified']);
    expect(kept).toEqual(winner?.body);
  });

  test.each([
    ['DELETE', '', undefined, 412],
    ['PATCH', '', { fields: { note: 'x' } }, 412],
    ['PATCH', '/fields', { note: 'x' }, 412],
  ])('guards %s %s', async (method, path, body, status) => {
    const { body: read } = await app('POST', items, { fields: { key: 'spade' } });
    await app('PATCH', `${items}/1/fields`, { note: 'Sharp' });

    const stale = await app(method, `${items}/1${path}`, body, { 'if-match': read['@odata.etag'] });
    const whatever = await app(method, `${items}/1${path}`, body, { 'if-match': '*' });

    expect([stale.status, whatever.status < 300]).toEqual([status, true]);
  });
});

describe('items', () => {
  async function fill(count: number, fields: (n: number) => object = () => ({})): Promise<void> {
    for (let from = 0; from < count; from += 20) {
      const requests = Array.from({ length: Math.min(20, count - from) }, (_, at) => ({
        id: String(at),
        method: 'POST',
        url: items,
        headers: { 'Content-Type': 'application/json' },
        body: { fields: { week: `w${(from + at) % 3}`, count: from + at, ...fields(from + at) } },
      }));
      await app('POST', '/$batch', { requests });
    }
  }
  async function numbers(query: string, headers: Record<string, string> = {}): Promise<readonly unknown[]> {
    const { body } = await app('GET', `${items}?$expand=fields($select=count)&${query}`, undefined, headers);
    return body.value?.map(item => item.fields['count']) ?? [body.error.message];
  }

  test('come page by page, and every one of them comes once', async () => {
    await fill(450);
    const sizes: number[] = [];
    const ids = new Set<string>();
    let url: string | undefined = `${items}?$expand=fields($select=count)`;
    while (url !== undefined) {
      const { body } = await app('GET', url);
      sizes.push(body.value.length);
      for (const { id } of body.value) ids.add(id);
      url = body['@odata.nextLink'];
    }

    expect([sizes, ids.size]).toEqual([[200, 200, 50], 450]);
  });

  test('stay in step when one that was read is deleted between two pages', async () => {
    await fill(5);
    const { body } = await app('GET', `${items}?$top=2`);
    await app('DELETE', `${items}/1`);

    const next = await app('GET', body['@odata.nextLink'] ?? '');

    expect(next.body.value.map(({ id }) => id)).toEqual(['3', '4']);
  });

  test.each([
    ["$filter=fields/week eq 'W1'", [1, 4], 'text is compared in any case'],
    ["$filter=fields/count ge 2 and fields/week ne 'w2'", [3, 4], 'conditions are joined'],
    ["$filter=startswith(fields/week,'w0')", [0, 3], 'startswith is known'],
    ['$orderby=fields/count desc&$top=2', [4, 3], 'they can be ordered by what is indexed'],
    ['filter=fields/count lt 1', [0], 'options may stand without their sign'],
    ['$filter=id eq 2', [1], 'an id is always indexed'],
  ])('%s are %j: %s', async (query, expected) => {
    await fill(5);

    expect(await numbers(query)).toEqual(expected);
  });

  test('in an order go on from page to page', async () => {
    await fill(5);
    const { body } = await app('GET', `${items}?$orderby=fields/week desc&$top=3`);

    const next = await app('GET', body['@odata.nextLink'] ?? '');

    expect([...body.value, ...next.body.value].map(({ id }) => id)).toEqual(['3', '2', '5', '1', '4']);
  });

  test.each([["$filter=fields/place eq 'Shed'"], ['$orderby=fields/place']])(
    '%s needs an index, or a header that takes the risk',
    async query => {
      await fill(2, n => ({ place: n === 0 ? 'Shed' : 'LocalTenant' }));

      expect(await numbers(query)).toEqual([
        "Field 'place' cannot be referenced in filter or orderby as it is not indexed. Provide the 'Prefer: HonorNonIndexedQueriesWarningMayFailRandomly' header to allow this, but be warned that such queries may fail on large lists.",
      ]);
      expect(await numbers(query, { prefer: 'HonorNonIndexedQueriesWarningMayFailRandomly' })).toContain(0);
    },
  );

  test('above the threshold are still read by pages and by an index, and not by a scan', async () => {
    await fill(listViewThreshold + 1);
    const risky = { prefer: 'HonorNonIndexedQueriesWarningMayFailRandomly' };
    const threshold =
      'The attempted operation is prohibited because it exceeds the list view threshold enforced by the administrator.';

    expect(await numbers('$filter=fields/count eq 4000')).toEqual([4000]);
    expect(await numbers("$filter=fields/place eq 'Shed'", risky)).toEqual([threshold]);
    expect(await numbers('$filter=fields/count ge 0')).toEqual([threshold]);
    expect(await numbers("$filter=fields/count ge 0 and fields/week eq 'none'")).toEqual([threshold]);
    expect(await numbers("$filter=fields/week eq 'none' and fields/count ge 0")).toEqual([]);
    expect((await numbers('$top=300')).length).toBe(300);
  });

  test.each([
    ['$filter=fields/colour eq 1', "Field 'colour' is not recognized"],
    ["$filter=contains(fields/key,'a')", 'The expression "contains(fields/key,\'a\')" is not valid.'],
    ['$skiptoken=x', 'One of the provided arguments is not acceptable.'],
    [
      '$top=none',
      "Invalid value 'none' for $top query option found. The $top query option requires a non-negative integer value.",
    ],
    ['$orderby=fields/key,fields/week', 'The expression "fields/key,fields/week" is not valid.'],
  ])('%s is refused', async (query, message) => {
    const { status, body } = await app('GET', `${items}?${query}`);

    expect([status, body.error.code, body.error.message]).toEqual([400, 'invalidRequest', message]);
  });
});

test('a part that items do not have cannot be expanded', async () => {
  const { status, body } = await app('GET', `${items}?$expand=colour`);

  expect([status, body.error.message]).toEqual([
    400,
    "Parsing OData Select and Expand failed: Could not find a property named 'colour' on type 'microsoft.graph.listItem'.",
  ]);
});

describe('versions', () => {
  test('say who saved what, newest first', async () => {
    await app('POST', items, { fields: { key: 'spade', note: 'New' } });
    await ana('PATCH', `${items}/1/fields`, { note: 'Sharp' });

    const { body } = await app('GET', `${items}/1/versions?$expand=fields`);

    expect(body.value.map(version => [version.id, version['lastModifiedBy'], version.fields['note']])).toEqual([
      [
        '2.0',
        { application: theApp, user: { id: people.ana.id, displayName: 'Ana Silva', email: people.ana.mail } },
        'Sharp',
      ],
      ['1.0', { application: theApp, user: { displayName: 'SharePoint App' } }, 'New'],
    ]);
  });

  test('can be read alone and brought back as a new one', async () => {
    await app('POST', items, { fields: { key: 'spade', note: 'New' } });
    await app('PATCH', `${items}/1/fields`, { note: 'Sharp' });

    const old = await app('GET', `${items}/1/versions/1.0/fields`);
    const restored = await ana('POST', `${items}/1/versions/1.0/restoreVersion`);
    const now = await app('GET', `${items}/1?$expand=fields`);

    expect([old.body['note'], restored.status, now.body.fields['note'], now.body.fields['_UIVersionString']]).toEqual([
      'New',
      204,
      'New',
      '3.0',
    ]);
    expect(now.body['lastModifiedBy']).toMatchObject({ user: { displayName: 'Ana Silva' } });
  });

  test('are the last fifty', async () => {
    await app('POST', items, { fields: { key: 'spade' } });
    for (let n = 0; n < 51; n++) await app('PATCH', `${items}/1/fields`, { count: n });

    const { body } = await app('GET', `${items}/1/versions`);

    expect([body.value.length, body.value.at(0)?.id, body.value.at(-1)?.id]).toEqual([50, '52.0', '3.0']);
  });

  test('that are not there are not found', async () => {
    await app('POST', items, { fields: { key: 'spade' } });

    expect((await app('GET', `${items}/1/versions/7.0`)).status).toBe(404);
  });
});

describe('delta', () => {
  test('brings everything first, then what changed, was made and was deleted since', async () => {
    for (const key of ['spade', 'rake', 'hoe']) await app('POST', items, { fields: { key } });
    const first = await app('GET', `${items}/delta?$expand=fields($select=key)&$top=2`);
    const second = await app('GET', first.body['@odata.nextLink'] ?? '');
    await app('PATCH', `${items}/2/fields`, { note: 'Bent' });
    await app('DELETE', `${items}/1`);
    await app('POST', items, { fields: { key: 'fork' } });

    const later = await app('GET', second.body['@odata.deltaLink'] ?? '');
    const more = await app('GET', later.body['@odata.nextLink'] ?? '');
    const nothing = await app('GET', more.body['@odata.deltaLink'] ?? '');

    expect([first, second].map(({ body }) => body.value.map(item => item.fields['key']))).toEqual([
      ['spade', 'rake'],
      ['hoe'],
    ]);
    expect(
      [...later.body.value, ...more.body.value].map(item => [item.id, item.fields?.['key'] ?? item['deleted']]),
    ).toEqual([
      ['2', 'rake'],
      ['1', { state: 'deleted' }],
      ['4', 'fork'],
    ]);
    expect(nothing.body.value).toEqual([]);
  });

  test('of a list that was empty tells what was made and deleted since', async () => {
    const empty = await app('GET', `${items}/delta`);
    await app('POST', items, { fields: { key: 'spade' } });
    await app('DELETE', `${items}/1`);

    const later = await app('GET', empty.body['@odata.deltaLink'] ?? '');
    const anew = await app('GET', `${items}/delta`);

    expect(later.body.value.map(item => [item.id, item['deleted']])).toEqual([['1', { state: 'deleted' }]]);
    expect(anew.body.value).toEqual([]);
  });

  test('starts from now when asked, also as a function', async () => {
    await app('POST', items, { fields: { key: 'spade' } });

    const answers = await Promise.all(
      ['/delta?token=latest', "/delta(token='latest')"].map(path => app('GET', `${items}${path}`)),
    );

    expect(answers.map(({ body }) => body.value)).toEqual([[], []]);
    expect(answers.map(({ body }) => body['@odata.deltaLink'])).toEqual(
      Array(2).fill(expect.stringMatching(`^https://graph.microsoft.com/v1.0${items}/delta\\?token=[\\w-]+$`)),
    );
  });

  test('leaves nothing out when items change between its pages', async () => {
    for (const key of ['spade', 'rake', 'hoe']) await app('POST', items, { fields: { key } });
    const first = await app('GET', `${items}/delta?$top=2`);
    await app('PATCH', `${items}/1/fields`, { note: 'Bent' });

    const second = await app('GET', first.body['@odata.nextLink'] ?? '');

    expect(second.body.value.map(({ id }) => id)).toEqual(['3', '1']);
  });

  test('with a token it does not know starts anew', async () => {
    const { status, body, headers } = await app('GET', `${items}/delta?token=99`);

    expect([status, body.error.code, headers.get('location')]).toEqual([
      410,
      'resyncChangesApplyDifferences',
      `https://graph.microsoft.com/v1.0${items}/delta?`,
    ]);
  });

  test('with the token of another list starts anew', async () => {
    const mine = await app('GET', `${items}/delta?token=latest`);
    const { body } = await app('POST', `/sites/${site}/lists`, { displayName: `Others ${made}`, columns });
    const token = new URL(mine.body['@odata.deltaLink'] ?? '').searchParams.get('token');

    const { status } = await app('GET', `/sites/${site}/lists/${body.id}/items/delta?token=${token}`);

    expect(status).toBe(410);
  });
});

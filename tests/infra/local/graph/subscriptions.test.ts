import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ListsOverHttp } from '../../../support/lists.ts';
import { startListsOverHttp } from '../../../support/lists.ts';
import { eventually } from '../../../support/engines.ts';
import { samplePeople } from '../../../../infra/local/sample-people.ts';

/** Local Graph's subscriptions to lists, as strict as Microsoft's pages say. */
let over: ListsOverHttp;
let resource: string;
let listener: Server;
let address: string;
/** What came to the address. */
const came: { readonly query: URLSearchParams; readonly body: string }[] = [];
/** How the address answers. */
let answers: (query: URLSearchParams) => { readonly status: number; readonly type: string; readonly body: string };
const honest: typeof answers = query => ({ status: 200, type: 'text/plain', body: query.get('validationToken') ?? '' });

beforeAll(async () => {
  over = await startListsOverHttp();
  await over.provision(over.team);
  listener = createServer((request, response) => {
    const query = new URL(request.url ?? '', 'http://here').searchParams;
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      came.push({ query, body: Buffer.concat(parts).toString() });
      const { status, type, body } = query.has('validationToken')
        ? answers(query)
        : { status: taken, type: 'text/plain', body: '' };
      response.writeHead(status, { 'content-type': type });
      response.end(body);
    });
  });
  await new Promise<void>(resolve => listener.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/told`;
  const { site, lists } = await over.places.find(over.team);
  resource = `sites/${site.id}/lists/${lists['plan']}`;
});
afterAll(async () => {
  listener.close();
  await over.stop();
});
let taken = 202;
beforeEach(() => {
  answers = honest;
  taken = 202;
  came.length = 0;
  over.microsoft365.entra.consent.setApplication(['Sites.Selected', 'Sites.ReadWrite.All']);
  for (const { id } of over.microsoft365.graph.subscriptions.all()) over.microsoft365.graph.subscriptions.lose(id);
});

const inMinutes = (minutes: number): string =>
  new Date(over.microsoft365.clock.now().getTime() + minutes * 60_000).toISOString();

interface Answer {
  readonly id: string;
  readonly expirationDateTime: string;
  readonly value: readonly unknown[];
  readonly error: { readonly code: string };
}

async function call(method: string, path: string, body?: object): Promise<{ status: number; body: Answer }> {
  const response = await fetch(`${over.microsoft365.url}/graph/v1.0${path}`, {
    method,
    headers: { authorization: `Bearer ${await over.appToken()}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  return { status: response.status, body: JSON.parse(text || '{}') as Answer };
}
const asked = (changes: object = {}) => ({
  changeType: 'updated',
  notificationUrl: address,
  lifecycleNotificationUrl: address,
  resource,
  expirationDateTime: inMinutes(42_300),
  clientState: 'a secret',
  ...changes,
});

async function change(): Promise<void> {
  const { graph } = over.microsoft365;
  const by = samplePeople[0]!.id;
  graph.byHand.saveRow({ teamId: over.team, list: 'CoP Plan', by, row: null, fields: { Title: 'By hand' } });
}

test('an address proves itself, and is then told of a change, without what it was', async () => {
  const { status, body } = await call('POST', '/subscriptions', asked());
  expect(status).toBe(201);
  expect(body).toMatchObject({ resource, changeType: 'updated', clientState: null });
  expect(came.map(({ query }) => query.get('validationToken'))).toEqual([expect.any(String), expect.any(String)]);

  came.length = 0;
  await change();
  await change();
  await eventually('the notification', () => came.length > 0);
  expect(came.map(one => JSON.parse(one.body))).toEqual([
    {
      value: [
        {
          subscriptionId: body.id,
          clientState: 'a secret',
          resource,
          changeType: 'updated',
          resourceData: null,
          subscriptionExpirationDateTime: body.expirationDateTime,
          tenantId: expect.any(String),
        },
      ],
    },
  ]);
});

describe('refused', () => {
  test.each([
    ['a change type that lists do not have', { changeType: 'created' }, 400],
    ['more than 42,300 minutes', { expirationDateTime: inFuture(42_400) }, 400],
    ['an end in the past', { expirationDateTime: '2020-01-01T00:00:00Z' }, 400],
    ['an address without TLS', { notificationUrl: 'http://cop.example.org/told' }, 400],
    ['a secret of 129 characters', { clientState: 'x'.repeat(129) }, 400],
    ['a list that is not there', { resource: 'sites/none/lists/none' }, 404],
  ])('%s', async (_what, changes, status) => {
    expect((await call('POST', '/subscriptions', asked(changes))).status).toBe(status);
  });

  test('an app that has the site alone', async () => {
    over.microsoft365.entra.consent.setApplication(['Sites.Selected']);
    expect((await call('POST', '/subscriptions', asked())).status).toBe(403);
    expect(came).toEqual([]);
  });

  test.each([
    ['another text', () => ({ status: 200, type: 'text/plain', body: 'something else' })],
    ['a page', (query: URLSearchParams) => ({ ...honest(query), type: 'text/html' })],
    ['202', (query: URLSearchParams) => ({ ...honest(query), status: 202 })],
  ])('an address that answers the proof with %s', async (_what, answer) => {
    answers = answer;
    const { status, body } = await call('POST', '/subscriptions', asked());
    expect([status, body.error.code]).toEqual([400, 'ValidationError']);
    expect(over.microsoft365.graph.subscriptions.all()).toEqual([]);
  });
});

test('it is renewed, read without its secret, deleted, and gone when its time is over', async () => {
  const { body } = await call('POST', '/subscriptions', asked({ expirationDateTime: inMinutes(60) }));
  const later = inMinutes(10_000);
  expect((await call('PATCH', `/subscriptions/${body.id}`, { expirationDateTime: later })).body).toMatchObject({
    expirationDateTime: later,
  });
  expect((await call('GET', '/subscriptions')).body.value).toEqual([expect.objectContaining({ clientState: null })]);
  expect((await call('DELETE', `/subscriptions/${body.id}`)).status).toBe(204);
  expect((await call('PATCH', `/subscriptions/${body.id}`, { expirationDateTime: later })).status).toBe(404);

  const short = await call('POST', '/subscriptions', asked({ expirationDateTime: inMinutes(1) }));
  over.microsoft365.clock.moveTo(new Date(over.microsoft365.clock.now().getTime() + 120_000));
  expect((await call('GET', `/subscriptions/${short.body.id}`)).status).toBe(404);
});

test('what is not taken comes again', async () => {
  await call('POST', '/subscriptions', asked());
  came.length = 0;
  taken = 503;
  await change();
  await eventually('the first try', () => came.length === 1);
  taken = 202;
  await eventually('the second', () => came.length === 2, 5_000);
  expect(came[0]!.body).toBe(came[1]!.body);
});

function inFuture(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000 + 86_400_000).toISOString();
}

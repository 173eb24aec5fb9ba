import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { api } from '../../domain/api.ts';
import type { AnyEndpoint } from '../../domain/endpoint.ts';
import { createChance } from '../support/random.ts';
import { chosenSeed, howMany, rest } from './support/intensity.ts';
import { addressAt, send, type Answer, type Sending } from './support/send.ts';
import { pathOf, startTarget, troublesIn, type Target } from './support/target.ts';

/**
 * Every content type × encoding × odd header × method × route, drawn at random: too many to send them all. Each has an
 * answer from the table below, the server lives on, and does not keep what it was sent.
 */
let target: Target;
let tokens: Record<Who, readonly (string | null)[]>;
const seed = chosenSeed();
const chance = createChance(seed);
beforeAll(async () => {
  // So many people that none of them asks more in a minute than a person may.
  target = await startTarget({ others: howMany({ short: 20, long: 100 }) });
  const { entra, url } = target.microsoft365;
  const [first, second] = target.communities;
  tokens = {
    nobody: [null],
    stranger: await Promise.all(second.others.map(({ id }) => entra.issueTabToken(id))),
    member: await Promise.all(first.others.map(({ id }) => entra.issueTabToken(id))),
    Teams: [await entra.signToBot(`${url}/connector/`)],
  };
}, 60_000);
afterAll(() => target?.stop());

type Who = 'nobody' | 'stranger' | 'member' | 'Teams';

interface Route {
  readonly path: string;
  readonly methods: readonly string[];
  /** `everybody`: who asks is told of themself. */
  readonly kind: 'open' | 'tabs' | 'everybody' | 'bot' | 'none';
}

const endpoints = Object.values<AnyEndpoint>(api);

/** How a path may be asked for: another operation's path with an id in it may fit as well. A file is asked for by POST. */
function methodsOf(path: string): readonly string[] {
  return endpoints
    .filter(endpoint => new RegExp(`^${endpoint.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path))
    .flatMap(({ method, file }) => (file ? [method, 'POST'] : [method]));
}

const routes = (community: string): readonly Route[] => [
  ...[...new Set(endpoints.map(endpoint => pathOf(endpoint, { community })))].map(path => ({
    path,
    methods: methodsOf(path),
    kind: path === api.communities.path ? ('everybody' as const) : ('tabs' as const),
  })),
  { path: '/api/messages', methods: ['POST'], kind: 'bot' },
  ...[
    '/health',
    '/api/openapi.json',
    '/tabs',
    '/tabs/',
    '/tabs/index.html',
    '/tabs/config.json',
    '/tabs/../bot/index.ts',
    '/tabs/%2e%2e/package.json',
    `/calendar/${'a'.repeat(43)}.ics`,
  ].map(path => ({ path, methods: ['GET'], kind: 'open' as const })),
  ...['/', '/admin', '/api', '/api/communities/', '//', '/%00', '/.git/config', '/server-status', '*'].map(path => ({
    path,
    methods: [],
    kind: 'none' as const,
  })),
];

const contentTypes = [
  undefined,
  '',
  'application/json',
  'application/json; charset=utf-16',
  'application/json;charset=nonsense',
  'APPLICATION/JSON',
  'application/json, text/csv',
  'text/csv',
  'text/tsv',
  'text/tab-separated-values',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/octet-stream',
  'application/xml',
  'application/vnd.api+json',
  'x',
  ';',
  'text/html; charset="',
];
const encodings = [
  undefined,
  'gzip',
  'deflate',
  'br',
  'zstd',
  'compress',
  'identity',
  'gzip, gzip',
  'x-gzip',
  'GZIP',
  'chunked',
  '',
];
const oddHeaders: readonly Readonly<Record<string, string | readonly string[]>>[] = [
  {},
  { 'X-Content-Columns': 'x' },
  { 'X-Content-Columns': '__proto__,constructor' },
  { 'X-Content-Escape': '""' },
  { 'X-Content-Delimiter': '' },
  { 'Content-MD5': 'nonsense' },
  { 'X-HTTP-Method-Override': 'PUT' },
  { Expect: 'a-miracle' },
  { Range: 'bytes=0-' },
  { 'If-Match': '*' },
  { 'If-None-Match': '*' },
  { 'If-Modified-Since': 'yesterday' },
  { 'Accept-Encoding': 'gzip;q=x, *' },
  { Accept: 'application/xml' },
  { Accept: '' },
  { 'Accept-Version': '~9' },
  { 'Accept-Language': 'x'.repeat(3000) },
  { Upgrade: 'h2c', Connection: 'Upgrade' },
  { Upgrade: 'websocket', Connection: 'Upgrade' },
  { 'X-Forwarded-For': '127.0.0.1, evil' },
  { 'X-Forwarded-Proto': 'gopher' },
  { Forwarded: 'for=";' },
  { Origin: 'https://evil.example' },
  { Cookie: '__proto__=1; =; ;' },
  { 'X-Request-Id': 'x'.repeat(4000) },
  { traceparent: '00-0-0-0' },
  { 'X-A': Array.from({ length: 100 }, (_none, index) => String(index)) },
];
const methods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'MERGE',
  'SEARCH',
  'M-SEARCH',
];
const bodies: readonly (string | Buffer | undefined)[] = [
  undefined,
  '',
  'x',
  '{}',
  '[]',
  'null',
  '{"a":',
  'a,b\n1,2\n',
  '"',
  'a=1&a=2&__proto__[x]=1',
  '--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nx\r\n--x--\r\n',
  gzipSync('{}'),
  Buffer.from([0xff, 0xfe, 0x00]),
  `{"text":${JSON.stringify('y'.repeat(20_000))}}`,
];

/** What HTTP itself may answer to any of them. */
const ofHttp = [400, 405, 406, 408, 411, 413, 414, 415, 417, 429, 431, 501];

/** The statuses that may come back; nothing else, and never one of ours that went wrong. */
function allowed(route: Route, method: string, who: Who): readonly number[] {
  if (
    method === 'OPTIONS' ||
    route.kind === 'none' ||
    !(route.methods.includes(method) || (method === 'HEAD' && route.methods.includes('GET')))
  )
    return [...ofHttp, 404, 401, 204];
  if (route.kind === 'open') return [...ofHttp, 200, 304, 308, 403, 404, 412, 416];
  if (route.kind === 'bot') return who === 'Teams' ? [...ofHttp, 200] : [...ofHttp, 401];
  if (who === 'nobody' || who === 'Teams') return [...ofHttp, 401];
  return who === 'stranger' && route.kind !== 'everybody'
    ? [...ofHttp, 403, 404]
    : [...ofHttp, 200, 304, 403, 404, 409, 412, 428];
}

interface Drawn {
  readonly route: Route;
  readonly method: string;
  readonly who: Who;
  readonly sending: Sending;
}

function draw(all: readonly Route[], index: number): Drawn {
  const route = chance.pick(all);
  const method = chance.happens(0.6) && route.methods.length > 0 ? chance.pick(route.methods) : chance.pick(methods);
  const who = chance.pick(['nobody', 'nobody', 'stranger', 'member', 'Teams'] as const);
  const contentType = chance.pick(contentTypes);
  const encoding = chance.pick(encodings);
  const token = chance.pick(tokens[who]) ?? null;
  const body = chance.pick(bodies);
  const headers = {
    ...(contentType === undefined ? {} : { 'Content-Type': contentType }),
    ...(encoding === undefined ? {} : { 'Content-Encoding': encoding }),
    ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
    ...chance.pick(oddHeaders),
  };
  return {
    route,
    method,
    who,
    sending: {
      port: target.port,
      method,
      path: route.path,
      headers,
      from: addressAt(index),
      ...(body === undefined ? {} : { body }),
    },
  };
}

/** Sends so many, sixteen at a time, and returns what should not have come back. */
async function sendMany(count: number): Promise<readonly string[]> {
  const all = routes(target.communities[0].team.id);
  const wrong: string[] = [];
  let index = 0;
  async function go(): Promise<void> {
    while (index < count && target.crashes.length === 0 && wrong.length < 10) {
      const { route, method, who, sending } = draw(all, index++);
      const answer = await send(sending);
      if (!allowed(route, method, who).includes(answer.status)) wrong.push(told(method, sending, who, answer));
    }
  }
  await Promise.all(Array.from({ length: 16 }, go));
  return wrong;
}

function told(method: string, { path, headers, body }: Sending, who: Who, { status, body: said }: Answer): string {
  const { Authorization: _hidden, ...shown } = headers ?? {};
  return `${method} ${path} by ${who} with ${JSON.stringify(shown)} and ${JSON.stringify(String(body ?? '').slice(0, 40))} → ${status} ${said.slice(0, 120)} (ATTACK_SEED=${seed})`;
}

describe('one request without a login does not end the server', () => {
  test.each<{ threat: string; sending: Omit<Sending, 'port'>; status: readonly number[] }>([
    {
      threat: 'a body that says it is gzip and is not, for /health',
      sending: { path: '/health', headers: { 'Content-Encoding': 'gzip' }, body: 'x' },
      status: [200, 400, 415],
    },
    {
      threat: 'the same for a page',
      sending: { path: '/tabs/index.html', headers: { 'Content-Encoding': 'gzip' }, body: 'x' },
      status: [200, 400, 404, 415],
    },
    {
      threat: 'the same for the bot',
      sending: {
        method: 'POST',
        path: '/api/messages',
        headers: { 'Content-Encoding': 'gzip', 'Content-Type': 'application/json' },
        body: 'x',
      },
      status: [401, 415],
    },
    {
      threat: 'the same for the tabs',
      sending: {
        method: 'PUT',
        path: pathOf(api.saveSettings),
        headers: { 'Content-Encoding': 'deflate', 'Content-Type': 'application/json' },
        body: 'x',
      },
      status: [401, 415],
    },
    {
      threat: 'a table whose columns are an option that does not exist',
      sending: {
        method: 'POST',
        path: '/api/messages',
        headers: { 'Content-Type': 'text/csv', 'X-Content-Columns': 'x' },
        body: 'a,b\n1,2\n',
      },
      status: [401, 415],
    },
    {
      threat: 'a table with an open quote',
      sending: { method: 'POST', path: '/api/messages', headers: { 'Content-Type': 'text/csv' }, body: 'a,"b\n' },
      status: [401, 415],
    },
    {
      threat: 'a form without a boundary',
      sending: { method: 'POST', path: '/api/messages', headers: { 'Content-Type': 'multipart/form-data' }, body: 'x' },
      status: [401, 415],
    },
  ])('$threat', async ({ sending, status }) => {
    const answer = await send({ port: target.port, ...sending });
    // What goes wrong in a stream goes wrong after the answer.
    await rest(100);
    const health = await send({ port: target.port, path: '/health' });

    expect({ expected: status.includes(answer.status), status: answer.status, health: health.status }).toEqual({
      expected: true,
      status: answer.status,
      health: 200,
    });
  });
});

describe('everything, drawn at random', () => {
  test('has an answer from the table, and the server lives on', async () => {
    const wrong = await sendMany(howMany({ short: 1000, long: 20_000 }));

    expect({ wrong, crashes: target.crashes, troubles: troublesIn(target.log) }).toEqual({
      wrong: [],
      crashes: [],
      troubles: [],
    });
  }, 600_000);

  // The requests before were the first: Node's heap takes room for them once, some 160 MB, and keeps it.
  test('leaves the memory where it was, and no file', async () => {
    const before = await target.memory();
    const count = howMany({ short: 2000, long: 20_000 });
    // Of each request less than its address and a count, which stay for a minute, need.
    // What is held differed by half a megabyte. The room of the heap, though empty, follows the highest tide, which
    // depends on what else the machine does: up to 43 MB were measured.
    const limits = { held: Math.max(3e6, count * 500), occupied: 120e6 };

    // What grows with every request grows in every round. What V8 and the limits' counters hold for a while comes in one
    // and not in the next: up to 9 MB were measured.
    const wrong: string[] = [];
    const held: number[] = [];
    let last = before;
    do {
      wrong.push(...(await sendMany(count)));
      held.push((await target.grownSince(last, limits)).held);
      last = await target.memory();
    } while (held.at(-1)! >= limits.held && held.length < 5);

    expect({ wrong, crashes: target.crashes, leftovers: await target.leftovers() }).toEqual({
      wrong: [],
      crashes: [],
      leftovers: [],
    });
    expect(Math.min(...held)).toBeLessThan(limits.held);
    expect(last.occupied - before.occupied).toBeLessThan(limits.occupied);
  }, 600_000);
});

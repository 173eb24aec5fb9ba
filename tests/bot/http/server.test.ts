import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Server } from 'restify';
import type { HealthPart } from '../../../bot/http/health.ts';
import { createHttpServer } from '../../../bot/http/server.ts';
import { localConfig } from '../../../infra/local/product.ts';
import { sendRaw } from '../../support/raw-http.ts';

const script = `export const words = ${JSON.stringify('a community of practice '.repeat(200))};`;

let server: Server | undefined;
let tabsDir = '';
beforeAll(async () => {
  tabsDir = await mkdtemp(join(tmpdir(), 'cop-tabs-'));
  await writeFile(join(tabsDir, 'index.html'), '<!doctype html>');
  await mkdir(join(tabsDir, 'assets'));
  await writeFile(join(tabsDir, 'assets/a.js'), script);
  await writeFile(join(tabsDir, 'assets/a.js.br'), brotliCompressSync(script));
  await writeFile(join(tabsDir, 'assets/a.js.gz'), gzipSync(script));
  await writeFile(join(tabsDir, 'assets/plain.js'), script);
});
afterAll(() => rm(tabsDir, { recursive: true, force: true }));
afterEach(async () => {
  await new Promise<void>(resolve => server?.close(() => resolve()));
});

async function listening(
  health: () => readonly HealthPart[] | null,
  publicUrl = 'http://localhost:3978',
): Promise<string> {
  const config = localConfig({
    microsoft365Url: 'http://localhost:1',
    port: 0,
    publicUrl,
    tabsDir,
    dataDir: '.data',
    logLevel: 'silent',
  });
  server = createHttpServer(config, health, { isProxy: () => false, noise: () => {} });
  server.get('/api/thing', async (_request, response) => void response.json(200, { fine: true }));
  await new Promise<void>(resolve => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function get(url: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url, { headers: { connection: 'close' } });
  return { status: response.status, body: await response.json() };
}

test('while the server starts, only /health answers, and says so', async () => {
  let parts: HealthPart[] | null = null;
  const url = await listening(() => parts);

  expect(await get(`${url}/health`)).toEqual({ status: 503, body: { state: 'starting', parts: {} } });
  expect(await get(`${url}/api/thing`)).toEqual({
    status: 503,
    body: { code: 'unavailable', message: 'The server is starting' },
  });

  parts = [];
  expect(await get(`${url}/api/thing`)).toEqual({ status: 200, body: { fine: true } });
});

test('while the server starts, it is alive, and ready it is not', async () => {
  const url = await listening(() => null);
  const { version } = JSON.parse(await readFile(join(import.meta.dirname, '../../../package.json'), 'utf8')) as {
    version: string;
  };

  expect(await get(`${url}/health/live`)).toEqual({ status: 200, body: { state: 'live', version } });
  expect(await get(`${url}/health/ready`)).toEqual({ status: 503, body: { state: 'starting', parts: {} } });
});

test('with a part that does not work it is alive all the same: a restart would not help', async () => {
  const url = await listening(() => [{ name: 'sign-in', check: () => Promise.reject(new Error('secret-wrong')) }]);

  const [live, ready, earlier] = await Promise.all(['/live', '/ready', ''].map(path => get(`${url}/health${path}`)));

  expect([live?.status, ready?.status]).toEqual([200, 503]);
  expect(earlier).toEqual(ready);
});

test('a part that does not work makes the whole not ready, and whoever asks does not read why', async () => {
  const url = await listening(() => [
    { name: 'database', check: () => Promise.reject(new Error('connection refused')) },
    { name: 'other', check: async () => undefined },
  ]);

  expect(await get(`${url}/health`)).toEqual({
    status: 503,
    body: { state: 'not ready', parts: { database: 'not ready, the server’s log says why', other: 'ready' } },
  });
});

test('a part that works may say what is worth knowing', async () => {
  const url = await listening(() => [
    { name: 'messages', check: async () => 'waiting for more than 15 minutes: 3 throttled' },
  ]);

  expect(await get(`${url}/health`)).toEqual({
    status: 200,
    body: { state: 'ready', parts: { messages: 'waiting for more than 15 minutes: 3 throttled' } },
  });
});

test('what does not exist is said in JSON', async () => {
  const url = await listening(() => []);

  expect(await get(`${url}/nowhere`)).toMatchObject({ status: 404, body: { code: 'not-found' } });
});

test('the description of the tabs is for them: hosts, app and sign-in', async () => {
  const url = await listening(() => []);

  expect((await get(`${url}/tabs/config.json`)).body).toMatchObject({
    hostOrigins: ['http://localhost:1'],
    authorizeUrl: expect.stringMatching(/\/oauth2\/v2\.0\/authorize$/),
  });
});

describe('nothing a request is made of ends the server', () => {
  test.each([
    { raw: 'GET /health HTTP/1.1\r\nHost: [', status: 400, reason: 'half of an address for a host' },
    { raw: 'GET /health HTTP/1.1\r\nHost: a b', status: 400, reason: 'two words for a host' },
    { raw: 'GET /health HTTP/1.1\r\nHost: x/tabs?', status: 400, reason: 'a path for a host' },
    { raw: 'GET /health HTTP/1.1\r\nHost: x:99999', status: 400, reason: 'a port that is none' },
    { raw: 'GET /health HTTP/1.1\r\nHost:', status: 200, reason: 'an empty host' },
    { raw: 'GET http:// HTTP/1.1\r\nHost: x', status: 400, reason: 'an address without a host' },
    {
      raw: 'GET http://elsewhere.example/health HTTP/1.1\r\nHost: x',
      status: 200,
      reason: 'a whole address, as proxies send it',
    },
    { raw: 'OPTIONS * HTTP/1.1\r\nHost: x', status: 400, reason: 'no path' },
    { raw: 'GET /%E0%A4%A HTTP/1.1\r\nHost: x', status: 400, reason: 'half of a character' },
    { raw: 'GET /%ED%A0%80 HTTP/1.1\r\nHost: x', status: 400, reason: 'half of a surrogate pair' },
    { raw: 'GET /tabs/%00 HTTP/1.1\r\nHost: x', status: 400, reason: 'NUL in the path' },
    { raw: 'GET /health?a=%00 HTTP/1.1\r\nHost: x', status: 400, reason: 'NUL after the path' },
    { raw: 'GET /tabs/%0d%0aX: HTTP/1.1\r\nHost: x', status: 400, reason: 'a line end in the path' },
    { raw: 'GET /tabs/%25s%25d%25n HTTP/1.1\r\nHost: x', status: 404, reason: 'what printf would look at' },
    { raw: 'GET /tabs/..%2f..%2fpackage.json HTTP/1.1\r\nHost: x', status: 404, reason: 'a way out of the folder' },
    { raw: 'GET /tabs/%2e%2e/package.json HTTP/1.1\r\nHost: x', status: 404, reason: 'the same, earlier' },
    { raw: 'GET /tabs/.. HTTP/1.1\r\nHost: x', status: 404, reason: 'the folder above' },
    {
      raw: 'GET /health HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket',
      status: 200,
      reason: 'an upgrade nobody offers',
    },
    {
      raw: 'GET /health HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAA',
      status: 200,
      reason: 'HTTP/2',
    },
    {
      raw: 'GET /health HTTP/1.1\r\nHost: x\r\nAccept-Encoding: ;;,q=\r\nAccept: ///\r\nAccept-Version: x\r\nRange: bytes=9-1',
      status: 200,
      reason: 'odd headers',
    },
    { raw: 'TRACE /health HTTP/1.1\r\nHost: x', status: 405, reason: 'TRACE' },
    { raw: 'PROPFIND /health HTTP/1.1\r\nHost: x', status: 405, reason: 'a method of others' },
    { raw: 'BREW /health HTTP/1.1\r\nHost: x', status: 400, reason: 'a method of nobody' },
    { raw: `GET /${'a'.repeat(65_536)} HTTP/1.1\r\nHost: x`, status: 431, reason: 'an endless path' },
    { raw: `GET /health HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(65_536)}`, status: 431, reason: 'an endless header' },
    {
      raw: 'GET /health HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked',
      status: 400,
      reason: 'two lengths of one body',
    },
    { raw: 'GET /health HTTP/1.1\r\nHost: x\r\nContent-Length: -1', status: 400, reason: 'a length below nothing' },
    {
      raw: 'GET /health HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: 1',
      status: 200,
      reason: 'a packed body that nobody unpacks',
    },
    {
      raw: 'GET /health HTTP/1.1\r\nHost: x\r\nExpect: the-unexpected',
      status: 417,
      reason: 'an expectation nobody meets',
    },
    { raw: 'GET /health HTTP/1.1', status: 400, reason: 'no host' },
    { raw: '\u0000\u0001\u0002', status: 400, reason: 'no HTTP' },
    { raw: '\u0016\u0003\u0001', status: 400, reason: 'TLS' },
  ])('$reason: $status', async ({ raw, status }) => {
    const url = await listening(() => []);

    const answer = await sendRaw(url, `${raw}\r\n\r\n`, { wait: 300 });

    expect(answer.status).toBe(status);
    expect((await get(`${url}/health`)).status).toBe(200);
  });

  test('CONNECT is hung up on', async () => {
    const url = await listening(() => []);

    expect(await sendRaw(url, 'CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n', { wait: 500 })).toMatchObject({
      status: null,
      closed: true,
    });
  });
});

describe('headers of every answer', () => {
  const expected = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('camera=()'),
    'cache-control': 'no-store',
    'strict-transport-security': 'max-age=31536000',
  };

  test.each([
    { raw: 'GET /health HTTP/1.1\r\nHost: x', status: 200 },
    { raw: 'HEAD /health HTTP/1.1\r\nHost: x', status: 200 },
    { raw: 'GET /tabs/config.json HTTP/1.1\r\nHost: x', status: 200 },
    { raw: 'GET /nowhere HTTP/1.1\r\nHost: x', status: 404 },
    { raw: 'GET /tabs/nowhere.js HTTP/1.1\r\nHost: x', status: 404 },
    { raw: 'DELETE /health HTTP/1.1\r\nHost: x', status: 405 },
    {
      raw: 'OPTIONS /health HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: PUT',
      status: 405,
    },
    { raw: 'GET /fails HTTP/1.1\r\nHost: x', status: 500 },
    { raw: 'GET /%zz HTTP/1.1\r\nHost: x', status: 400 },
    { raw: 'nonsense', status: 400 },
    { raw: `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x`, status: 431 },
    { raw: 'GET /health HTTP/1.1\r\nHost: x\r\nExpect: x', status: 417 },
  ])('$status', async ({ raw, status }) => {
    const url = await listening(() => [], 'https://cop.example.org');
    server?.get('/fails', async () => {
      throw new Error('a secret of the inside');
    });

    const answer = await sendRaw(url, `${raw}\r\nConnection: close\r\n\r\n`);

    expect(answer).toMatchObject({ status, headers: expected });
    expect(answer.headers).not.toHaveProperty('server');
    expect(Object.keys(answer.headers).filter(name => name.startsWith('access-control'))).toEqual([]);
    expect(answer.body).not.toContain('secret');
  });

  test('while it starts', async () => {
    expect(
      await sendRaw(
        await listening(() => null, 'https://cop.example.org'),
        'GET /api/thing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      ),
    ).toMatchObject({ status: 503, headers: expected });
  });

  test('the page may be shown in Teams, and says so itself', async () => {
    const url = await listening(() => []);

    const page = await sendRaw(url, 'GET /tabs/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');

    expect(page).toMatchObject({
      status: 200,
      headers: {
        'content-security-policy': expect.stringContaining('frame-ancestors http://localhost:1'),
        'cross-origin-opener-policy': 'unsafe-none',
        'cross-origin-resource-policy': 'cross-origin',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache',
      },
    });
    expect(page.headers).not.toHaveProperty('strict-transport-security');
  });
});

test('HEAD is GET without a body', async () => {
  const url = await listening(() => []);

  for (const path of ['/health', '/tabs/', '/tabs/config.json']) {
    const [got, asked] = await Promise.all(
      ['GET', 'HEAD'].map(method => sendRaw(url, `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)),
    );
    expect([asked?.status, asked?.body, asked?.headers['content-type']]).toEqual([
      got?.status,
      '',
      got?.headers['content-type'],
    ]);
  }
});

describe('the pages’ files', () => {
  async function fetched(path: string, accepted: string) {
    const url = await listening(() => []);
    const response = await fetch(`${url}/tabs/${path}`, { headers: { 'Accept-Encoding': accepted } });
    const { headers } = response;
    return {
      status: response.status,
      encoding: headers.get('content-encoding'),
      type: headers.get('content-type'),
      vary: headers.get('vary'),
      cached: headers.get('cache-control'),
      text: await response.text(),
    };
  }
  const whole = {
    status: 200,
    type: 'text/javascript; charset=utf-8',
    cached: 'public, max-age=31536000, immutable',
    text: script,
  };

  test.each([
    ['br', 'gzip, deflate, br'],
    ['gzip', 'gzip'],
    ['gzip', 'br;q=0, gzip'],
  ])('come packed as %s to a client that says “%s”', async (encoding, accepted) => {
    expect(await fetched('assets/a.js', accepted)).toMatchObject({ ...whole, encoding, vary: 'Accept-Encoding' });
  });

  test('come as they are to a client that unpacks nothing', async () => {
    const found = await fetched('assets/a.js', 'identity');

    expect(found).toMatchObject({ ...whole, encoding: null });
    expect(found.vary).toContain('Accept-Encoding');
  });

  test('are packed on their way where the build has not done it', async () => {
    expect(await fetched('assets/plain.js', 'gzip')).toMatchObject({ ...whole, encoding: 'gzip' });
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import type { Request, Response, Server } from 'restify';
import { gzipSync } from 'node:zlib';
import { BodyRefused, readFile, readJson } from '../../../bot/http/body.ts';
import { createHttpServer } from '../../../bot/http/server.ts';
import { localConfig } from '../../../infra/local/product.ts';
import { sendRaw, type RawAnswer } from '../../support/raw-http.ts';

const mostOfFile = 300;
let server: Server;
let url = '';
/** Bytes the server took in over the connections of a test. */
let taken = 0;

beforeAll(async () => {
  server = createHttpServer(
    localConfig({
      microsoft365Url: 'http://localhost:1',
      port: 0,
      publicUrl: 'http://localhost:3978',
      dataDir: '.data',
      logLevel: 'silent',
    }),
    () => [],
    { isProxy: () => false, noise: () => {} },
  );
  server.post('/echo', async (request: Request, response: Response) => {
    try {
      response.json(200, { read: await readJson(request, response) });
    } catch (error) {
      if (!(error instanceof BodyRefused)) throw error;
      response.json(error.status, { message: error.message });
    }
  });
  server.post('/file', async (request: Request, response: Response) => {
    try {
      response.json(200, { read: [...(await readFile(request, response, mostOfFile))] });
    } catch (error) {
      if (!(error instanceof BodyRefused)) throw error;
      response.json(error.status, { message: error.message });
    }
  });
  server.post(
    '/deaf',
    async (_request: Request, response: Response) => void response.json(401, { code: 'sign-in-needed' }),
  );
  server.on('connection', socket => socket.on('close', () => (taken += socket.bytesRead)));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise<void>(resolve => server.close(() => resolve())));

function post(path: string, headers: readonly string[], body: string | Buffer = ''): Promise<RawAnswer> {
  return sendRaw(url, [
    `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers.map(header => `${header}\r\n`).join('')}\r\n`,
    body,
  ]);
}
function json(body: string | Buffer, ...headers: readonly string[]): Promise<RawAnswer> {
  return post(
    '/echo',
    ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`, ...headers],
    body,
  );
}

describe('a body is read', () => {
  test.each([
    { body: '{"text":"größer 👍"}', read: { text: 'größer 👍' }, reason: 'JSON in UTF-8' },
    { body: '\ufeff{"a":1}', read: { a: 1 }, reason: 'JSON after a byte order mark' },
    { body: '{"a":1,"a":2}', read: { a: 2 }, reason: 'a key that comes twice: the last one counts' },
    { body: '"[[[[ {{{{ \\" ]"', read: '[[[[ {{{{ " ]', reason: 'brackets inside a text' },
    {
      body: '['.repeat(64) + ']'.repeat(64),
      read: JSON.parse('['.repeat(64) + ']'.repeat(64)) as unknown,
      reason: 'as deep as may be',
    },
    { body: '{"__proto__":{"admin":true},"b":1}', read: { b: 1 }, reason: 'without keys that reach into prototypes' },
    { body: '{"a":{"constructor":{"prototype":{"admin":true}}}}', read: { a: {} }, reason: 'nor deeper down' },
  ])('$reason', async ({ body, read }) => {
    const answer = await json(body);

    expect(answer.status).toBe(200);
    expect((JSON.parse(answer.body) as { read: unknown }).read).toEqual(read);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test.each(['application/json', 'Application/JSON; charset=utf-8', 'application/json;charset="UTF-8"'])(
    'as %s',
    async type => {
      expect((await post('/echo', [`Content-Type: ${type}`, 'Content-Length: 2'], '{}')).status).toBe(200);
    },
  );

  test('in pieces of its own length', async () => {
    expect(
      (
        await post(
          '/echo',
          ['Content-Type: application/json', 'Transfer-Encoding: chunked'],
          '5\r\n{"a":\r\n2\r\n1}\r\n0\r\n\r\n',
        )
      ).body,
    ).toBe('{"read":{"a":1}}');
  });

  test('after the client was told to go on, when it asked', async () => {
    const answer = await sendRaw(
      url,
      'POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n',
      { wait: 300 },
    );

    expect({ status: answer.status, rest: answer.body }).toEqual({ status: 100, rest: '' });
  });
});

describe('a body is refused', () => {
  test.each([
    'text/csv',
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'application/octet-stream',
    'application/json; charset=utf-16',
    'application/json; charset=utf-8; profile=x',
    'application/jsonp',
    'application/vnd.api+json',
    'json',
    '',
    'application/json, text/csv',
  ])('as %p: 415', async type => {
    expect(
      (await post('/echo', [`Content-Type: ${type}`, 'X-Content-Columns: x', 'Content-Length: 8'], 'a,b\n1,2\n'))
        .status,
    ).toBe(415);
  });

  test.each(['gzip', 'deflate', 'br', 'GZIP', 'identity, gzip', 'x', ''])(
    'with Content-Encoding %p: 415',
    async encoding => {
      expect((await json(gzipSync('{}'), `Content-Encoding: ${encoding}`)).status).toBe(415);
    },
  );

  test('identity is no encoding', async () => {
    expect((await json('{}', 'Content-Encoding: identity')).status).toBe(200);
  });

  test.each([
    { body: '{"a":', reason: 'half of JSON' },
    { body: 'null null', reason: 'more than JSON' },
    { body: '{\u0000}', reason: 'with control characters between' },
    { body: Buffer.from([0x22, 0xc3, 0x28, 0x22]), reason: 'no UTF-8' },
    { body: Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), reason: 'half a surrogate pair in UTF-8' },
    { body: '['.repeat(65) + ']'.repeat(65), reason: 'one level too deep' },
    { body: '{"a":'.repeat(40_000), reason: 'as deep as fits' },
    { body: '[{"]}":'.repeat(30_000), reason: 'as deep as fits, with brackets in its keys' },
  ])('$reason: 400', async ({ body }) => {
    expect((await json(body)).status).toBe(400);
  });

  test('none at all: 400', async () => {
    expect((await post('/echo', [])).status).toBe(400);
  });

  test('one that was cut off leaves nothing behind', async () => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{"a"');
    await new Promise(resolve => setTimeout(resolve, 50));
    socket.destroy();

    expect((await json('{}')).status).toBe(200);
  });
});

describe('a file', () => {
  function file(bytes: Buffer, type = 'application/octet-stream'): Promise<RawAnswer> {
    return post('/file', [`Content-Type: ${type}`, `Content-Length: ${bytes.length}`], bytes);
  }

  test.each([
    { bytes: [], reason: 'with nothing in it' },
    { bytes: [0xff, 0xfe, 0x31, 0x00], reason: 'of any bytes' },
    { bytes: Array<number>(mostOfFile).fill(7), reason: 'as large as may be' },
  ])('$reason is read as it is', async ({ bytes }) => {
    expect(JSON.parse((await file(Buffer.from(bytes))).body)).toEqual({ read: bytes });
  });

  test('one byte over its own limit is refused: 413', async () => {
    expect((await file(Buffer.alloc(mostOfFile + 1))).status).toBe(413);
  });

  test.each(['application/json', 'text/csv', 'multipart/form-data; boundary=x', ''])('as %p: 415', async type => {
    expect((await file(Buffer.from('{}'), type)).status).toBe(415);
  });
});

describe('a body over the limit is not read on', () => {
  test('when it says so itself: 413 before a byte of it', async () => {
    const answer = await post('/echo', [
      'Content-Type: application/json',
      'Content-Length: 1073741824',
      'Expect: 100-continue',
    ]);

    expect({ status: answer.status, connection: answer.headers['connection'], closed: answer.closed }).toEqual({
      status: 413,
      connection: 'close',
      closed: true,
    });
  });

  test('one byte more is too much, and is said to whoever sends it all', async () => {
    const fits = `"${'x'.repeat(256 * 1024 - 2)}"`;

    expect([(await json(fits)).status, (await json(`${fits} `)).status]).toEqual([200, 413]);
  });

  test.each([
    { path: '/echo', status: 413, reason: 'after the limit' },
    { path: '/deaf', status: 401, reason: 'when nobody wants it' },
    { path: '/nowhere', status: 404, reason: 'where there is nothing' },
    { path: '/health', status: 405, reason: 'where no body belongs' },
  ])('a gigabyte in pieces $reason: $status, and the connection ends', async ({ path, status }) => {
    const before = taken;
    const answer = await pour(path);

    expect(answer).toMatchObject({ status, closed: true });
    await new Promise(resolve => setTimeout(resolve, 700));
    expect(taken - before).toBeLessThan(2 * 1024 * 1024);
  });

  /** Sends pieces of a body for as long as the server takes them. */
  function pour(path: string): Promise<Pick<RawAnswer, 'status' | 'closed'>> {
    const piece = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(65_536, ' '), Buffer.from('\r\n')]);
    return new Promise(resolve => {
      let text = '';
      let left = 16_384;
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      function write(): void {
        while (left-- > 0 && socket.write(piece));
      }
      socket.on('connect', () => {
        socket.write(
          `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
        );
        write();
      });
      socket.on('drain', write);
      socket.on('data', chunk => (text += chunk.toString()));
      socket.on('error', () => {});
      socket.on('close', () => resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]), closed: left > 0 }));
    });
  }
});

test('a small body that nobody asked for does not end the connection', async () => {
  const answers = await sendRaw(
    url,
    'POST /deaf HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  );

  expect([answers.status, /HTTP\/1\.1 200 OK/.test(answers.body)]).toEqual([401, true]);
});

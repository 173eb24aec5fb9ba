import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Request, Response, Server } from 'restify';
import { readJson } from '../../../bot/http/body.ts';
import { createHttpServer } from '../../../bot/http/server.ts';
import { localConfig } from '../../../infra/local/product.ts';
import { eventually } from '../../support/engines.ts';
import { sendRaw } from '../../support/raw-http.ts';

let server: Server;
let url = '';
let trusted = '';
let sockets: Socket[];
beforeEach(async () => {
  sockets = [];
  trusted = '';
  const config = localConfig({
    microsoft365Url: 'http://localhost:1',
    port: 0,
    publicUrl: 'http://localhost:3978',
    dataDir: '.data',
    logLevel: 'silent',
  });
  server = createHttpServer(config, () => [], { isProxy: address => address === trusted, noise: () => {} });
  server.get('/slow', async (_request: Request, response: Response) => {
    await new Promise(resolve => setTimeout(resolve, 1500));
    response.json(200, {});
  });
  server.post('/read', async (request: Request, response: Response) => {
    await readJson(request, response).catch(() => {});
    response.json(200, {});
  });
  await new Promise<void>(resolve => server.listen(0, '0.0.0.0', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise<void>(resolve => server.close(() => resolve()));
});

function open(count: number, { from = '127.0.0.1', says = '' } = {}): Promise<readonly Socket[]> {
  const opened = Array.from({ length: count }, () =>
    connect({ port: Number(new URL(url).port), host: '127.0.0.1', localAddress: from }),
  );
  sockets.push(...opened);
  return Promise.all(
    opened.map(
      socket =>
        new Promise<Socket>(resolve => {
          socket.on('error', () => {});
          socket.once('connect', () => {
            if (says !== '') socket.write(says);
            resolve(socket);
          });
        }),
    ),
  );
}
function connections(): Promise<number> {
  return new Promise(resolve =>
    (
      server as unknown as { server: { getConnections(done: (error: unknown, count: number) => void): void } }
    ).server.getConnections((_error, count) => resolve(count)),
  );
}
function health(from: string): Promise<number | null> {
  return sendRaw(url, 'GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', { from }).then(
    ({ status }) => status,
  );
}

test('whoever opens a thousand and says nothing keeps two hundred, and the next one to ask is answered, from any address', async () => {
  await open(500);
  await open(500, { says: 'GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ' });

  await eventually('two hundred connections', async () => (await connections()) === 200);
  expect(await Promise.all(['127.0.0.1', '127.0.0.2'].map(health))).toEqual([200, 200]);
});

test('nobody is hung up on while their answer is made', async () => {
  const [busy] = await open(1, { says: 'GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' });
  const answer = new Promise<string>(resolve => busy?.once('data', chunk => resolve(chunk.toString())));
  await new Promise(resolve => setTimeout(resolve, 100));

  await open(400);

  expect(await answer).toMatch(/^HTTP\/1\.1 200/);
});

test('a connection that was answered may be used again, and counts as silent', async () => {
  const [first] = await open(1, { says: 'GET /health HTTP/1.1\r\nHost: x\r\n\r\n' });
  await new Promise(resolve => first?.once('data', resolve));
  const ended = new Promise<void>(resolve => first?.once('close', () => resolve()));

  await open(200);

  await ended;
  expect(first?.destroyed).toBe(true);
});

test('our proxy may have as many as it needs', async () => {
  trusted = '127.0.0.1';

  await open(300);

  await eventually('three hundred connections', async () => (await connections()) === 300);
});

test('headers and bodies that do not end are cut off in time', async () => {
  const headers = sendRaw(url, 'GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ', { wait: 15_000 });
  const silence = sendRaw(url, '', { wait: 15_000, from: '127.0.0.2' });
  const body = sendRaw(
    url,
    'POST /read HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{',
    { wait: 25_000 },
  );

  expect(await headers).toMatchObject({ status: 408, closed: true });
  expect(await silence).toMatchObject({ closed: true });
  expect(await body).toMatchObject({ closed: true });
});

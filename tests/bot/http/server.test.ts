import { afterEach, expect, test } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import type { Server } from 'restify';
import type { HealthPart } from '../../../bot/http/health.ts';
import { createHttpServer } from '../../../bot/http/server.ts';
import { localConfig } from '../../../infra/local/product.ts';

let server: Server | undefined;
afterEach(async () => {
  await new Promise<void>(resolve => server?.close(() => resolve()));
});

async function listening(health: () => readonly HealthPart[] | null): Promise<string> {
  const config = localConfig({ microsoft365Url: 'http://localhost:1', port: 0, publicUrl: 'http://localhost:3978', dataDir: '.data', logLevel: 'silent' });
  server = createHttpServer(config, health);
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
  expect(await get(`${url}/api/thing`)).toEqual({ status: 503, body: { code: 'unavailable', message: 'The server is starting' } });

  parts = [];
  expect(await get(`${url}/api/thing`)).toEqual({ status: 200, body: { fine: true } });
});

test('a part that does not work makes the whole not ready, and whoever asks does not read why', async () => {
  const url = await listening(() => [
    { name: 'database', check: () => Promise.reject(new Error('connection refused')) },
    { name: 'other', check: async () => undefined },
  ]);

  expect(await get(`${url}/health`)).toEqual({ status: 503, body: { state: 'not ready', parts: { database: 'not ready, the server’s log says why', other: 'ready' } } });
});

test('a part that works may say what is worth knowing', async () => {
  const url = await listening(() => [{ name: 'messages', check: async () => 'waiting for more than 15 minutes: 3 throttled' }]);

  expect(await get(`${url}/health`)).toEqual({ status: 200, body: { state: 'ready', parts: { messages: 'waiting for more than 15 minutes: 3 throttled' } } });
});

test('what does not exist is said in JSON', async () => {
  const url = await listening(() => []);

  expect(await get(`${url}/nowhere`)).toMatchObject({ status: 404, body: { code: 'not-found' } });
});

test('the description of the tabs is for them: hosts, app and sign-in', async () => {
  const url = await listening(() => []);

  expect((await get(`${url}/tabs/config.json`)).body).toMatchObject({ hostOrigins: ['http://localhost:1'], authorizeUrl: expect.stringMatching(/\/oauth2\/v2\.0\/authorize$/) });
});

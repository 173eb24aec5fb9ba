import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../support/engines.ts';
import { startSystem, type System } from '../support/system.ts';
import { tenant } from '../../infra/local/directory.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem({ sample: false });
});
afterAll(() => system.stop());

async function health(path: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${system.productUrl}/health${path}`);
  return { status: response.status, body: await response.json() };
}
const gaps = () => system.log.filter(({ gap }) => gap !== undefined);

test('a server that has all it needs is ready, and its log has nothing to mend', async () => {
  expect(await health('/ready')).toEqual({
    status: 200,
    body: { state: 'ready', parts: { database: 'ready', messages: 'ready', 'sign-in': 'ready' } },
  });
  await system.night();

  expect(gaps()).toEqual([]);
});

test('one with a wrong secret is alive and not ready, and its log says from the start what to do', async () => {
  system.microsoft365.entra.registration.setSecrets([{ value: 'another', ends: null }]);
  await system.restart();
  await eventually('the log', () => gaps().length === 2);

  expect(await health('/live')).toEqual({ status: 200, body: { state: 'live', version: expect.any(String) } });
  const ready = await health('/ready');
  expect(ready).toEqual({
    status: 503,
    body: {
      state: 'not ready',
      parts: { database: 'ready', messages: 'ready', 'sign-in': 'not ready, the server’s log says why' },
    },
  });
  expect(gaps()).toMatchObject([
    { check: 'graph-token', gap: 'secret-wrong', todo: expect.stringContaining('MICROSOFT_APP_PASSWORD') },
    { check: 'connector-token', gap: 'secret-wrong' },
  ]);
  // Anybody may ask: no id of the tenant or the app, and nowhere the secret.
  expect(JSON.stringify(ready)).not.toMatch(new RegExp(`${tenant.appId}|${tenant.id}|AADSTS`));
  expect(JSON.stringify(system.log)).not.toContain(tenant.appSecret);
});

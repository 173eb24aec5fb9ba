import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chmod, mkdir, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import getPort from 'get-port';
import { temporaryFolder, within } from '../support/clean-up.ts';
import { eventually } from '../support/engines.ts';
import { startProcess, type ServerProcess } from '../support/server-process.ts';

/** The production server as `npm run serve` starts it. */
let folder: string;
let taken: Server;
beforeAll(async () => {
  folder = (await temporaryFolder('start')).path;
  await mkdir(join(folder, 'tabs'));
  await writeFile(join(folder, 'tabs/index.html'), '<!doctype html>');
  taken = createServer();
  await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise(resolve => taken.close(resolve)));

async function environment(more: Record<string, string> = {}): Promise<Record<string, string>> {
  return {
    PUBLIC_URL: 'https://cop.example.org',
    MICROSOFT_TENANT_ID: '11111111-2222-4333-8444-555555555555',
    MICROSOFT_APP_ID: '11111111-2222-4333-8444-555555555556',
    MICROSOFT_APP_PASSWORD: 'a secret',
    HOST: '127.0.0.1',
    PORT: String(await getPort()),
    TABS_DIR: join(folder, 'tabs'),
    DATA_DIR: join(folder, 'data'),
    ...more,
  };
}

async function serve(more: Record<string, string> = {}): Promise<ServerProcess & { readonly url: string }> {
  const given = await environment(more);
  return { ...startProcess('bot/index.ts', given), url: `http://127.0.0.1:${given['PORT']}` };
}

async function stateOf(url: string): Promise<string> {
  const response = await fetch(`${url}/health/ready`).catch(() => null);
  return response ? ((await response.json()) as { state: string }).state : 'starting';
}

test.each<[string, () => Promise<Record<string, string>>, RegExp]>([
  [
    'no database listens',
    async () => ({ DATABASE_URL: `postgres://cop:secret@127.0.0.1:${await getPort()}/cop` }),
    /^DATABASE_URL leads to /,
  ],
  [
    'the folder cannot be made',
    async () => ({ DATA_DIR: '/proc/nope' }),
    /^DATA_DIR is \/proc\/nope, and nothing can be kept there: /,
  ],
  [
    'there are no tabs',
    async () => ({ TABS_DIR: join(folder, 'nowhere') }),
    /^TABS_DIR is .*nowhere, and there are no tabs in .*: run npm run build, /,
  ],
  [
    'the port is taken',
    async () => ({ PORT: String((taken.address() as AddressInfo).port) }),
    /^HOST is 127\.0\.0\.1 and PORT is \d+: something else on this machine listens there\. Stop it, or set PORT to another\.$/,
  ],
  [
    'the host is none of this machine',
    async () => ({ HOST: '192.0.2.1' }),
    /^HOST is 192\.0\.2\.1 and PORT is \d+: this machine has no such address\. /,
  ],
])(
  'a start that cannot succeed ends with one sentence that says what, where and what to do: %s',
  async (_what, more, says) => {
    const server = await serve(await more());

    const code = await within(30_000, 'it to end', server.gone, server.said);

    expect({ code, lines: server.said().trim().split('\n') }).toEqual({
      code: 1,
      lines: [expect.stringMatching(says)],
    });
    expect(server.said()).not.toMatch(/secret|\bat .*:\d+:\d+/);
  },
);

describe('what the server keeps on its machine', () => {
  test('is for its own account alone, also in a folder that was open before', async () => {
    const data = join(folder, 'open');
    await mkdir(data, { mode: 0o755 });
    await chmod(data, 0o755);
    const server = await serve({ DATA_DIR: data });
    await eventually(
      'the server to be ready',
      // Entra does not know this app, and where it can be reached it says so.
      async () => (await stateOf(server.url)) !== 'starting',
      30_000,
    );

    const modes = await Promise.all(
      [data, join(data, 'database'), join(data, 'database/PG_VERSION')].map(
        async path => (await stat(path)).mode & 0o077,
      ),
    );

    expect(modes).toEqual([0, 0, 0]);
  });
});

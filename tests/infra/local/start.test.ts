import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import getPort from 'get-port';
import type { ListView } from '../../../infra/local/desk/views.ts';
import { samplePeople, sampleTeam } from '../../../infra/local/sample-people.ts';
import { temporaryFolder, within } from '../../support/clean-up.ts';
import { eventually } from '../../support/engines.ts';
import { startProcess, type ServerProcess } from '../../support/server-process.ts';

/** `npm start`, without the launcher. */
let data: string;
let ports: { port: number; localPort: number };
let server: ServerProcess | undefined;
beforeEach(async () => {
  data = join((await temporaryFolder('npm-start')).path, 'data');
  ports = { port: await getPort(), localPort: await getPort() };
});
afterEach(() => server?.stop());

function start(more: Record<string, string> = {}): ServerProcess {
  server = startProcess('infra/local/start.ts', {
    PORT: String(ports.port),
    LOCAL_PORT: String(ports.localPort),
    DATA_DIR: data,
    ...more,
  });
  return server;
}
async function health(): Promise<{ status: number; parts: Record<string, string> }> {
  const response = await fetch(`http://localhost:${ports.port}/health`).catch(() => null);
  return {
    status: response?.status ?? 0,
    parts: response ? ((await response.json()) as { parts: Record<string, string> }).parts : {},
  };
}
async function desk(call: string, body: object): Promise<boolean> {
  const response = await fetch(`http://localhost:${ports.localPort}/desk/api/${call}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null);
  return response?.ok ?? false;
}
const isReady = () =>
  eventually('npm start to be ready', () => server!.said().includes('CoP Companion is ready.'), 60_000);

test('says in friendly sentences when all is ready, and /health is ready no sooner', async () => {
  // Open, as an earlier version left it.
  await mkdir(data);
  await chmod(data, 0o755);
  start();

  const before = await eventually(
    'the product to answer',
    async () => {
      const { status, parts } = await health();
      return 'sample' in parts && { status, sample: parts['sample'], said: server!.said() };
    },
    30_000,
  );
  await isReady();
  const after = await health();

  expect(before).toEqual({ status: 503, sample: 'not ready, the server’s log says why', said: '' });
  expect(after).toEqual({
    status: 200,
    parts: { database: 'ready', messages: 'ready', 'sign-in': 'ready', sample: 'ready' },
  });
  expect(server!.said().trim().split(/\n\s*/)).toEqual([
    'CoP Companion is ready.',
    expect.stringMatching(/^Open the desk: /),
    expect.stringMatching(/^The bot and its tabs are at /),
  ]);
  expect(await readFile(join(data, 'server.log'), 'utf8')).toContain('a message was not delivered');
  const modes = await Promise.all(
    ['', ...(await readdir(data, { recursive: true }))].map(async name => (await stat(join(data, name))).mode & 0o077),
  );
  expect([...new Set(modes)]).toEqual([0]);
});

describe('what happens to the sample while it is set up does not end the rest', () => {
  const owner = samplePeople[0]!.id;

  test('somebody takes the app out of its team, and starts again later', async () => {
    start();
    await eventually('the app to be taken out', () => desk('uninstall', { team: sampleTeam.id, by: owner }), 90_000);
    await isReady();

    expect(server!.said()).toContain(
      `The app is not in ${sampleTeam.displayName} any more, so the sample stays as it is. Add the app again on the desk to go on.`,
    );
    expect(await health()).toMatchObject({ status: 200 });
    await server!.stop();
    start();
    await isReady();
    expect((await health()).status).toBe(200);
  });

  test('its owner leaves', async () => {
    start();
    await eventually('the owner to leave', () => desk('leave', { team: sampleTeam.id, users: [owner] }), 90_000);
    await isReady();

    expect(server!.said()).toContain('The sample community could not be set up to the end; what is there works.');
    expect(await health()).toMatchObject({ status: 200 });
  });
});

describe('begins anew from the desk', () => {
  async function plan(): Promise<ListView | undefined> {
    const response = await fetch(`http://localhost:${ports.localPort}/desk/api/lists?team=${sampleTeam.id}`);
    const { lists } = (await response.json()) as { lists: ListView[] };
    return lists.find(({ name }) => name === 'CoP Plan');
  }
  const titles = async () => (await plan())?.rows.map(({ values }) => values['Title']);

  test('what somebody did is gone, what others keep in the folder is not, and the sample is there', async () => {
    start();
    await eventually('the desk to open', () => desk('latency', { milliseconds: 0 }), 30_000);
    expect(await desk('begin-anew', {})).toBe(false);
    await isReady();
    await writeFile(join(data, 'notes.txt'), 'mine');
    await desk('leave', { team: sampleTeam.id, users: [samplePeople[3]!.id] });
    const before = await titles();
    const list = { team: sampleTeam.id, list: (await plan())?.id, user: samplePeople[0]!.id };
    expect(await desk('delete-row', { ...list, row: '1' })).toBe(true);
    expect(await titles()).not.toEqual(before);
    await desk('clock', { days: 40, zone: 'Europe/London' });

    expect(await desk('begin-anew', {})).toBe(true);
    await eventually('it to be ready again', () => server!.said().includes('CoP Companion is ready again.'), 60_000);

    expect(await titles()).toEqual(before);
    const response = await fetch(`http://localhost:${ports.localPort}/desk/api/state`);
    const state = (await response.json()) as { clock: object; teams: { members: string[] }[] };
    expect(state.clock).toMatchObject({ moved: false });
    expect(state.teams[0]?.members).toContain(samplePeople[3]!.id);
    expect(await readFile(join(data, 'notes.txt'), 'utf8')).toBe('mine');
    expect(await health()).toMatchObject({ status: 200 });
  }, 120_000);
});

test.each([
  [
    'PORT',
    /^HOST is 127\.0\.0\.1 and PORT is \d+: something else on this machine listens there\. Stop it, or set PORT to another\.$/,
  ],
  [
    'LOCAL_PORT',
    /^LOCAL_PORT is \d+: something else on this machine listens there\. Stop it, or choose another, such as LOCAL_PORT=4366 npm start\.$/,
  ],
])('one sentence says that the port is taken: %s', async (name, says) => {
  const taken = createServer();
  await new Promise<void>(resolve =>
    taken.listen(name === 'PORT' ? ports.port : ports.localPort, '127.0.0.1', resolve),
  );

  const code = await within(30_000, 'it to end', start().gone, server!.said);

  expect({ code, said: server!.said().trim() }).toEqual({ code: 1, said: expect.stringMatching(says) });
  await new Promise(resolve => taken.close(resolve));
});

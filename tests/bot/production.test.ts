import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import getPort from 'get-port';
import { api } from '../../domain/api.ts';
import { tenant } from '../../infra/local/directory.ts';
import type { Message } from '../../infra/local/connector/index.ts';
import { startMicrosoft365, type Microsoft365 } from '../../infra/local/microsoft365.ts';
import { samplePeople, sampleTeam, seedPeople } from '../../infra/local/sample-people.ts';
import { temporaryFolder, untilEnd, within } from '../support/clean-up.ts';
import { eventually } from '../support/engines.ts';
import { fillWithDatabase } from '../support/prepared.ts';
import { makeProductionClone } from '../support/production-clone.ts';
import { startProcess, type ServerProcess } from '../support/server-process.ts';
import { leadHosts, makeCertificate, type LedHosts } from '../support/tls.ts';

/**
 * `npm run serve` as an administrator runs it: from a clone with the packages for production only, by its environment
 * alone, against Microsoft's own addresses over TLS. These lead to a local Microsoft 365, whose certificate the server
 * trusts as a company's proxy is trusted: by NODE_EXTRA_CA_CERTS. The app proves itself with a certificate, without any
 * secret.
 */
const microsoftHosts = {
  'graph.microsoft.com': '/graph',
  'login.microsoftonline.com': '',
  'login.botframework.com': '',
  'smba.trafficmanager.net': '',
} as const;
const owner = samplePeople[0]!;

let clone: string;
let microsoft365: Microsoft365;
let led: Omit<LedHosts, 'close'>;
let server: ServerProcess;
let url: string;

beforeAll(async () => {
  clone = (await temporaryFolder('production')).path;
  makeProductionClone(clone);
  const port = await getPort();
  url = `http://127.0.0.1:${port}`;
  microsoft365 = await startMicrosoft365({ port: 0, dataDir: null, productUrl: () => url, addresses: 'microsoft' });
  untilEnd(() => microsoft365.close());
  seedPeople(microsoft365.directory);
  microsoft365.graph.grantSite(sampleTeam.id, 'fullcontrol');
  const made = await makeCertificate(Object.keys(microsoftHosts));
  await writeFile(join(clone, 'authority.pem'), made.certificate);
  const proof = await makeCertificate(['cop.example.org']);
  microsoft365.entra.registration.setSecrets([]);
  microsoft365.entra.registration.setCertificates([proof.certificate]);
  await writeFile(join(clone, 'app.pem'), proof.certificate + proof.key);
  const hosts = Object.entries(microsoftHosts).map(([name, path]) => [name, microsoft365.url + path] as const);
  led = await leadHosts(Object.fromEntries(hosts), made);

  await fillWithDatabase(join(clone, 'data'));
  server = startProcess(
    'bot/index.ts',
    {
      PORT: String(port),
      HOST: '127.0.0.1',
      PUBLIC_URL: 'https://cop.example.org',
      MICROSOFT_TENANT_ID: tenant.id,
      MICROSOFT_APP_ID: tenant.appId,
      MICROSOFT_APP_CERTIFICATE: join(clone, 'app.pem'),
      DATA_DIR: join(clone, 'data'),
      NODE_ENV: 'production',
      NODE_EXTRA_CA_CERTS: join(clone, 'authority.pem'),
      NODE_USE_ENV_PROXY: '1',
      HTTPS_PROXY: led.proxy,
    },
    clone,
  );
  await within(
    80_000,
    'the server to be ready',
    eventually('health', async () => (await health()) === 200, 90_000),
    () => server.said(),
  );
});
afterAll(() => server.stop());

async function health(): Promise<number> {
  return fetch(`${url}/health/ready`).then(
    ({ status }) => status,
    () => 0,
  );
}

async function ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url + path.replace('{community}', sampleTeam.id), {
    method,
    headers: {
      Authorization: `Bearer ${await microsoft365.entra.issueTabToken(owner.id)}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json', 'If-None-Match': '*' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

test('the clone has no package for development', () => {
  expect(existsSync(join(clone, 'node_modules/restify'))).toBe(true);
  for (const name of ['jest', 'typescript', 'vite', 'react'])
    expect(existsSync(join(clone, 'node_modules', name))).toBe(false);
});

test('the app is added: the activity is believed, and the bot’s card arrives', async () => {
  const deliveries = await microsoft365.connector.installApp(sampleTeam.id, owner.id);

  expect(deliveries.map(({ status }) => status)).toEqual(deliveries.map(() => 200));
  await eventually('the card in the channel', () =>
    microsoft365.store
      .collection<Message>('messages')
      .values()
      .some(({ cards }) => JSON.stringify(cards).includes('Hello, I am CoP Companion')),
  );
});

test('its owner sets it up in the tab, which makes the lists in the team’s site', async () => {
  const opened = await ask('GET', api.community.path);
  const saved = await ask('PUT', api.saveSettings.path, {
    timeZone: 'Europe/London',
    coordinators: [{ id: owner.id, name: owner.displayName }],
    facilitation: {
      day: 1,
      time: '09:00',
      facilitators: [{ id: owner.id, name: owner.displayName }],
      destination: 'chats',
    },
  });
  const lists = await ask('POST', api.provision.path, {});

  expect([opened.status, saved.status]).toEqual([200, 200]);
  expect(lists.body).toMatchObject({ lists: expect.arrayContaining([{ name: 'CoP Charter', state: 'ready' }]) });
});

test('it asked Microsoft’s addresses, its own public one and nobody else', () => {
  expect(led.asked.toSorted()).toEqual(
    [...Object.keys(microsoftHosts), 'cop.example.org'].map(name => `${name}:443`).toSorted(),
  );
});

test('it ends when it is told to, with nothing left undone', async () => {
  await server.stop('SIGTERM');

  expect(await within(25_000, 'the server to end', server.gone)).toBe(0);
});

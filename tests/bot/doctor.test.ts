import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createCommunities } from '../../bot/database/communities.ts';
import type { Report } from '../../bot/checks/report.ts';
import { openDatabase } from '../../bot/database/connection.ts';
import { tenant } from '../../infra/local/directory.ts';
import { startMicrosoft365, type Microsoft365 } from '../../infra/local/microsoft365.ts';
import { samplePeople, sampleTeam, seedPeople } from '../../infra/local/sample-people.ts';
import { temporaryFolder, untilEnd, within } from '../support/clean-up.ts';
import { startPostgres, type Postgres } from '../support/postgres.ts';
import { startProcess } from '../support/server-process.ts';
import { leadHosts, makeCertificate } from '../support/tls.ts';

// `npm run doctor` as an administrator runs it: a program of its own, with the server's environment, that asks
// Microsoft's own addresses. A local Microsoft 365 answers there.

const address = 'cop.example.org';
let microsoft365: Microsoft365;
let postgres: Postgres;
let environment: Record<string, string>;

beforeAll(async () => {
  microsoft365 = await startMicrosoft365({ port: 0, dataDir: null, productUrl: () => `https://${address}` });
  untilEnd(() => microsoft365.close());
  seedPeople(microsoft365.directory);
  const server = createServer((_request, response) => void response.end('{"state":"live"}'));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()));
  untilEnd(async () => void server.close());

  const folder = (await temporaryFolder('doctor')).path;
  const hosts = {
    'graph.microsoft.com': `${microsoft365.url}/graph`,
    'login.microsoftonline.com': microsoft365.url,
    [address]: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  };
  const made = await makeCertificate(Object.keys(hosts));
  await writeFile(join(folder, 'authority.pem'), made.certificate);
  postgres = await startPostgres();
  environment = {
    PUBLIC_URL: `https://${address}`,
    MICROSOFT_TENANT_ID: tenant.id,
    MICROSOFT_APP_ID: tenant.appId,
    MICROSOFT_APP_PASSWORD: tenant.appSecret,
    MICROSOFT_APP_PASSWORD_ENDS: '2099-01-01',
    DATABASE_URL: await postgres.database(),
    NODE_EXTRA_CA_CERTS: join(folder, 'authority.pem'),
    NODE_USE_ENV_PROXY: '1',
    HTTPS_PROXY: (await leadHosts(hosts, made)).proxy,
  };
}, 60_000);
afterAll(() => postgres.stop());

async function doctor(more: Record<string, string> = {}, ...args: string[]): Promise<{ code: unknown; said: string }> {
  const run = startProcess('bot/doctor.ts', { ...environment, ...more }, undefined, args);
  const code = await within(60_000, 'the doctor', run.gone, run.said);
  return { code, said: run.said() };
}

describe('npm run doctor', () => {
  test('finds nothing to mend where there is nothing, before the first start too', async () => {
    const { code, said } = await doctor();

    expect(said).toMatch(/^CoP Companion \d+\.\d+\.\d+ at https:\/\/cop\.example\.org\n/);
    expect(said).toContain('✔ Entra gives the app a token for Microsoft Graph');
    expect(said).toContain('✔ The certificate of its public address stays good for a while\n');
    expect(said).toContain(
      '· The database can be reached and takes writes\n      The database answers and has no tables yet',
    );
    expect(said).toMatch(/\n\nNothing needs mending\.\n$/);
    expect(code).toBe(0);
  });

  test('does not pass over what it could not look at', async () => {
    const { code, said } = await doctor({ DATABASE_URL: '', MICROSOFT_APP_PASSWORD_ENDS: '' });

    expect(said).toMatch(
      /\n\nNothing that could be looked at needs mending\.\n2 things could not be looked at: beside each \? stands why\.\n$/,
    );
    expect(code).toBe(0);
  });

  test('says of each community what is missing, with the line that mends it', async () => {
    const database = await openDatabase({ databaseUrl: environment['DATABASE_URL']!, dataDir: null });
    const communities = createCommunities(
      database.db,
      () => new Date(),
      async () => {},
      async () => {},
    );
    await communities.install({
      id: sampleTeam.id,
      name: sampleTeam.displayName,
      generalChannelId: sampleTeam.threadId,
      channelId: sampleTeam.threadId,
      serviceUrl: 'https://smba.trafficmanager.net/teams/',
      by: { id: samplePeople[0]!.id, name: samplePeople[0]!.displayName },
    });
    await database.db
      .updateTable('communities')
      .set({
        site_id: 'cedarvalley.sharepoint.example:/sites/DataStorytellers:',
        site_url: 'https://cedarvalley.sharepoint.example/sites/DataStorytellers',
      })
      .execute();
    await database.close();

    const { code, said } = await doctor();

    expect(said).toContain(`\n\nData Storytellers (team ${sampleTeam.id})\n`);
    expect(said).toMatch(
      /✘ The app reaches the team’s SharePoint site\n +The app has no role [^\n]+\n +Who can mend it: A SharePoint Administrator\.\n +What to do: npm run grant -- https:\/\/cedarvalley\.sharepoint\.example\/sites\/DataStorytellers\n/,
    );
    expect(said).toMatch(/\n\n2 things need mending\.\n$/);
    expect(code).toBe(1);
  });

  test('with a wrong secret ends with 1 and says so to programs, too; no secret is in it', async () => {
    const { code, said } = await doctor({ MICROSOFT_APP_PASSWORD: 'not-the-secret' }, '--json');

    const report = JSON.parse(said) as Report;
    expect(report.server.find(({ check }) => check === 'graph-token')).toEqual({
      check: 'graph-token',
      state: 'gap',
      title: 'Entra gives the app a token for Microsoft Graph',
      happened: expect.stringContaining('AADSTS7000215'),
      who: expect.any(String),
      todo: expect.stringContaining('npm run provision -- --renew-secret'),
    });
    expect(report.gaps).toBe(2);
    expect(code).toBe(1);
    expect(said).not.toMatch(new RegExp(`not-the-secret|${tenant.appSecret}|eyJ`));
  });

  test('a database that does not answer is one gap, and the rest is looked at', async () => {
    const { code, said } = await doctor({ DATABASE_URL: 'postgres://cop:hidden@127.0.0.1:9/cop' });

    expect(said).toMatch(
      /✘ The database [^\n]+\n +The database does not take writes\. DATABASE_URL leads to PostgreSQL at 127\.0\.0\.1:9/,
    );
    expect(said).toContain('✔ Entra gives the app a token for the Bot Connector');
    expect(said).not.toContain('hidden');
    expect(code).toBe(1);
  });

  test('an environment that does not fit is said in one sentence', async () => {
    const { code, said } = await doctor({ MICROSOFT_TENANT_ID: 'contoso' });

    expect(said).toMatch(/^The environment does not fit:\n {2}MICROSOFT_TENANT_ID: expected a GUID/);
    expect(code).toBe(1);
  });
});

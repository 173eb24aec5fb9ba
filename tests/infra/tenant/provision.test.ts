import { beforeEach, describe, expect, test } from '@jest/globals';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createChecks } from '../../../bot/checks/checks.ts';
import { readConfig } from '../../../bot/config.ts';
import { createGraph, type Graph } from '../../../bot/graph/client.ts';
import { createEntraClient } from '../../../bot/graph/entra.ts';
import { createGraphThrottle } from '../../../bot/graph/throttle.ts';
import { microsoftClients } from '../../../bot/http/sign-in.ts';
import { tenant } from '../../../infra/local/directory.ts';
import { startMicrosoft365, type Microsoft365 } from '../../../infra/local/microsoft365.ts';
import { localOutside } from '../../../infra/local/product.ts';
import { samplePeople, sampleTeam, seedPeople } from '../../../infra/local/sample-people.ts';
import { grantCommand } from '../../../infra/tenant/grant-command.ts';
import { readVariables } from '../../../infra/tenant/environment-file.ts';
import { provisionCommand } from '../../../infra/tenant/provision-command.ts';
import { temporaryFolder, untilEnd } from '../../support/clean-up.ts';
import { makeCertificate } from '../../support/tls.ts';
import { runAs, type Done } from './administrator.ts';

const administrator = { userId: samplePeople.at(-1)!.id };
const member = { userId: sampleTeam.members[1]!.userId };
const publicUrl = 'https://cop.example.org';
const told = {
  MICROSOFT_TENANT_ID: tenant.id,
  PUBLIC_URL: publicUrl,
  DEVELOPER_NAME: 'Cedar Valley',
  WEBSITE_URL: 'https://www.example.org/help',
  PRIVACY_URL: 'https://www.example.org/privacy',
  TERMS_URL: 'https://www.example.org/terms',
};

let microsoft365: Microsoft365;
let folder: string;
let file: string;
let writes: string[];
beforeEach(async () => {
  const started = await startMicrosoft365({ port: 0, dataDir: null, productUrl: () => publicUrl });
  untilEnd(() => started.close());
  microsoft365 = started;
  seedPeople(microsoft365.directory);
  microsoft365.entra.consent.setAdministrators([administrator.userId]);
  folder = (await temporaryFolder('provision')).path;
  file = join(folder, '.env');
  writes = [];
});

interface Run {
  readonly who?: { readonly userId: string };
  readonly args?: readonly string[];
  /** What somebody answers, one after the other; nobody is there when left out. */
  readonly answers?: string[];
}

async function provision({ who = administrator, args = [], answers }: Run = {}): Promise<Done> {
  const { fetch } = localOutside(microsoft365);
  const counting: typeof fetch = (input, init) => {
    if ((init?.method ?? 'GET') !== 'GET') writes.push(`${init?.method} ${String(input).split('/v1.0')[1]}`);
    return fetch(input, init);
  };
  const ask = answers ? async () => answers.shift() ?? '' : null;
  return runAs(
    microsoft365,
    who,
    (given, surroundings) => provisionCommand(given, surroundings, { ask, apart: 0 }),
    ['--file', file, '--package', join('..', '..', folder, 'app.zip'), ...args],
    { fetch: counting },
  );
}

/** What an unattended run is given. */
async function tell(more: Record<string, string> = {}): Promise<string> {
  const path = join(folder, 'answers');
  const lines = Object.entries({ ...told, ...more }).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(path, lines.join(''));
  return path;
}
const unattended = async (...more: string[]) => ({ args: ['--unattended', '--from', await tell(), ...more] });

/** The server that would start with the file, as far as Entra and Graph see it. */
function server(): { readonly graph: Graph; checks(): Promise<Record<string, string>> } {
  const config = readConfig(readVariables(file));
  const { fetch, networkClient } = localOutside(microsoft365);
  const client = createEntraClient(config, networkClient);
  const throttle = createGraphThrottle({ unitsAMinute: 10_000 });
  const graph = createGraph({ client, people: client, fetch, throttle })('app');
  const checks = createChecks({ config, client, graph, db: null, channelTabs: {} as never, fetch });
  return {
    graph,
    checks: async () => Object.fromEntries((await checks.server()).map(({ check, finding }) => [check, finding.state])),
  };
}

const applicationOf = (appId: string) => {
  const { applications } = microsoft365.entra;
  return applications.shown(applications.find({ appId })!);
};

describe('npm run provision', () => {
  test('makes everything in one run, and the server that starts with it lacks nothing but its sites', async () => {
    const { code, said } = await provision(await unattended());

    expect(code).toBe(0);
    expect(said).toContain(
      '(Application.ReadWrite.All, AppRoleAssignment.ReadWrite.All, DelegatedPermissionGrant.ReadWrite.All)',
    );
    const variables = readVariables(file);
    expect(variables).toEqual({
      ...told,
      MICROSOFT_APP_ID: expect.stringMatching(/^[0-9a-f-]{36}$/),
      MICROSOFT_APP_PASSWORD: expect.any(String),
      MICROSOFT_APP_PASSWORD_ENDS: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      ADMINISTRATORS: administrator.userId,
    });
    expect(said).not.toContain(variables['MICROSOFT_APP_PASSWORD']);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await server().checks()).toMatchObject({
      'graph-token': 'good',
      'connector-token': 'good',
      permissions: 'good',
      'credential-end': 'good',
    });
    for (const left of [
      `az bot create --resource-group <group> --name cop-companion --app-type SingleTenant --appid ${variables['MICROSOFT_APP_ID']} --tenant-id ${tenant.id} --endpoint ${publicUrl}/api/messages`,
      'npm run doctor',
      'npm run grant -- ',
    ])
      expect(said).toContain(left);
  });

  test('names whoever ran it first as the one who looks after the app, and nobody beside whom it finds there', async () => {
    await writeFile(file, 'ADMINISTRATORS=somebody\n');
    const { said } = await provision(await unattended());

    expect(readVariables(file)['ADMINISTRATORS']).toBe('somebody');
    expect(said).toContain('My communities › Look after CoP Companion');
  });

  test('the registration says what Teams, the tab and Graph need, character by character', async () => {
    await provision(await unattended());
    const appId = readVariables(file)['MICROSOFT_APP_ID']!;

    const { api, identifierUris, web, signInAudience, requiredResourceAccess } = applicationOf(appId);
    const [scope] = api?.oauth2PermissionScopes ?? [];
    expect({ identifierUris, redirectUris: web?.redirectUris, signInAudience }).toEqual({
      identifierUris: [`api://cop.example.org/${appId}`],
      redirectUris: microsoft365.entra.registration.redirectUris(),
      signInAudience: 'AzureADMyOrg',
    });
    expect(api).toMatchObject({
      requestedAccessTokenVersion: 2,
      oauth2PermissionScopes: [{ value: 'access_as_user', type: 'User', isEnabled: true }],
      preAuthorizedApplications: [...microsoftClients].map(client => ({
        appId: client,
        delegatedPermissionIds: [scope?.id],
      })),
    });
    expect(requiredResourceAccess?.[0]?.resourceAccess).toEqual([
      { id: '883ea226-0bf2-4a8f-9f9d-92c9162a727d', type: 'Role' },
      { id: '89fe6a52-be36-487e-b7d8-d061c450a026', type: 'Scope' },
    ]);
    expect(microsoft365.entra.applications.grants.values()).toMatchObject([
      { consentType: 'AllPrincipals', scope: 'Sites.ReadWrite.All' },
    ]);
  });

  test('then npm run grant gives the new app a site, where it makes a list', async () => {
    await provision(await unattended());
    const site = 'https://cedarvalley.sharepoint.example/sites/DataStorytellers';
    const { graph } = server();
    const list = () =>
      graph.post('/sites/cedarvalley.sharepoint.example:/sites/DataStorytellers:/lists', {
        displayName: 'Tools',
        list: { template: 'genericList' },
      });
    await expect(list()).rejects.toThrow('403');

    const granted = await runAs(microsoft365, administrator, grantCommand, [site], {
      environment: readVariables(file),
    });

    expect(granted.code).toBe(0);
    await expect(list()).resolves.toMatchObject({ displayName: 'Tools' });
  });

  test('run again changes nothing, in Entra or in the file, and says so', async () => {
    await provision(await unattended());
    const before = await readFile(file, 'utf8');
    writes = [];
    const { code, said } = await provision(await unattended());

    expect(writes).toEqual([]);
    // What is there is one line, not a list of ticks over again.
    expect(said).toMatch(
      /^Nothing was changed, in Entra or in [^\n]+\. There already: the app registration, [^\n]+, the app package\.$/m,
    );
    expect(said).not.toContain('✔');
    expect(said).toContain('What remained when it was made, where it is not done yet:');
    expect(await readFile(file, 'utf8')).toBe(before);
    expect(code).toBe(0);
  });

  test.each([
    ['the registration was made', '/graph/v1.0/applications(appId=', 'PATCH'],
    ['the consent was half given', '/graph/v1.0/oauth2PermissionGrants', 'POST'],
    ['the secret was to be made', '/addPassword', 'POST'],
  ])('a run that broke off when %s is completed by the next', async (_what, path, method) => {
    microsoft365.faults.add({ path, method, status: 500, count: 1 });
    await provision(await unattended());
    const { code } = await provision(await unattended());

    expect(code).toBe(0);
    expect(await server().checks()).toMatchObject({ 'graph-token': 'good', permissions: 'good' });
    // One app, one secret, one consent: nothing was made twice.
    const { applications } = microsoft365.entra;
    expect([applications.principals.values().length, applications.grants.values().length]).toEqual([1, 1]);
    expect(applicationOf(readVariables(file)['MICROSOFT_APP_ID']!).passwordCredentials).toHaveLength(1);
  });

  test('what Graph does not know yet just after it was made is asked for again', async () => {
    microsoft365.faults.add({ path: "/graph/v1.0/servicePrincipals(appId='", method: 'PATCH', status: 404, count: 3 });
    microsoft365.faults.add({ path: '/addPassword', method: 'POST', status: 404, count: 2 });

    expect((await provision(await unattended())).code).toBe(0);
  });

  test('a new secret takes the place of the earlier one, which stays good', async () => {
    await provision(await unattended());
    const { MICROSOFT_APP_PASSWORD: earlier, MICROSOFT_APP_ID: appId = '' } = readVariables(file);
    const { said } = await provision(await unattended('--renew-secret', '--months', '12'));
    const { MICROSOFT_APP_PASSWORD: later, MICROSOFT_APP_PASSWORD_ENDS: ends = '' } = readVariables(file);

    expect(later).not.toBe(earlier);
    expect((Date.parse(ends) - Date.now()) / 86_400_000).toBeGreaterThan(360);
    expect(applicationOf(appId).passwordCredentials).toHaveLength(2);
    expect(await server().checks()).toMatchObject({ 'graph-token': 'good' });
    // Whoever renews a secret set everything else up long ago.
    expect(said).toMatch(/What remains:\n {2}1\. Stop the server .*\n {2}2\. Then take the earlier secret away: .*$/);
    expect(said).toMatch(
      /✔ The app can prove that it is the app\.\n {2}✔ There already: the app registration, [^\n]+\n/,
    );
    expect(said).not.toContain('az bot create');
  });
});

describe('instead of a secret', () => {
  test('a certificate is added to the registration, once', async () => {
    const { certificate, key } = await makeCertificate(['cop']);
    const pem = join(folder, 'app.pem');
    await writeFile(pem, certificate + key);
    const args = ['--credential', 'certificate', '--certificate', pem];
    const first = await provision(await unattended(...args));
    writes = [];
    await provision(await unattended());

    const {
      MICROSOFT_APP_PASSWORD: secret,
      MICROSOFT_APP_CERTIFICATE: kept,
      MICROSOFT_APP_ID: appId = '',
    } = readVariables(file);
    expect([first.code, secret, kept, writes]).toEqual([0, undefined, pem, []]);
    expect(applicationOf(appId).keyCredentials).toMatchObject([{ type: 'AsymmetricX509Cert', usage: 'Verify' }]);
  });

  test('a managed identity is trusted as its issuer, subject and audience say, once', async () => {
    const identity = '7e0d5a3c-91b4-4f26-8c57-2d6f0e9b1a48';
    const args = ['--credential', 'identity', '--identity', identity, '--identity-object', 'object-id'];
    await provision(await unattended(...args));
    await provision(await unattended(...args));

    const { MICROSOFT_APP_IDENTITY: kept, MICROSOFT_APP_ID: appId = '' } = readVariables(file);
    expect(kept).toBe(identity);
    expect(microsoft365.entra.applications.find({ appId })?.federated).toEqual([
      {
        id: expect.any(String),
        name: 'cop-companion',
        issuer: `https://login.microsoftonline.com/${tenant.id}/v2.0`,
        subject: 'object-id',
        audiences: ['api://AzureADTokenExchange'],
      },
    ]);
  });
});

describe('what is asked, and what is kept', () => {
  test('a person is asked for what the file does not say, and again where it does not fit', async () => {
    await writeFile(file, `# ours\nPORT=4000\nMICROSOFT_TENANT_ID=${tenant.id}\nDEVELOPER_NAME=\n`);
    const answers = [
      'http://cop.example.org',
      `${publicUrl}/`,
      'Cedar Valley',
      told.WEBSITE_URL,
      told.PRIVACY_URL,
      told.TERMS_URL,
    ];
    const { code, said } = await provision({ answers });

    expect(said).toContain('“http://cop.example.org” does not fit: expected https');
    expect([code, answers]).toEqual([0, []]);
    expect(await readFile(file, 'utf8')).toMatch(/^# ours\nPORT=4000\nMICROSOFT_TENANT_ID=/);
    expect(readVariables(file)).toMatchObject(told);
  });

  test('where nobody is there to be asked, everything that is missing is named, and nothing is made', async () => {
    const { code, said } = await provision({ args: ['--unattended'] });

    expect(said).toContain(`are missing or do not fit: ${Object.keys(told).join(', ')}.`);
    expect([code, writes]).toEqual([1, []]);
  });

  test('what the file says is not replaced without a word', async () => {
    await writeFile(file, 'PUBLIC_URL=https://earlier.example.org\n');
    const refused = await provision(await unattended());
    const kept = await readFile(file, 'utf8');
    const replaced = await provision(await unattended('--replace'));

    expect(refused.said).toContain('says something else for PUBLIC_URL. Nothing was changed.');
    expect([refused.code, kept, replaced.code]).toEqual([1, 'PUBLIC_URL=https://earlier.example.org\n', 0]);
    expect(readVariables(file)['PUBLIC_URL']).toBe(publicUrl);
  });

  test('what is written otherwise and means the same is no other answer', async () => {
    await writeFile(file, `PUBLIC_URL=${publicUrl}/\nMICROSOFT_TENANT_ID=${tenant.id.toUpperCase()}\n`);

    expect((await provision(await unattended())).code).toBe(0);
  });

  test('a file that others could read is closed', async () => {
    await writeFile(file, 'PORT=4000\n', { mode: 0o644 });
    await provision(await unattended());

    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });
});

describe('what it cannot do, it says with what to do', () => {
  test('whoever may make the app but not agree for all gets it made, and the link for whoever may', async () => {
    microsoft365.faults.add({ path: '/appRoleAssignments', method: 'POST', status: 403, count: 1 });
    const { code, said } = await provision(await unattended());
    const appId = readVariables(file)['MICROSOFT_APP_ID'];

    expect(said).toContain('✘ Nobody has agreed to the permissions');
    expect(said).toContain(
      `1. A Privileged Role Administrator or Global Administrator runs npm run provision once more, or agrees here: https://login.microsoftonline.com/${tenant.id}/adminconsent?client_id=${appId}`,
    );
    expect(code).toBe(0);
    expect((await provision(await unattended())).said).not.toContain('✘');
  });

  test('somebody who is no administrator', async () => {
    const { code, said } = await provision({ who: member, ...(await unattended()) });

    expect(said).toContain('Nobody was signed in (authorization_declined).');
    expect(code).toBe(1);
  });

  test.each<[string, string, string[], RegExp]>([
    [
      'an app that is not there',
      'MICROSOFT_APP_ID=00000000-0000-4000-8000-000000000000\n',
      [],
      /There is no app registration 00000000/,
    ],
    [
      'a secret and a certificate',
      'MICROSOFT_APP_PASSWORD=x\n',
      ['--credential', 'certificate', '--certificate', 'x.pem'],
      /proves itself with one thing only/,
    ],
    [
      'a certificate that is none',
      '',
      ['--credential', 'certificate', '--certificate', '/dev/null'],
      /expected one PEM file with the certificate and its private key/,
    ],
    ['a cloud that is none', '', ['--cloud', 'mars'], /do not fit or are missing: cloud/],
    [
      'an identity without its object',
      '',
      ['--credential', 'identity', '--identity', 'x'],
      /missing: identity, identity-object/,
    ],
  ])('%s', async (_what, before, args, says) => {
    await writeFile(file, before);
    const { code, said } = await provision(await unattended(...args));

    expect(said).toMatch(says);
    expect(code).toBe(1);
  });
});

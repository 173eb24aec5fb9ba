import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { createServer as createTlsServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import getPort from 'get-port';
import { sql } from 'kysely';
import type { Found } from '../../../bot/checks/check.ts';
import { checksText, type Checks, type FoundInCommunity } from '../../../bot/checks/checks.ts';
import text from '../../../bot/checks/text.en.json' with { type: 'json' };
import { tell } from '../../../bot/checks/tell.ts';
import { createTexts } from '../../../bot/text.ts';
import { tenant } from '../../../infra/local/directory.ts';
import { sampleTeam } from '../../../infra/local/sample-people.ts';
import { temporaryFolder, untilEnd } from '../../support/clean-up.ts';
import { makeCertificate } from '../../support/tls.ts';
import { openStage, permissions, refusing, type Choices, type Stage } from './stage.ts';

const t = createTexts(checksText).for('checks', 'en');
const day = 86_400_000;

let stage: Stage;
let folder: string;
beforeAll(async () => {
  stage = await openStage();
  folder = (await temporaryFolder('gaps')).path;
}, 60_000);

/** The names of the gaps that tests have made and the checks have found. */
const made = new Set<string>();

/** What was found, by check: a gap, a hint or what is unknown by its name, else the state. */
function namesIn(found: readonly Found[]): Record<string, string> {
  for (const { finding } of found) if (finding.state === 'gap') made.add(finding.gap);
  return Object.fromEntries(
    found.map(({ check, finding }) => [
      check,
      Object.values(finding).find((_v, index) => index === 1) ?? finding.state,
    ]),
  ) as Record<string, string>;
}

const ofServer = async (choices?: Choices) => namesIn(await stage.checks(choices).server());

async function communitiesIn(checks: Checks): Promise<readonly FoundInCommunity[]> {
  const all: FoundInCommunity[] = [];
  for await (const one of checks.communities()) all.push(one);
  return all;
}

async function ofCommunity(): Promise<Record<string, string>> {
  const communities = await communitiesIn(stage.checks());
  expect(communities.map(({ community }) => community.id)).toEqual([sampleTeam.id]);
  return namesIn(communities[0]!.found);
}

const allGood = {
  address: 'good',
  'tls-end': 'good',
  clock: 'good',
  'graph-token': 'good',
  'connector-token': 'good',
  permissions: 'good',
  'credential-end': 'good',
  database: 'good',
  notifications: 'notifications-none',
};
const healthy = { members: 'good', site: 'good', lists: 'good', tab: 'good' };

test('where everything is as it should be, there is nothing to mend', async () => {
  expect([await ofServer(), await ofCommunity()]).toEqual([allGood, healthy]);
});

describe('what Entra refuses', () => {
  const registration = () => stage.microsoft365.entra.registration;
  const consent = () => stage.microsoft365.entra.consent;

  test('a secret that is not the app’s', async () => {
    registration().setSecrets([{ value: 'another', ends: null }]);
    const found = await ofServer();
    registration().setSecrets([{ value: tenant.appSecret, ends: null }]);

    expect(found).toEqual({
      ...allGood,
      'graph-token': 'secret-wrong',
      'connector-token': 'secret-wrong',
      permissions: 'no-token',
    });
  });

  test('a secret that has ended', async () => {
    registration().setSecrets([{ value: tenant.appSecret, ends: new Date(Date.now() - day).toISOString() }]);
    const found = await ofServer();
    registration().setSecrets([{ value: tenant.appSecret, ends: null }]);

    expect(found['graph-token']).toBe('secret-ended');
  });

  test('a certificate that the registration does not have', async () => {
    const { certificate, key } = await makeCertificate(['cop']);
    const file = join(folder, 'unknown.pem');
    await writeFile(file, certificate + key);

    expect((await ofServer({ config: { credential: { kind: 'certificate', file } } }))['graph-token']).toBe(
      'certificate-unknown',
    );
  });

  test('an app and a tenant that it does not know', async () => {
    const other = '00000000-0000-4000-8000-000000000000';

    expect((await ofServer({ config: { appId: other } }))['graph-token']).toBe('app-unknown');
    expect((await ofServer({ config: { tenantId: other } }))['graph-token']).toBe('tenant-unknown');
  });

  test.each([
    [1000502, 'certificate-ended'],
    [700024, 'assertion-time'],
    [700211, 'federation'],
    [700212, 'federation'],
    [700213, 'federation'],
    [7000112, 'app-disabled'],
    [53003, 'access-blocked'],
    [7000218, 'secret-wrong'],
    [1234567, 'refused'],
  ])('and by its number alone: AADSTS%i', async (number, gap) => {
    expect((await ofServer({ networkClient: refusing(number) }))['connector-token']).toBe(gap);
  });

  test.each([
    ['does not answer', () => Promise.reject(new TypeError('fetch failed'))],
    [
      'is out of order',
      async () => ({
        headers: {},
        status: 503,
        body: { error: 'temporarily_unavailable', error_description: 'AADSTS90033: A transient error' } as never,
      }),
    ],
  ])('is not what it does when it %s: that passes', async (_what, send) => {
    const networkClient = { sendGetRequestAsync: send, sendPostRequestAsync: send };

    expect(await ofServer({ networkClient })).toMatchObject({
      'graph-token': 'no-answer-entra',
      'connector-token': 'no-answer-entra',
      permissions: 'no-token',
    });
  });

  test('the permission is missing, or there are more than one', async () => {
    consent().setApplication([]);
    const without = await ofServer();
    consent().setApplication(['Sites.Selected', 'Sites.FullControl.All']);
    const more = await stage.checks().server();
    consent().setApplication(['Sites.Selected', 'Sites.ReadWrite.All']);
    const forNotifications = await ofServer();
    consent().setApplication(['Sites.Selected']);

    expect(without['permissions']).toBe('permission-missing');
    expect(namesIn(more)['permissions']).toBe('permission-extra');
    expect(tell(more.find(({ check }) => check === 'permissions')!, t).happened).toContain('Sites.FullControl.All');
    expect(forNotifications['permissions']).toBe('permission-every-site');
  });
});

describe('what ends soon', () => {
  const secretEnding = (ends: string | undefined): Choices => ({
    config: { credential: { kind: 'secret', secret: tenant.appSecret, ...(ends ? { ends } : {}) } },
  });
  const inDays = (days: number) => new Date(Date.now() + days * day).toISOString().slice(0, 10);

  test.each([
    [inDays(10), 'secret-ends'],
    [inDays(-2), 'secret-ends'],
    [inDays(40), 'good'],
    [undefined, 'end-unread'],
  ])('a secret that ends on %s', async (ends, found) => {
    expect((await ofServer(secretEnding(ends)))['credential-end']).toBe(found);
  });

  test('a secret whose end the app may read by itself, which is more than it needs', async () => {
    const { consent, registration } = stage.microsoft365.entra;
    const ends = new Date(Date.now() + 5 * day).toISOString();
    registration.setSecrets([{ value: tenant.appSecret, ends }]);
    consent.setApplication(['Sites.Selected', 'Application.Read.All']);
    const found = await ofServer(secretEnding(undefined));
    consent.setApplication(['Sites.Selected']);
    registration.setSecrets([{ value: tenant.appSecret, ends: null }]);

    expect(found).toEqual({ ...allGood, permissions: 'permission-extra', 'credential-end': 'secret-ends' });
  });

  test('a certificate', async () => {
    const { certificate, key } = await makeCertificate(['cop'], { to: new Date(Date.now() + 20 * day) });
    stage.microsoft365.entra.registration.setCertificates([certificate]);
    const file = join(folder, 'ending.pem');
    await writeFile(file, certificate + key);

    expect(await ofServer({ config: { credential: { kind: 'certificate', file } } })).toEqual({
      ...allGood,
      'credential-end': 'certificate-ends',
    });
  });
});

describe('the clock of this machine', () => {
  test.each([
    [10 * 60_000, 'clock-fast'],
    [-10 * 60_000, 'clock-slow'],
    [60_000, 'good'],
  ])('%i milliseconds off', async (off, found) => {
    expect((await ofServer({ machineTime: () => new Date(Date.now() + off) }))['clock']).toBe(found);
  });
});

describe('the public address', () => {
  const at = (publicUrl: string): Choices => ({ config: { publicUrl } });

  test('has nobody listening', async () => {
    expect((await ofServer(at(`http://localhost:${await getPort()}`)))['address']).toBe('address-refused');
  });

  test('has a name that nobody knows', async () => {
    expect((await ofServer(at('https://cop.invalid')))['address']).toBe('address-name');
  });

  test('is answered by something else', async () => {
    expect((await ofServer(at(`${stage.microsoft365.url}/graph`)))['address']).toBe('address-other');
  });

  test('has a certificate that nobody trusts', async () => {
    const { certificate, key } = await makeCertificate(['localhost']);
    const server = createTlsServer({ cert: certificate, key }, (_request, response) => void response.end('{}'));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()));
    untilEnd(async () => void server.close());

    const url = `https://localhost:${(server.address() as AddressInfo).port}`;
    expect((await ofServer(at(url)))['address']).toBe('address-tls');
  });
});

describe('the certificate of the public address', () => {
  const known = getCACertificates('default');
  afterAll(() => setDefaultCACertificates(known));

  /** Something that ends TLS with a certificate which this machine trusts. */
  async function endTls(ends: Date): Promise<{ url: string; server: Server }> {
    const { certificate, key } = await makeCertificate(['localhost'], { to: ends });
    setDefaultCACertificates([...known, certificate]);
    const server = createTlsServer(
      { cert: certificate, key },
      (_request, response) => void response.end('{"state":"live"}'),
    );
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()));
    untilEnd(async () => void server.close());
    return { url: `https://localhost:${(server.address() as AddressInfo).port}`, server };
  }

  test.each([
    [13, 'tls-ends'],
    [15, 'good'],
  ])('ends in %i days', async (days, found) => {
    const { url } = await endTls(new Date(Date.now() + days * day + 3_600_000));
    const server = await stage.checks({ config: { publicUrl: url } }).server();

    expect(namesIn(server)).toMatchObject({ address: 'good', 'tls-end': found });
    if (found === 'good') return;
    const { happened, todo } = tell(server.find(({ check }) => check === 'tls-end')!, t);
    expect(happened).toContain(`(days left: ${days})`);
    expect(todo).toContain(`openssl s_client -connect ${new URL(url).host} -servername localhost </dev/null`);
  });

  test('is looked at anew each time: one that was renewed is seen', async () => {
    const { url, server } = await endTls(new Date(Date.now() + 5 * day));
    const before = await ofServer({ config: { publicUrl: url } });
    const renewed = await makeCertificate(['localhost'], { to: new Date(Date.now() + 90 * day) });
    setDefaultCACertificates([...known, renewed.certificate]);
    server.setSecureContext({ cert: renewed.certificate, key: renewed.key });
    const after = await ofServer({ config: { publicUrl: url } });

    expect([before['tls-end'], after['tls-end']]).toEqual(['tls-ends', 'good']);
  });

  test('cannot be seen where nobody answers, or nobody trusts it: that is the address’s gap', async () => {
    const { url } = await endTls(new Date(Date.now() + 5 * day));
    setDefaultCACertificates(known);
    const untrusted = await ofServer({ config: { publicUrl: url } });
    const silent = await ofServer({ config: { publicUrl: `https://localhost:${await getPort()}` } });

    expect(untrusted).toMatchObject({ address: 'address-tls', 'tls-end': 'no-certificate' });
    expect(silent).toMatchObject({ address: 'address-refused', 'tls-end': 'no-certificate' });
  });
});

describe('the database', () => {
  test('takes no writes', async () => {
    const { db } = stage.database;
    await sql`SET default_transaction_read_only = on`.execute(db);
    const found = await ofServer();
    await sql`SET default_transaction_read_only = off`.execute(db);

    expect(found).toEqual({ ...allGood, database: 'database' });
  });

  test('is the server’s alone where it is the embedded one', async () => {
    const checks = stage.checks({ db: null });

    expect(namesIn(await checks.server())['database']).toBe('database-embedded');
    expect(await communitiesIn(checks)).toEqual([]);
  });
});

describe('what is changed in SharePoint itself', () => {
  const kept = (refusal: 'not-granted' | 'not-reached' | null) =>
    stage.database.db
      .insertInto('list_subscriptions')
      .values({
        ...{ community: sampleTeam.id, list: 'plan', resource: 'sites/s/lists/l', secret: 'hash', heard_at: null },
        ...{ subscription: refusal === null ? 'one' : null, expires_at: refusal === null ? inAnHour : null },
        ...{ refusal, tried_at: new Date() },
      })
      .execute();
  const inAnHour = new Date(Date.now() + 3_600_000);

  test.each([
    ['not-granted', 'notifications-not-granted'],
    ['not-reached', 'notifications-not-reached'],
    [null, 'good'],
  ] as const)('is told of, or it is said why not: %s', async (refusal, name) => {
    await kept(refusal);
    const found = await ofServer();
    await stage.database.db.deleteFrom('list_subscriptions').execute();

    expect(found).toEqual({ ...allGood, notifications: name });
  });

  test('is not told of where Microsoft reaches no address over TLS', async () => {
    const config = { publicUrl: 'http://localhost:3978', localServiceUrl: null };
    expect((await ofServer({ config }))['notifications']).toBe('notifications-address');
  });
});

describe('in a community', () => {
  const { id } = sampleTeam;
  const place = () =>
    stage.database.db.selectFrom('communities').select(['site_id', 'list_ids']).executeTakeFirstOrThrow();
  const change = (values: object) => stage.database.db.updateTable('communities').set(values).execute();

  test('the app has no role on the site: the very line that mends it is shown', async () => {
    stage.microsoft365.graph.grantSite(id, null);
    const [found] = await communitiesIn(stage.checks());
    stage.microsoft365.graph.grantSite(id, 'fullcontrol');

    // What is behind the site is told in words, and not by what Graph answered.
    expect(namesIn(found!.found)).toMatchObject({ members: 'good', site: 'site-not-granted', lists: 'no-site' });
    expect(tell(found!.found.find(({ check }) => check === 'site')!, t).todo).toMatch(
      /^npm run grant -- https:\/\/cedarvalley\.sharepoint\.example\/sites\/DataStorytellers$/,
    );
  });

  test('the site is not known, is gone, or is locked', async () => {
    const { site_id: site } = await place();
    await change({ site_id: null });
    const unknown = await ofCommunity();
    await change({
      site_id:
        'cedarvalley.sharepoint.example,00000000-0000-4000-8000-000000000001,00000000-0000-4000-8000-000000000002',
    });
    const gone = await ofCommunity();
    await change({ site_id: site });
    stage.microsoft365.graph.oddities.setSiteState(id, 'archived');
    const locked = await ofCommunity();
    stage.microsoft365.graph.oddities.setSiteState(id, 'open');

    expect([unknown['site'], gone['site'], locked['site']]).toEqual(['site-unknown', 'site-gone', 'site-locked']);
    expect([unknown['lists'], gone['lists']]).toEqual(['not-set-up', 'no-site']);
  });

  test('the team has not let the app read who is in it, or is gone', async () => {
    stage.microsoft365.graph.setTeamConsent(id, []);
    const refused = await ofCommunity();
    stage.microsoft365.graph.setTeamConsent(id, permissions);
    await change({ id: '00000000-0000-4000-8000-00000000abcd' });
    const [gone] = await communitiesIn(stage.checks());
    await change({ id });

    expect(refused['members']).toBe('members-not-granted');
    expect(namesIn(gone!.found)['members']).toBe('team-gone');
  });

  test('a list is missing; before set-up there are none to miss', async () => {
    const { directory, graph } = stage.microsoft365;
    const bare = { ...sampleTeam, id: '00000000-0000-4000-8000-00000000bbbb', sitePath: '/sites/bare' };
    directory.putTeam(bare);
    graph.grantSite(bare.id, 'fullcontrol');
    const { site_id: site, list_ids: lists } = await place();
    await change({ site_id: await stage.siteOf(bare.id), list_ids: {} });
    const missing = await ofCommunity();
    await change({ site_id: site, list_ids: lists });
    await change({ settings: null });
    const before = await ofCommunity();
    await change({ settings: {} });

    expect([missing['lists'], before['lists']]).toEqual(['lists-missing', 'not-set-up']);
  });

  test('the tab was removed, or there never was one', async () => {
    const { tab } = await stage.database.db.selectFrom('communities').select('tab').executeTakeFirstOrThrow();
    await change({ tab: { ...tab, channel: sampleTeam.threadId, entity: 'another' } });
    const gone = await ofCommunity();
    await change({ tab: null });
    const none = await ofCommunity();
    await change({ tab });

    expect([gone['tab'], none['tab']]).toEqual(['tab-gone', 'tab-none']);
  });

  test('Graph that does not answer is no gap', async () => {
    stage.microsoft365.faults.add({ path: '/graph/v1.0/sites', status: 500, count: 100 });
    const found = await ofCommunity();
    stage.microsoft365.faults.clear();

    expect(found['site']).toBe('no-answer-graph');
  });
});

afterAll(() => {
  // Whoever adds a gap makes it here, so that its sentences are ones that somebody will read.
  expect([...made].toSorted()).toEqual(Object.keys(text.gap).toSorted());
});

test('the sentences of every gap are whole, and no finding holds the secret', async () => {
  for (const [name, sentences] of Object.entries(text.gap)) {
    expect(Object.keys(sentences)).toEqual(['happened', 'who', 'todo']);
    expect(name).toMatch(/^[a-z-]+$/);
  }
  expect(JSON.stringify(await stage.checks({ networkClient: refusing(7000215) }).server())).not.toContain(
    tenant.appSecret,
  );
});

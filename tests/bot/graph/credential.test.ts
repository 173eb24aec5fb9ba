import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clouds, type CloudName } from '../../../bot/clouds.ts';
import type { Credential } from '../../../bot/config.ts';
import { daysLeft, proofOf } from '../../../bot/graph/credential.ts';
import { accessToken, createEntraClient } from '../../../bot/graph/entra.ts';
import { StartError } from '../../../bot/start-error.ts';
import { tenant } from '../../../infra/local/directory.ts';
import { managedIdentity } from '../../../infra/local/entra/managed-identity.ts';
import { startMicrosoft365, type Microsoft365 } from '../../../infra/local/microsoft365.ts';
import { localOutside } from '../../../infra/local/product.ts';
import { temporaryFolder, untilEnd } from '../../support/clean-up.ts';
import { makeCertificate, type Certificate } from '../../support/tls.ts';

let microsoft365: Microsoft365;
let folder: string;
let good: Certificate;
beforeAll(async () => {
  microsoft365 = await startMicrosoft365({ port: 0, dataDir: null, productUrl: () => 'http://localhost:1' });
  untilEnd(() => microsoft365.close());
  folder = (await temporaryFolder('credential')).path;
  good = await makeCertificate(['cop']);
});
beforeEach(() => {
  microsoft365.entra.registration.setSecrets([]);
  microsoft365.entra.registration.setCertificates([]);
  microsoft365.entra.registration.setFederated([]);
});

const days = 86_400_000;

async function file(text: string): Promise<Credential> {
  const path = join(folder, `${Math.random()}.pem`);
  await writeFile(path, text);
  return { kind: 'certificate', file: path };
}

/** A token for Graph of the app that proves itself so. */
function token(credential: Credential): Promise<string> {
  const client = createEntraClient(
    { appId: tenant.appId, tenantId: tenant.id, credential },
    localOutside(microsoft365).networkClient,
  );
  return accessToken(() => client.acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] }));
}

describe('a certificate', () => {
  test('proves the app, with its key before it or after it', async () => {
    microsoft365.entra.registration.setCertificates([good.certificate]);

    for (const text of [good.certificate + good.key, good.key + good.certificate])
      expect(await token(await file(text))).toMatch(/^eyJ/);
  });

  test.each<[string, () => Promise<string>, RegExp]>([
    ['has no key', async () => good.certificate, /expected one PEM file with the certificate and its private key\.$/],
    ['has no certificate', async () => good.key, /expected one PEM file with the certificate and its private key\.$/],
    [
      'has the key of another',
      async () => good.certificate + (await makeCertificate(['other'])).key,
      /the key in it belongs to another certificate\.$/,
    ],
    [
      'has ended',
      async () => {
        const [from, to] = [new Date(Date.now() - 20 * days), new Date(Date.now() - 10 * days)];
        const old = await makeCertificate(['cop'], { from, to });
        return old.certificate + old.key;
      },
      /the certificate ended on .*: have a new one made\.$/,
    ],
  ])('that %s keeps the server from starting, and says why', async (_what, text, why) => {
    const credential = await file(await text());

    expect(() => proofOf(credential, clouds.public)).toThrow(StartError);
    expect(() => proofOf(credential, clouds.public)).toThrow(why);
  });

  test('that is not there does so, too', () => {
    expect(() => proofOf({ kind: 'certificate', file: join(folder, 'nowhere') }, clouds.public)).toThrow(
      /^MICROSOFT_APP_CERTIFICATE is .*nowhere: ENOENT/,
    );
  });

  test('says how many days it is good for yet', async () => {
    const now = new Date();
    const made = await makeCertificate(['cop'], { from: now, to: new Date(now.getTime() + 29.5 * days) });

    expect(daysLeft(await file(made.certificate + made.key), now)).toBe(29);
    expect(daysLeft({ kind: 'secret', secret: 'x' }, now)).toBeNull();
  });
});

describe('a managed identity', () => {
  const before = { ...process.env };
  beforeAll(() => {
    process.env['IDENTITY_ENDPOINT'] = `${microsoft365.url}/msi/token`;
    process.env['IDENTITY_HEADER'] = managedIdentity.header;
  });
  afterAll(() => {
    for (const name of ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER'])
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
  });
  const credential: Credential = { kind: 'identity', clientId: managedIdentity.clientId };

  test('proves the app whose registration names it', async () => {
    microsoft365.entra.registration.setFederated([
      {
        issuer: `https://login.microsoftonline.com/${tenant.id}/v2.0`,
        subject: managedIdentity.principalId,
        audience: 'api://AzureADTokenExchange',
      },
    ]);

    expect(await token(credential)).toMatch(/^eyJ/);
  });

  test('that the registration does not name is refused, and IT is told of', async () => {
    await expect(token(credential)).rejects.toMatchObject({ code: 'unavailable', details: { context: 'proof' } });
  });
});

describe('a secret', () => {
  const credential: Credential = { kind: 'secret', secret: 'a secret' };

  test('that has ended is no fault of the person: the sentence names who can renew it', async () => {
    microsoft365.entra.registration.setSecrets([{ value: 'a secret', ends: '2020-01-01T00:00:00Z' }]);

    await expect(token(credential)).rejects.toMatchObject({
      code: 'unavailable',
      details: { cause: 'invalid_client', context: 'proof' },
    });
  });

  test('that was replaced by another is good until it is taken away', async () => {
    microsoft365.entra.registration.setSecrets([
      { value: 'a secret', ends: null },
      { value: 'the next', ends: null },
    ]);

    expect(await token(credential)).toMatch(/^eyJ/);
  });
});

test.each<[CloudName, string]>([
  ['public', 'api://AzureADTokenExchange'],
  ['gcc', 'api://AzureADTokenExchange'],
  ['gcc-high', 'api://AzureADTokenExchangeUSGov'],
  ['dod', 'api://AzureADTokenExchangeUSGov'],
  ['china', 'api://AzureADTokenExchangeChina'],
])('%s: a managed identity’s token is for %s', (name, audience) => {
  expect(clouds[name].tokenExchange).toBe(audience);
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { tenant } from '../../../../infra/local/directory.ts';
import { managedIdentity } from '../../../../infra/local/entra/managed-identity.ts';
import { makeCertificate, type Certificate } from '../../../support/tls.ts';
import { fact } from '../fact.ts';
import { openTenant, type OpenTenant } from '../tenant.ts';

let local: OpenTenant;
let registered: Certificate;
let other: Certificate;
beforeAll(async () => {
  local = await openTenant();
  [registered, other] = [await makeCertificate(['cop']), await makeCertificate(['other'])];
});
afterAll(() => local.close());
beforeEach(() => {
  local.entra.registration.setSecrets([]);
  local.entra.registration.setCertificates([registered.certificate]);
  local.entra.registration.setFederated([]);
});

const endpoint = `https://login.microsoftonline.com/${tenant.id}/oauth2/v2.0/token`;
const hour = 3_600_000;

interface Answer {
  readonly status: number;
  readonly error: string | undefined;
  readonly codes: readonly number[] | undefined;
}

async function redeem(proof: Record<string, string>): Promise<Answer> {
  const response = await fetch(`${local.url()}/${tenant.id}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: tenant.appId,
      scope: 'https://graph.microsoft.com/.default',
      ...proof,
    }),
  });
  const body = (await response.json()) as { error?: string; error_codes?: number[] };
  return { status: response.status, error: body.error, codes: body.error_codes };
}

const byAssertion = (assertion: string): Promise<Answer> =>
  redeem({
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });

const granted: Answer = { status: 200, error: undefined, codes: undefined };
const refused = (code: number): Answer => ({ status: 401, error: 'invalid_client', codes: [code] });

interface Signed {
  readonly names?: Certificate;
  readonly key?: Certificate;
  readonly audience?: string;
  readonly subject?: string;
  /** In seconds from now. */
  readonly ends?: number;
}

/** As msal signs it. */
function signed({ names = registered, key = names, audience = endpoint, subject = tenant.appId, ends = 600 }: Signed) {
  const { fingerprint256 } = new X509Certificate(names.certificate);
  const x5t = Buffer.from(fingerprint256.replaceAll(':', ''), 'hex').toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: 'PS256', 'x5t#S256': x5t })
    .setIssuer(tenant.appId)
    .setSubject(subject)
    .setAudience(audience)
    .setNotBefore(now - 3600)
    .setExpirationTime(now + ends)
    .sign(createPrivateKey(key.key));
}

describe('a secret', () => {
  fact('entra/secret-expired', async () => {
    local.entra.registration.setSecrets([{ value: 'once', ends: new Date(Date.now() - hour).toISOString() }]);

    expect(await redeem({ client_secret: 'once' })).toEqual(refused(7000222));
  });

  fact('entra/secret-rotated', async () => {
    const both = ['old', 'new'].map(value => ({ value, ends: null }));
    local.entra.registration.setSecrets(both);
    const together = [await redeem({ client_secret: 'old' }), await redeem({ client_secret: 'new' })];
    local.entra.registration.setSecrets(both.slice(1));

    expect(together).toEqual([granted, granted]);
    expect(await redeem({ client_secret: 'old' })).toEqual(refused(7000215));
    expect(await redeem({ client_secret: 'new' })).toEqual(granted);
  });
});

describe('a certificate', () => {
  fact('entra/certificate-accepted', async () => {
    expect(await byAssertion(await signed({}))).toEqual(granted);
  });

  fact('entra/certificate-unregistered', async () => {
    expect(await byAssertion(await signed({ names: other }))).toEqual(refused(700027));
  });

  fact('entra/certificate-signature', async () => {
    expect(await byAssertion(await signed({ key: other }))).toEqual(refused(700027));
  });

  fact('entra/certificate-expired', async () => {
    const [from, to] = [new Date(Date.now() - 48 * hour), new Date(Date.now() - 24 * hour)];
    const old = await makeCertificate(['cop'], { from, to });
    local.entra.registration.setCertificates([old.certificate]);

    expect(await byAssertion(await signed({ names: old }))).toEqual(refused(1000502));
  });

  fact('entra/certificate-assertion-old', async () => {
    expect(await byAssertion(await signed({ ends: -600 }))).toEqual(refused(700024));
  });

  fact('entra/certificate-assertion-audience', async () => {
    const audience = 'https://login.microsoftonline.com/elsewhere/oauth2/v2.0/token';

    expect(await byAssertion(await signed({ audience }))).toEqual(refused(700023));
  });

  fact('entra/certificate-assertion-issuer', async () => {
    expect(await byAssertion(await signed({ subject: randomUUID() }))).toEqual(refused(700021));
  });

  fact('entra/assertion-type', async () => {
    expect(await redeem({ client_assertion: await signed({}) })).toEqual({
      status: 400,
      error: 'invalid_request',
      codes: [900144],
    });
  });

  test('words that are no JWT are refused, whatever they are', async () => {
    expect(await byAssertion('nonsense')).toEqual(refused(700027));
  });
});

describe('a managed identity', () => {
  const trusted = {
    issuer: `https://login.microsoftonline.com/${tenant.id}/v2.0`,
    subject: managedIdentity.principalId,
    audience: 'api://AzureADTokenExchange',
  };

  async function tokenOf(resource: string, header = managedIdentity.header): Promise<Response> {
    const query = new URLSearchParams({ resource, client_id: managedIdentity.clientId, 'api-version': '2019-08-01' });
    return fetch(`${local.url()}/msi/token?${query}`, { headers: { 'x-identity-header': header } });
  }
  async function proven(resource = trusted.audience): Promise<Answer> {
    const { access_token: token } = (await (await tokenOf(resource)).json()) as { access_token: string };
    return byAssertion(token);
  }

  fact('entra/federated-accepted', async () => {
    local.entra.registration.setFederated([trusted]);

    expect(await proven()).toEqual(granted);
  });

  fact('entra/federated-issuer', async () => {
    local.entra.registration.setFederated([{ ...trusted, issuer: 'https://token.actions.githubusercontent.com' }]);

    expect(await proven()).toEqual(refused(700211));
  });

  fact('entra/federated-subject', async () => {
    local.entra.registration.setFederated([{ ...trusted, subject: randomUUID() }]);

    expect(await proven()).toEqual(refused(700213));
  });

  fact('entra/federated-audience', async () => {
    local.entra.registration.setFederated([trusted]);

    expect(await proven('https://graph.microsoft.com')).toEqual(refused(700212));
  });

  fact('entra/managed-identity-header', async () => {
    expect((await tokenOf(trusted.audience, 'a guess')).status).toBe(401);
  });
});

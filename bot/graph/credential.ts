import { ManagedIdentityApplication, type Configuration } from '@azure/msal-node';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Cloud } from '../clouds.ts';
import type { Config, Credential } from '../config.ts';
import { StartError } from '../start-error.ts';

type Proof = Pick<Configuration['auth'], 'clientSecret' | 'clientCertificate' | 'clientAssertion'>;

/**
 * What msal is given for it.
 * @throws StartError when a certificate cannot be read, has no key that fits, or is not good now
 */
export function proofOf(credential: Credential, cloud: Pick<Cloud, 'tokenExchange'>): Proof {
  switch (credential.kind) {
    case 'secret':
      return { clientSecret: credential.secret };
    case 'certificate':
      return { clientCertificate: readCertificate(credential.file) };
    case 'identity':
      return { clientAssertion: identityToken(credential.clientId, cloud.tokenExchange) };
  }
}

function readCertificate(file: string): NonNullable<Proof['clientCertificate']> {
  const { certificate, privateKey, pem } = openCertificate(file);
  if (!certificate.checkPrivateKey(createPrivateKey(privateKey)))
    throw wrong(file, 'the key in it belongs to another certificate');
  const end = daysUntilEnd(certificate, new Date());
  if (end <= 0) throw wrong(file, `the certificate ended on ${certificate.validTo}: have a new one made`);
  return {
    thumbprintSha256: certificate.fingerprint256.replaceAll(':', ''),
    privateKey,
    // Entra takes it for a registration that trusts the authority instead of one certificate.
    x5c: pem,
  };
}

/**
 * The certificate in a PEM file, and its key.
 * @throws StartError when one of them cannot be read
 */
export function openCertificate(file: string): {
  readonly certificate: X509Certificate;
  readonly privateKey: string;
  readonly pem: string;
} {
  try {
    const text = readFileSync(file, 'utf8');
    const [pem = '', key = ''] = [certificates, privateKeys].map(kind => (text.match(kind) ?? []).join('\n'));
    const privateKey = createPrivateKey(key).export({ type: 'pkcs8', format: 'pem' }).toString();
    return { certificate: new X509Certificate(pem), privateKey, pem };
  } catch (error) {
    const { message } = error as Error;
    throw wrong(file, `${message}; expected one PEM file with the certificate and its private key`);
  }
}

/** The blocks of a PEM file; of certificates the first is the app's own, and what signed it follows. */
const certificates = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;
const privateKeys = /-----BEGIN ([A-Z ]*)PRIVATE KEY-----[^-]*-----END \1PRIVATE KEY-----/g;

function wrong(file: string, why: string): StartError {
  return new StartError(`MICROSOFT_APP_CERTIFICATE is ${file}: ${why}.`);
}

/** How many whole days a certificate is good for yet; for the log, so that nobody is surprised. */
export function daysLeft(credential: Credential, now: Date): number | null {
  if (credential.kind !== 'certificate') return null;
  return Math.floor(daysUntilEnd(openCertificate(credential.file).certificate, now));
}

function daysUntilEnd({ validTo }: X509Certificate, now: Date): number {
  return (new Date(validTo).getTime() - now.getTime()) / 86_400_000;
}

/** What stands in for a password of PostgreSQL in Azure, asked for each connection; null where there is a password. */
export function databasePassword({ databaseIdentity, cloud }: Config): (() => Promise<string>) | null {
  return databaseIdentity === null ? null : identityToken(databaseIdentity, cloud.databases);
}

/** What Azure gives a managed identity for this resource; msal keeps it while it is good. */
function identityToken(userAssignedClientId: string, resource: string): () => Promise<string> {
  const identity = new ManagedIdentityApplication({ managedIdentityIdParams: { userAssignedClientId } });
  return async () => (await identity.acquireToken({ resource })).accessToken;
}

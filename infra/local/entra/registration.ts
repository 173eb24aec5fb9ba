import { X509Certificate } from 'node:crypto';
import { tenant } from '../directory.ts';
import type { Store } from '../store.ts';

interface Secret {
  readonly value: string;
  /** ISO instant; null for one that does not end while this tenant is there. */
  readonly ends: string | null;
}

/** Another issuer's token that the app may show instead of a secret of its own. */
interface FederatedCredential {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

/** What the registration of the one app says of how it proves who it is, and of where its sign-ins may end. */
export interface Registration {
  secrets(): readonly Secret[];
  setSecrets(secrets: readonly Secret[]): void;
  /** PEM. */
  certificates(): readonly string[];
  setCertificates(certificates: readonly string[]): void;
  federated(): readonly FederatedCredential[];
  setFederated(credentials: readonly FederatedCredential[]): void;
  /** Character by character, with the query. */
  redirectUris(): readonly string[];
  setRedirectUris(uris: readonly string[]): void;
}

/** Where the product's consent window ends. */
const consentEnd = '/tabs/?frame=consent-end';

export function openRegistration(store: Store, productUrl: () => string): Registration {
  const kept = store.collection<readonly unknown[]>('entra.registration');
  const part = <T>(name: string, fallback: () => readonly T[]) => ({
    get: () => (kept.get(name) as readonly T[] | undefined) ?? fallback(),
    set: (value: readonly T[]) => kept.put(name, value),
  });
  const secrets = part<Secret>('secrets', () => [{ value: tenant.appSecret, ends: null }]);
  const certificates = part<string>('certificates', () => []);
  const federated = part<FederatedCredential>('federated', () => []);
  const redirectUris = part<string>('redirectUris', () => [`${productUrl()}${consentEnd}`]);
  return {
    secrets: secrets.get,
    setSecrets: secrets.set,
    certificates: certificates.get,
    setCertificates: certificates.set,
    federated: federated.get,
    setFederated: federated.set,
    redirectUris: redirectUris.get,
    setRedirectUris: redirectUris.set,
  };
}

/** The registered certificate that a JWT names by its SHA-256. */
export function certificateNamed(certificates: readonly string[], x5t: unknown): X509Certificate | undefined {
  return certificates
    .map(pem => new X509Certificate(pem))
    .find(one => Buffer.from(one.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url') === x5t);
}

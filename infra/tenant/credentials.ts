import type { Application, FederatedIdentityCredential, PasswordCredential } from '@microsoft/microsoft-graph-types';
import { openCertificate } from '../../bot/graph/credential.ts';
import { Refused } from './refused.ts';
import type { Directory, State } from './registration.ts';

/** A new client secret, which Graph tells this once. */
export async function addSecret(
  directory: Directory,
  appId: string,
  ends: Date,
): Promise<{ readonly secret: string; readonly ends: string }> {
  const made = await directory.write<PasswordCredential>('POST', `/applications(appId='${appId}')/addPassword`, {
    passwordCredential: { displayName: 'CoP Companion', endDateTime: ends.toISOString() },
  });
  if (!made.secretText) throw new Refused('no-secret');
  return { secret: made.secretText, ends: (made.endDateTime ?? ends.toISOString()).slice(0, 10) };
}

/** Adds the certificate in a PEM file to the registration; those that are there stay good. */
export async function ensureCertificate(directory: Directory, appId: string, file: string): Promise<State> {
  const { certificate } = openCertificate(file);
  const path = `/applications(appId='${appId}')`;
  const key = certificate.raw.toString('base64');
  const present = (await directory.read<Application>(`${path}?$select=keyCredentials`))?.keyCredentials ?? [];
  if (present.some(one => String(one.key) === key)) return 'there';
  const added = { type: 'AsymmetricX509Cert', usage: 'Verify', displayName: certificate.subject.slice(0, 90), key };
  await directory.write('PATCH', path, { keyCredentials: [...present, added] });
  return 'done';
}

/** Has the registration trust a managed identity of Azure. */
export async function ensureFederation(
  directory: Directory,
  appId: string,
  { issuer, subject, audience }: { readonly issuer: string; readonly subject: string; readonly audience: string },
): Promise<State> {
  const path = `/applications(appId='${appId}')/federatedIdentityCredentials`;
  const present = await directory.read<{ value: readonly FederatedIdentityCredential[] }>(path);
  if (present?.value.some(one => one.issuer === issuer && one.subject === subject)) return 'there';
  await directory.write('POST', path, { name: 'cop-companion', issuer, subject, audiences: [audience] });
  return 'done';
}

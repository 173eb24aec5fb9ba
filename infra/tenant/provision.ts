import type { Cloud } from '../../bot/clouds.ts';
import { addSecret, ensureCertificate, ensureFederation } from './credentials.ts';
import {
  ensureApplication,
  ensureConsent,
  ensurePrincipal,
  ensureProperties,
  readPermissions,
  type Directory,
  type State,
} from './registration.ts';

/** How the app is to prove that it is the app. */
export type WantedCredential =
  | { readonly kind: 'secret'; readonly ends: Date; readonly renew: boolean }
  | { readonly kind: 'certificate'; readonly file: string }
  | { readonly kind: 'identity'; readonly clientId: string; readonly objectId: string };

export interface Provisioning {
  readonly tenantId: string;
  readonly publicUrl: string;
  readonly cloud: Pick<Cloud, 'login' | 'tokenExchange'>;
  readonly credential: WantedCredential;
  /** What the file of variables says now. */
  readonly present: Readonly<Record<string, string>>;
}

type Part = 'application' | 'properties' | 'principal' | 'consent' | 'credential';

export interface Provisioned {
  readonly appId: string;
  readonly parts: readonly (readonly [Part, State])[];
}

/**
 * Makes what the app needs in Entra, and completes what a run that broke off has left. May be repeated: what is there
 * is left alone.
 * @param keep puts variables away as soon as they are known, so that a run that breaks off loses nothing
 */
export async function provision(
  directory: Directory,
  { tenantId, publicUrl, cloud, credential, present }: Provisioning,
  keep: (variables: Readonly<Record<string, string>>) => void,
): Promise<Provisioned> {
  const permissions = await readPermissions(directory);
  const application = await ensureApplication(directory, {
    appId: present['MICROSOFT_APP_ID']?.toLowerCase() || null,
    publicUrl,
    name: 'CoP Companion',
  });
  const { appId } = application;
  keep({ MICROSOFT_TENANT_ID: tenantId, MICROSOFT_APP_ID: appId });
  const properties = await ensureProperties(directory, { appId, publicUrl, permissions });
  const principal = await ensurePrincipal(directory, appId);
  const consent = await ensureConsent(directory, principal.id, permissions);

  return {
    appId,
    parts: [
      ['application', application.state],
      ['properties', properties],
      ['principal', principal.state],
      ['consent', consent],
      ['credential', await ensureCredential()],
    ],
  };

  async function ensureCredential(): Promise<State> {
    switch (credential.kind) {
      case 'secret': {
        if (present['MICROSOFT_APP_PASSWORD'] && !credential.renew) return 'there';
        const { secret, ends } = await addSecret(directory, appId, credential.ends);
        keep({ MICROSOFT_APP_PASSWORD: secret, MICROSOFT_APP_PASSWORD_ENDS: ends });
        return 'done';
      }
      case 'certificate':
        keep({ MICROSOFT_APP_CERTIFICATE: credential.file });
        return ensureCertificate(directory, appId, credential.file);
      case 'identity':
        keep({ MICROSOFT_APP_IDENTITY: credential.clientId });
        return ensureFederation(directory, appId, {
          issuer: `${cloud.login}/${tenantId}/v2.0`,
          subject: credential.objectId,
          audience: cloud.tokenExchange,
        });
    }
  }
}

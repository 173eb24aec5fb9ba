import { decodeJwt, errors } from 'jose';
import type { Config } from '../config.ts';
import { refusalOf, type EntraClient, type EntraRefusal } from '../graph/entra.ts';
import { gap, good, hint, unknown, type Check, type Finding, type Values } from './check.ts';
import type { GapName } from './text.ts';

export interface EntraParts {
  readonly client: EntraClient;
  readonly config: Pick<Config, 'appId' | 'tenantId' | 'cloud' | 'credential'>;
}

/** The one application permission the app works with: the sites it was given, and no other. */
const wantedRoles: readonly string[] = ['Sites.Selected'];
/** With it Graph tells of changes that people make in SharePoint itself; it also opens every site to the app. */
const everySite = 'Sites.ReadWrite.All';

/**
 * What an administrator mends, by the number in AADSTS…
 * @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
const refusals: Readonly<Record<string, GapName>> = {
  '7000215': 'secret-wrong',
  '7000218': 'secret-wrong',
  '7000222': 'secret-ended',
  '700027': 'certificate-unknown',
  '1000502': 'certificate-ended',
  '700024': 'assertion-time',
  '700211': 'federation',
  '700212': 'federation',
  '700213': 'federation',
  '70021': 'federation',
  '700016': 'app-unknown',
  '7000229': 'app-unknown',
  '7000112': 'app-disabled',
  '90002': 'tenant-unknown',
  '900023': 'tenant-unknown',
  '53003': 'access-blocked',
};

/** Whether Entra believes that the app is the app, for each of the two services it calls. */
export function tokenChecks({ client, config }: EntraParts): readonly Check[] {
  const { graph, bots } = config.cloud;
  return [
    { name: 'graph-token', look: async () => tokenFinding(await tokenFor(client, graph), config) },
    { name: 'connector-token', look: async () => tokenFinding(await tokenFor(client, bots), config) },
  ];
}

/**
 * Whether the app was given what it needs, and no more. Graph reads its own tokens only by their claims; Entra writes
 * the application permissions there.
 */
export function permissionCheck({ client, config }: EntraParts): Check {
  return {
    name: 'permissions',
    async look() {
      const outcome = await tokenFor(client, config.cloud.graph);
      if (outcome.token === undefined) return unknown('no-token');
      const roles = rolesIn(outcome.token);
      if (roles === undefined) return unknown('token-unread');
      const values = { appId: config.appId, tenantId: config.tenantId, ...valuesOf(roles) };
      if (values.missing !== '') return gap('permission-missing', values);
      if (values.extra !== '') return gap('permission-extra', values);
      return roles.includes(everySite) ? hint('permission-every-site') : good;
    },
  };
}

function valuesOf(roles: readonly string[]): { readonly missing: string; readonly extra: string } {
  return {
    missing: wantedRoles.filter(role => !roles.includes(role)).join(', '),
    extra: roles.filter(role => ![...wantedRoles, everySite].includes(role)).join(', '),
  };
}

type Outcome =
  | { readonly token: string }
  | { readonly token?: undefined; readonly refusal: EntraRefusal | null; readonly said: string };

/** msal keeps a token that is good, so that Entra is asked once an hour. */
async function tokenFor(client: EntraClient, service: string): Promise<Outcome> {
  try {
    const result = await client.acquireTokenByClientCredential({ scopes: [`${service}/.default`] });
    return result ? { token: result.accessToken } : { refusal: null, said: 'no token' };
  } catch (error) {
    return { refusal: refusalOf(error), said: error instanceof Error ? error.name : 'unknown error' };
  }
}

function tokenFinding(outcome: Outcome, { appId, tenantId, credential }: EntraParts['config']): Finding {
  if (outcome.token !== undefined) return good;
  const { refusal, said } = outcome;
  if (refusal === null)
    return credential.kind === 'identity'
      ? unknown('no-identity', { said, clientId: credential.clientId })
      : unknown('no-answer-entra', { said });
  const values: Values = { appId, tenantId, number: refusal.number ?? '', code: refusal.code };
  return gap(refusals[refusal.number ?? ''] ?? 'refused', values);
}

function rolesIn(token: string): readonly string[] | undefined {
  try {
    const { roles } = decodeJwt(token);
    return Array.isArray(roles) ? roles.map(String) : [];
  } catch (error) {
    if (error instanceof errors.JWTInvalid) return undefined;
    throw error;
  }
}

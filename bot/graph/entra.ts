import {
  ConfidentialClientApplication,
  InteractionRequiredAuthError,
  ServerError,
  type AuthenticationResult,
  type INetworkModule,
} from '@azure/msal-node';
import { CommunityError } from '../../domain/errors.ts';
import { clouds, type Cloud } from '../clouds.ts';
import type { Credential } from '../config.ts';
import { proofOf } from './credential.ts';

/** How Entra is reached: msal's own way, or another in tests and on a local Microsoft 365. */
export type NetworkClient = INetworkModule;

/**
 * The app in Entra's eyes: gives tokens for Graph and for the Bot Connector, and keeps them as long as they are good.
 */
export type EntraClient = ConfidentialClientApplication;

/** Who the app is in Entra, and in which cloud; the public one when it is not said. */
export interface Registration {
  readonly appId: string;
  readonly credential: Credential;
  readonly tenantId: string;
  readonly cloud?: Pick<Cloud, 'login' | 'tokenExchange'>;
}

export function createEntraClient(
  { appId, credential, tenantId, cloud = clouds.public }: Registration,
  networkClient?: NetworkClient,
): EntraClient {
  return new ConfidentialClientApplication({
    // msal takes https only, and asks nobody whether this one is genuine.
    auth: { clientId: appId, authority: `${cloud.login}/${tenantId}`, ...proofOf(credential, cloud) },
    ...(networkClient ? { system: { networkClient } } : {}),
  });
}

/**
 * The one delegated permission that acting for a person needs: it finds the team's site, saves in its lists and puts
 * files into the channel's folder, and never more than the person may. Smaller ones do one of these each.
 */
export function delegatedScopesOf({ graph }: Pick<Cloud, 'graph'>): string[] {
  return [`${graph}/Sites.ReadWrite.All`];
}

/** A token for Graph, or `consent-needed` or `unavailable` as ours. */
export async function accessToken(acquire: () => Promise<AuthenticationResult | null>): Promise<string> {
  try {
    const result = await acquire();
    if (!result) throw new CommunityError('unavailable', 'Entra gave no token for Graph');
    return result.accessToken;
  } catch (error) {
    if (error instanceof InteractionRequiredAuthError || isConsentMissing(error)) {
      const claims = error instanceof InteractionRequiredAuthError && error.claims ? { claims: error.claims } : {};
      throw new CommunityError(
        'consent-needed',
        'Entra wants somebody to agree before the app may act for this person in SharePoint',
        claims,
      );
    }
    if (error instanceof CommunityError) throw error;
    const cause = codeOf(error);
    throw new CommunityError('unavailable', `Entra gave no token for Graph: ${cause}`, {
      cause,
      ...(notProven.includes(cause) ? { context: 'proof' } : {}),
    });
  }
}

/** Entra does not believe that the app is the app: its secret or certificate has ended, or was taken away. */
const notProven: readonly string[] = ['invalid_client', 'unauthorized_client'];

/** Entra says `invalid_grant` with a suberror; msal makes an InteractionRequiredAuthError of most, not of all. */
function isConsentMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'subError' in error && error.subError === 'consent_required';
}

/** What msal, or another library, calls an error: never its sentence, which may quote a request. */
export function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'errorCode' in error) return String(error.errorCode);
  return error instanceof Error ? error.name : 'unknown error';
}

/** What Entra said no to the app with. */
export interface EntraRefusal {
  /** OAuth's word for it, such as `invalid_client`. */
  readonly code: string;
  /** The number of its sentence, as in AADSTS7000215; undefined where it has none. */
  readonly number: string | undefined;
}

/** OAuth's words for what passes by itself. */
const passing: readonly string[] = ['temporarily_unavailable', 'server_error'];

/** Null where Entra did not answer at all, or not as Entra does: that may pass, and a refusal does not. */
export function refusalOf(error: unknown): EntraRefusal | null {
  if (!(error instanceof ServerError) && !(error instanceof InteractionRequiredAuthError)) return null;
  if (passing.includes(error.errorCode) || ('status' in error && (error.status ?? 0) >= 500)) return null;
  const number = error.errorNo ?? /AADSTS(\d+)/.exec(error.errorMessage)?.[1];
  // msal has a word of its own for an answer that is none of Entra's.
  return number === undefined && !notProven.includes(error.errorCode) ? null : { code: error.errorCode, number };
}

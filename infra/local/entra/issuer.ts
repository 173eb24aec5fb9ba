import type { JWTPayload } from 'jose';
import { errors } from 'jose';
import { tenant, type User } from '../directory.ts';
import type { SigningKeys } from './keys.ts';

/** What local Entra issues access tokens for. */
export type Resource = 'https://graph.microsoft.com' | 'https://api.botframework.com';

/** What an access token says, once checked. */
export interface AccessClaims {
  readonly appId: string;
  /** Whom the app acts for; null when it acts for itself. */
  readonly userId: string | null;
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
}

/** An app that a token was given to. */
interface Client {
  readonly appId: string;
  readonly name: string;
}

const ours: Client = { appId: tenant.appId, name: tenant.appName };

/** Makes and reads the tokens of local Entra. */
export interface Issuer {
  tabToken(user: User): Promise<string>;
  /** @param audience which app it is for; ours when left out */
  idToken(user: User, nonce?: string, audience?: string): Promise<string>;
  /** @param client which app acts for them; ours when left out */
  delegatedToken(user: User, scopes: readonly string[], client?: Client): Promise<string>;
  /** @param client which app it is; ours when left out */
  applicationToken(resource: Resource, roles: readonly string[], client?: Client): Promise<string>;
  refreshToken(user: User, scopes: readonly string[]): Promise<string>;
  readAccess(token: string, audience: Resource): Promise<AccessClaims>;
  /** The object id of the person who signed in to a tab; throws jose's errors. */
  readAssertion(token: string): Promise<string>;
  readRefresh(token: string): Promise<{ readonly userId: string; readonly scopes: readonly string[] }>;
}

export const accessTokenLifetime = 3599;
const refreshTokenLifetime = 90 * 24 * 3600;

/** Version 2.0: tab and id tokens. */
export const issuerOfPeople = `https://login.microsoftonline.com/${tenant.id}/v2.0`;
/** Version 1.0: access tokens of Graph and the Bot Connector. */
const issuerOfAccess = `https://sts.windows.net/${tenant.id}/`;
const refreshAudience = 'urn:local:refresh';
/** The app's own object in the directory, which app-only tokens carry as `oid`. */
const servicePrincipal = '1d7b9c52-3e64-4f0a-8c25-7a6e90b4d318';

export function createIssuer(keys: SigningKeys): Issuer {
  function about(user: User): JWTPayload {
    return {
      oid: user.id,
      sub: `${user.id}.${tenant.appId}`,
      tid: tenant.id,
      name: user.displayName,
      preferred_username: user.mail,
      ver: '2.0',
    };
  }

  return {
    tabToken: user =>
      keys.sign(
        {
          ...about(user),
          iss: issuerOfPeople,
          aud: tenant.appId,
          azp: teamsWebClient,
          azpacr: '0',
          scp: 'access_as_user',
        },
        accessTokenLifetime,
      ),
    idToken: (user, nonce, audience = tenant.appId) =>
      keys.sign(
        { ...about(user), iss: issuerOfPeople, aud: audience, ...(nonce === undefined ? {} : { nonce }) },
        accessTokenLifetime,
      ),
    delegatedToken: (user, scopes, client = ours) =>
      keys.sign(
        {
          iss: issuerOfAccess,
          aud: 'https://graph.microsoft.com',
          appid: client.appId,
          app_displayname: client.name,
          idtyp: 'user',
          oid: user.id,
          tid: tenant.id,
          name: user.displayName,
          upn: user.mail,
          scp: scopes.join(' '),
          ver: '1.0',
        },
        accessTokenLifetime,
      ),
    applicationToken: (resource, roles, client = ours) =>
      keys.sign(
        {
          iss: issuerOfAccess,
          aud: resource,
          appid: client.appId,
          app_displayname: client.name,
          idtyp: 'app',
          oid: servicePrincipal,
          sub: servicePrincipal,
          tid: tenant.id,
          ...(roles.length > 0 ? { roles } : {}),
          ver: '1.0',
        },
        accessTokenLifetime,
      ),
    refreshToken: (user, scopes) =>
      keys.sign(
        { iss: issuerOfAccess, aud: refreshAudience, oid: user.id, scp: scopes.join(' ') },
        refreshTokenLifetime,
      ),

    async readAccess(token, audience) {
      const claims = await keys.verify(token, { issuer: issuerOfAccess, audience }).catch((error: unknown) => {
        throw new Error(whyNotAccepted(error, audience));
      });
      return {
        appId: String(claims['appid']),
        userId: claims['idtyp'] === 'user' ? String(claims['oid']) : null,
        scopes: words(claims['scp']),
        roles: Array.isArray(claims['roles']) ? claims['roles'].map(String) : [],
      };
    },
    async readAssertion(token) {
      const claims = await keys.verify(token, {
        issuer: issuerOfPeople,
        audience: [tenant.appId, `api://${tenant.appId}`],
      });
      return String(claims['oid']);
    },
    async readRefresh(token) {
      const claims = await keys.verify(token, { issuer: issuerOfAccess, audience: refreshAudience });
      return { userId: String(claims['oid']), scopes: words(claims['scp']) };
    },
  };
}

/** Teams in the browser, which asks for the tab's token. */
export const teamsWebClient = '5e3ce6c0-2b1f-4285-8d4b-75ee78787346';

function words(text: unknown): readonly string[] {
  return typeof text === 'string' ? text.split(' ').filter(word => word !== '') : [];
}

function whyNotAccepted(error: unknown, audience: Resource): string {
  if (error instanceof errors.JWTExpired) return 'Lifetime validation failed, the token is expired.';
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud')
    return `Access token validation failure. Invalid audience: expected ${audience}.`;
  if (error instanceof errors.JWTClaimValidationFailed)
    return `Access token validation failure. Claim ${error.claim} is not the one of this tenant.`;
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey)
    return 'Access token validation failure. Invalid signature.';
  return 'CompactToken parsing failed with error code: 80049217';
}

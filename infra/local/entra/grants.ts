import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { errors } from 'jose';
import { tenant, type Directory, type User } from '../directory.ts';
import type { Store } from '../store.ts';
import type { Applications } from './applications.ts';
import type { Consent } from './consent.ts';
import { deviceCodeGrants, type DeviceCodes } from './device-codes.ts';
import { graphScopes, needed, openIdScopes, scopesOf, type Form } from './forms.ts';
import { accessTokenLifetime, type Issuer, type Resource } from './issuer.ts';
import { refusals } from './refusals.ts';

interface TokenAnswer {
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly ext_expires_in: number;
  readonly access_token: string;
  readonly scope?: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
  readonly client_info?: string;
}

/** What the consent page leaves behind until the app redeems its code. */
interface Code {
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly challenge: { readonly method: 'S256' | 'plain'; readonly value: string } | null;
  readonly nonce: string | null;
  readonly expires: number;
}

export interface Grants {
  /** Answers one request to the token endpoint, or throws a Refusal. */
  redeem(tenantName: string, form: Form): Promise<TokenAnswer>;
  /** Makes an authorization code, good once and for ten minutes. */
  makeCode(code: Omit<Code, 'expires'>): string;
}

const codeLifetime = 10 * 60_000;
/** The Bot Framework's own tenant, by name and by id: bots of the multi-tenant type get their connector token there. */
const botTenants = new Set(['botframework.com', 'd6d49420-f39b-4df7-a1dc-d59a935871db']);
const ownTenant = new Set<string>([tenant.id, tenant.domain]);
const anyTenant = new Set(['common', 'organizations']);

export function createGrants({
  store,
  directory,
  consent,
  issuer,
  checkProof,
  deviceCodes,
  applications,
}: {
  store: Store;
  directory: Directory;
  consent: Consent;
  issuer: Issuer;
  /** Throws unless the form proves that it comes from the app. */
  checkProof: (form: Form) => Promise<void>;
  deviceCodes: DeviceCodes;
  applications: Applications;
}): Grants {
  const codes = store.collection<Code>('entra.codes');

  function existing(userId: string): User {
    const user = directory.user(userId);
    if (!user) throw refusals.unknownUser(userId);
    return user;
  }

  async function forPerson(user: User, scopes: readonly string[], nonce?: string): Promise<TokenAnswer> {
    const wanted = graphScopes(scopes);
    const consented = consent.delegated().filter(scope => !openIdScopes.has(scope));
    const missing = wanted.filter(scope => scope !== '.default' && !consented.includes(scope));
    if (missing.length > 0 || consented.length === 0) throw refusals.notConsented(tenant.appId, tenant.appName);

    // A token carries everything that was consented to for its resource, not only what was asked for.
    const openId = scopes.filter(scope => openIdScopes.has(scope));
    return {
      token_type: 'Bearer',
      scope: [
        ...consented.map(scope => `https://graph.microsoft.com/${scope}`),
        ...openId.filter(scope => scope !== 'offline_access'),
      ].join(' '),
      expires_in: accessTokenLifetime,
      ext_expires_in: accessTokenLifetime,
      access_token: await issuer.delegatedToken(user, consented),
      ...(openId.includes('offline_access') && consent.delegated().includes('offline_access')
        ? { refresh_token: await issuer.refreshToken(user, scopes) }
        : {}),
      ...(openId.includes('openid') ? { id_token: await issuer.idToken(user, nonce) } : {}),
      client_info: Buffer.from(JSON.stringify({ uid: user.id, utid: tenant.id })).toString('base64url'),
    };
  }

  async function clientCredentials(
    tenantName: string,
    form: Form,
    client = { appId: tenant.appId as string, name: tenant.appName as string, roles: consent.application() },
  ): Promise<TokenAnswer> {
    const scope = needed(form, 'scope');
    if (!scope.endsWith('/.default') || scope.includes(' ')) throw refusals.notDefaultScope(scope);
    const resource = scope.slice(0, -'/.default'.length);
    if (!isResource(resource)) throw refusals.unknownResource(resource);
    if (botTenants.has(tenantName) && resource !== 'https://api.botframework.com')
      throw refusals.unknownApp(tenant.appId, tenantName);
    return {
      token_type: 'Bearer',
      expires_in: accessTokenLifetime,
      ext_expires_in: accessTokenLifetime,
      access_token: await issuer.applicationToken(
        resource,
        resource === 'https://graph.microsoft.com' ? client.roles : [],
        client,
      ),
    };
  }

  async function onBehalfOf(form: Form): Promise<TokenAnswer> {
    if (form['requested_token_use'] !== 'on_behalf_of') throw refusals.missing('requested_token_use');
    const userId = await issuer.readAssertion(needed(form, 'assertion')).catch((error: unknown) => {
      if (error instanceof errors.JWTExpired) throw refusals.assertionExpired();
      if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') throw refusals.assertionAudience();
      throw refusals.assertionSignature(
        error instanceof errors.JWTClaimValidationFailed
          ? 'The issuer is not trusted.'
          : 'The key was not found or the signature is wrong.',
      );
    });
    return forPerson(existing(userId), scopesOf(needed(form, 'scope')));
  }

  async function authorizationCode(form: Form): Promise<TokenAnswer> {
    const given = needed(form, 'code');
    const code = codes.get(given);
    codes.delete(given);
    if (!code || code.expires < Date.now()) throw refusals.codeSpent();
    if (code.redirectUri !== needed(form, 'redirect_uri')) throw refusals.codeElsewhere();
    if (code.challenge && !answers(code.challenge, form['code_verifier'] ?? '')) throw refusals.codeVerifier();
    return forPerson(existing(code.userId), code.scopes, code.nonce ?? undefined);
  }

  /** A registration that an administrator has made: the app itself, by its secret. */
  async function otherApp(tenantName: string, form: Form): Promise<TokenAnswer> {
    const appId = needed(form, 'client_id').toLowerCase();
    const application = applications.find({ appId });
    const name = application?.properties.displayName ?? '';
    if (!application || !applications.isInTenant(appId)) throw refusals.unknownApp(appId, tenantName);
    if (form['grant_type'] !== 'client_credentials') throw refusals.grantType(form['grant_type'] ?? '');
    const secret = form['client_secret'];
    if (secret === undefined) throw refusals.noSecret();
    const known = application.passwords.find(({ secretText }) => sameText(secretText, secret));
    if (!known) throw refusals.wrongSecret(appId);
    if (Date.parse(known.endDateTime ?? '') <= Date.now()) throw refusals.secretExpired(appId);
    return clientCredentials(tenantName, form, { appId, name, roles: applications.rolesOf(appId) });
  }

  /** Only what this sign-in asked for: what others agreed to for the same client is theirs. */
  async function deviceCode(form: Form): Promise<TokenAnswer> {
    const { userId, scopes, client } = deviceCodes.redeem(form);
    const user = existing(userId);
    const granted = graphScopes(scopes);
    return {
      token_type: 'Bearer',
      scope: [...granted, ...scopes.filter(scope => openIdScopes.has(scope) && scope !== 'offline_access')].join(' '),
      expires_in: accessTokenLifetime,
      ext_expires_in: accessTokenLifetime,
      access_token: await issuer.delegatedToken(user, granted, client),
      ...(scopes.includes('openid') ? { id_token: await issuer.idToken(user, undefined, client.appId) } : {}),
      client_info: Buffer.from(JSON.stringify({ uid: user.id, utid: tenant.id })).toString('base64url'),
    };
  }

  async function refresh(form: Form): Promise<TokenAnswer> {
    const { userId, scopes } = await issuer.readRefresh(needed(form, 'refresh_token')).catch(() => {
      throw refusals.refreshToken();
    });
    return forPerson(existing(userId), form['scope'] === undefined ? scopes : scopesOf(form['scope']));
  }

  return {
    makeCode(code) {
      const made = `1.${randomUUID().replaceAll('-', '')}`;
      store.together(() => {
        for (const [old, { expires }] of [...codes.entries()]) if (expires < Date.now()) codes.delete(old);
        codes.put(made, { ...code, expires: Date.now() + codeLifetime });
      });
      return made;
    },
    async redeem(tenantName, form) {
      const grantType = needed(form, 'grant_type');
      const appOnly = grantType === 'client_credentials';
      if (!ownTenant.has(tenantName) && !(appOnly ? botTenants : anyTenant).has(tenantName))
        throw refusals.unknownTenant(tenantName);
      if (deviceCodeGrants.includes(grantType)) return deviceCode(form);
      const appId = needed(form, 'client_id');
      if (appId.toLowerCase() !== tenant.appId) return otherApp(tenantName, form);
      if (!applications.isInTenant(tenant.appId)) throw refusals.unknownApp(appId, tenantName);
      // The consent pop-up of a public client redeems its code with PKCE alone.
      const publicClient =
        grantType === 'authorization_code' &&
        form['code_verifier'] !== undefined &&
        form['client_secret'] === undefined &&
        form['client_assertion'] === undefined;
      if (!publicClient) await checkProof(form);

      switch (grantType) {
        case 'client_credentials':
          return clientCredentials(tenantName, form);
        case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
          return onBehalfOf(form);
        case 'authorization_code':
          return authorizationCode(form);
        case 'refresh_token':
          return refresh(form);
        default:
          throw refusals.grantType(grantType);
      }
    },
  };
}

export function isKnownTenant(name: string): boolean {
  return ownTenant.has(name) || anyTenant.has(name);
}

function answers(challenge: NonNullable<Code['challenge']>, verifier: string): boolean {
  const value = challenge.method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier;
  return sameText(value, challenge.value);
}

function sameText(one: string, other: string): boolean {
  const [a, b] = [one, other].map(text => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

function isResource(text: string): text is Resource {
  return text === 'https://graph.microsoft.com' || text === 'https://api.botframework.com';
}

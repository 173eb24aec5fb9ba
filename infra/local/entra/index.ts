import type { Request, Response } from 'restify';
import { tenant } from '../directory.ts';
import type { LocalTenant } from '../tenant.ts';
import { openApplications, type Applications } from './applications.ts';
import { createAuthorize, type AuthorizeAnswer } from './authorize.ts';
import { openConsent, type Consent } from './consent.ts';
import { refusalPage } from './consent-page.ts';
import { createDeviceCodes, type DeviceCodes } from './device-codes.ts';
import type { Form } from './forms.ts';
import { createGrants, isKnownTenant } from './grants.ts';
import { accessTokenLifetime, createIssuer, issuerOfPeople, type AccessClaims, type Resource } from './issuer.ts';
import { openKeys, type SigningKeys } from './keys.ts';
import { addManagedIdentity } from './managed-identity.ts';
import { madeConsent, madeRegistration, whyNoTabToken } from './made.ts';
import { createProofCheck } from './proof.ts';
import { Refusal, refusalBody, refusals } from './refusals.ts';
import { openRegistration, type Registration } from './registration.ts';

export type { AccessClaims } from './issuer.ts';

/**
 * Local Entra: the tokens of the tenant, and what was consented to. Tokens keep real time, whatever the desk's clock
 * shows.
 */
export interface Entra {
  /** The token Teams hands a tab: version 2.0, for the app, with `access_as_user`. Throws for an unknown person. */
  issueTabToken(userId: string): Promise<string>;
  /** What Azure Bot Service signs activities with. */
  signToBot(serviceUrl: string): Promise<string>;
  /**
   * Checks a bearer token that came to Graph or the connector. Throws an Error whose message says why it is refused.
   */
  verify(token: string, audience: Resource): Promise<AccessClaims>;
  /** Consent of the tenant, for tests and the desk. Tokens that were issued before keep what they carry. */
  readonly consent: Consent;
  /** How the app may prove who it is, and where its sign-ins may end. */
  readonly registration: Registration;
  /** Other app registrations than the one that is there from the start, which administrators make. */
  readonly applications: Applications;
  /** Sign-ins of programs that have no browser: what people do with their codes. */
  readonly deviceCodes: Pick<DeviceCodes, 'answer' | 'interval' | 'lifetime'>;
  /** What signs for people and apps, and what signs activities to bots: either rolls when Microsoft likes. */
  readonly keys: Readonly<Record<'people' | 'bots', Pick<SigningKeys, 'roll' | 'withdrawEarlier'>>>;
}

const botIssuer = 'https://api.botframework.com';
/** A key of Microsoft's signs for many channels: that an activity is from Teams does not follow from its signature. */
const endorsedChannels = ['msteams', 'webchat', 'directline', 'emulator', 'skype', 'email', 'test'];

export async function openEntra(local: LocalTenant): Promise<Entra> {
  const { server, store, directory } = local;
  const keys = await openKeys(store, 'entra');
  // Azure Bot Service has keys of its own: what signs for Entra must not be taken by the bot, nor the other way round.
  const botKeys = await openKeys(store, 'bot-service');
  const issuer = createIssuer(keys);
  const { consent, registration, applications } = openParts(local);
  const checkProof = createProofCheck({ registration, keys, audiences: () => tokenEndpoints(local.url()) });
  const deviceCodes = createDeviceCodes({ store, consent, directory });
  const grants = createGrants({ store, directory, consent, issuer, checkProof, deviceCodes, applications });
  const authorize = createAuthorize({ local, consent, registration, grants });
  addManagedIdentity(server, keys);

  server.post('/:tenant/oauth2/v2.0/token', async (req, res) => {
    const form = fields(req.body);
    try {
      send(res, 200, await grants.redeem(tenantOf(req), { ...form, ...basic(req.header('authorization')) }));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send(res, error.status, refusalBody(error, form['client-request-id'] ?? req.header('client-request-id')));
    }
  });

  server.post('/:tenant/oauth2/v2.0/devicecode', async (req, res) => {
    try {
      const name = tenantOf(req);
      if (!isKnownTenant(name)) throw refusals.unknownTenant(name);
      send(res, 200, deviceCodes.start(fields(req.body)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send(res, error.status, refusalBody(error));
    }
  });

  server.get('/:tenant/oauth2/v2.0/authorize', async (req, res) => {
    goOn(res, () => authorize.ask(tenantOf(req), fields(req.query)));
  });
  server.post('/:tenant/consent/set', async (req, res) => {
    goOn(res, () => authorize.decide(tenantOf(req), fields(req.body)));
  });

  server.get('/:tenant/v2.0/.well-known/openid-configuration', async (req, res) => {
    const name = tenantOf(req);
    if (!isKnownTenant(name)) return send(res, 400, refusalBody(refusals.unknownTenant(name)));
    const base = `${local.url()}/${name}`;
    send(res, 200, {
      issuer: issuerOfPeople,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
      response_modes_supported: ['query', 'fragment'],
      response_types_supported: ['code'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
      code_challenge_methods_supported: ['plain', 'S256'],
    });
  });
  server.get('/:tenant/discovery/v2.0/keys', async (_req, res) => {
    send(res, 200, { keys: keys.published().map(key => ({ ...key, issuer: issuerOfPeople })) });
  });

  server.get('/v1/.well-known/openidconfiguration', async (_req, res) => {
    send(res, 200, {
      issuer: botIssuer,
      authorization_endpoint: 'https://invalid.botframework.com',
      jwks_uri: local.botKeys(),
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    });
  });
  server.get('/v1/.well-known/keys', async (_req, res) => {
    send(res, 200, { keys: botKeys.published().map(key => ({ ...key, endorsements: endorsedChannels })) });
  });

  return {
    consent,
    registration,
    applications,
    deviceCodes,
    keys: { people: keys, bots: botKeys },
    async issueTabToken(userId) {
      const user = directory.user(userId);
      if (!user)
        throw new Error(`no person ${userId} in the local tenant: a tab token can be had for one of its people only`);
      const refusal = local.appInTeams && whyNoTabToken(applications, local.productUrl());
      if (refusal) throw new Error(refusal);
      return issuer.tabToken(user);
    },
    signToBot: serviceUrl =>
      botKeys.sign({ iss: botIssuer, aud: tenant.appId, serviceurl: serviceUrl }, accessTokenLifetime),
    verify: (token, audience) => issuer.readAccess(token, audience),
  };
}

/** What is known of the app: from the start, or as an administrator makes it. */
function openParts({ store, productUrl, appInTeams }: LocalTenant) {
  if (appInTeams === null) {
    const registration = openRegistration(store, productUrl);
    return { consent: openConsent(store), registration, applications: openApplications(store, registration) };
  }
  const applications = openApplications(store, null);
  const consent = madeConsent(openConsent(store, { delegated: [], application: [] }), applications);
  return { consent, registration: madeRegistration(applications), applications };
}

/** Where an assertion may be meant for: this tenant's token endpoint, by Microsoft's address or by ours. */
function tokenEndpoints(here: string): readonly string[] {
  return ['https://login.microsoftonline.com', here].map(base => `${base}/${tenant.id}/oauth2/v2.0/token`);
}

function goOn(res: Response, decide: () => AuthorizeAnswer): void {
  let answer: AuthorizeAnswer;
  let status = 200;
  try {
    answer = decide();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    answer = { page: refusalPage(error.message) };
    status = error.status;
  }
  if ('redirect' in answer) {
    res.writeHead(302, { location: answer.redirect, 'cache-control': 'no-store' });
    res.end();
  } else {
    res.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    res.end(answer.page);
  }
}

function send(res: Response, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  res.end(JSON.stringify(body));
}

function tenantOf(req: Request): string {
  return String((req.params as Record<string, unknown>)['tenant']).toLowerCase();
}

/** The text fields of a form or a query; anything else in it is left out. */
function fields(given: unknown): Form {
  if (typeof given !== 'object' || given === null) return {};
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Client id and secret may come as HTTP Basic instead of form fields. */
function basic(header: string | undefined): Form {
  const encoded = header?.match(/^Basic (.+)$/i)?.[1];
  if (encoded === undefined) return {};
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString().split(':');
  return { client_id: decodeURIComponent(id), client_secret: decodeURIComponent(secret.join(':')) };
}

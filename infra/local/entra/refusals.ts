import { randomUUID } from 'node:crypto';

/** A request that Entra refuses, with its AADSTS number. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  /** OAuth's own word for it: `invalid_grant`, `invalid_client`, … */
  readonly error: string;
  readonly number: number;
  readonly suberror: string | undefined;

  constructor(status: number, error: string, number: number, message: string, suberror?: string) {
    super(`AADSTS${number}: ${message}`);
    this.status = status;
    this.error = error;
    this.number = number;
    this.suberror = suberror;
  }
}

/** What the app says of itself is wrong. */
const invalidClient = (number: number, message: string) => new Refusal(401, 'invalid_client', number, message);
/** What the app brought in exchange for a token is wrong. */
const invalidGrant = (number: number, message: string, suberror?: string) =>
  new Refusal(400, 'invalid_grant', number, message, suberror);
const unmatched = (part: string, given: string) =>
  `No matching federated identity record found for presented assertion ${part} '${given}'.`;

/**
 * Every refusal of local Entra. Numbers and OAuth words are Microsoft's
 * (https://learn.microsoft.com/entra/identity-platform/reference-error-codes); the sentences say what to look at here.
 */
export const refusals = {
  unknownTenant: (name: string) =>
    new Refusal(400, 'invalid_request', 90002, `Tenant '${name}' not found. Check the tenant in the authority.`),
  unknownApp: (appId: string, tenant: string) =>
    new Refusal(
      400,
      'unauthorized_client',
      700016,
      `Application with identifier '${appId}' was not found in the directory '${tenant}'.`,
    ),
  noSecret: () =>
    invalidClient(
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    ),
  wrongSecret: (appId: string) =>
    invalidClient(
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${appId}'.`,
    ),
  secretExpired: (appId: string) =>
    invalidClient(
      7000222,
      `The provided client secret keys for app '${appId}' are expired. Visit the Azure portal to create new keys for your app, or consider using certificate credentials for added security.`,
    ),
  certificateUnknown: (thumbprint: string) =>
    invalidClient(
      700027,
      `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Thumbprint of key used by client: '${thumbprint}']`,
    ),
  certificateSignature: () => invalidClient(700027, 'Client assertion failed signature validation.'),
  certificateExpired: () =>
    invalidClient(1000502, 'The provided certificate is not within its specified validity window.'),
  assertionTooOld: () => invalidClient(700024, 'Client assertion is not within its valid time range.'),
  assertionFor: () => invalidClient(700023, 'Client assertion audience claim does not match Realm issuer.'),
  assertionOf: () =>
    invalidClient(700021, "Client assertion application identifier doesn't match 'client_id' parameter."),
  federatedIssuer: (issuer: string) => invalidClient(700211, unmatched('issuer', issuer)),
  federatedAudience: (audience: string) => invalidClient(700212, unmatched('audience', audience)),
  federatedSubject: (subject: string) => invalidClient(700213, unmatched('subject', subject)),
  adminApproval: (appName: string) =>
    new Refusal(
      403,
      'access_denied',
      90094,
      `An administrator of the organisation must approve what ${appName} asks for: only an admin can grant it.`,
    ),
  missing: (parameter: string) =>
    new Refusal(
      400,
      'invalid_request',
      900144,
      `The request body must contain the following parameter: '${parameter}'.`,
    ),
  grantType: (given: string) =>
    new Refusal(400, 'unsupported_grant_type', 70003, `The app requested an unsupported grant type '${given}'.`),
  responseType: (given: string) =>
    new Refusal(
      400,
      'unsupported_response_type',
      700054,
      `response_type '${given}' is not enabled for the application.`,
    ),
  redirect: (given: string, appId: string) =>
    new Refusal(
      400,
      'invalid_request',
      50011,
      `The redirect URI '${given}' specified in the request does not match the redirect URIs configured for the application '${appId}'.`,
    ),
  badScope: (given: string) =>
    new Refusal(
      400,
      'invalid_scope',
      70011,
      `The provided value for the input parameter 'scope' is not valid. The scope ${given} is not valid.`,
    ),
  notDefaultScope: (given: string) =>
    new Refusal(
      400,
      'invalid_scope',
      1002012,
      `The provided value for scope ${given} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    ),
  unknownResource: (resource: string) =>
    new Refusal(
      400,
      'invalid_resource',
      500011,
      `The resource principal named ${resource} was not found in the tenant.`,
    ),
  notConsented: (appId: string, appName: string) =>
    invalidGrant(
      65001,
      `The user or administrator has not consented to use the application with ID '${appId}' named '${appName}'. Send an interactive authorization request for this user and resource.`,
      'consent_required',
    ),
  interactionNeeded: () =>
    new Refusal(400, 'interaction_required', 50058, 'A silent sign-in request was sent but no user is signed in.'),
  assertionSignature: (why: string) => invalidGrant(50013, `Assertion failed signature validation. [Reason - ${why}]`),
  assertionAudience: () =>
    invalidGrant(
      500131,
      'Assertion audience does not match the Client app presenting the assertion. The audience in the assertion must be the app that presents it.',
    ),
  assertionExpired: () =>
    invalidGrant(
      500133,
      'Assertion is not within its valid time range. Ensure that the access token is not expired before using it for user assertion.',
    ),
  codeSpent: () =>
    invalidGrant(
      54005,
      'OAuth2 Authorization code was already redeemed or has expired, please retry with a new valid code.',
    ),
  codeElsewhere: () =>
    invalidGrant(
      500112,
      'The reply address does not match the reply address provided when requesting Authorization code.',
    ),
  codeVerifier: () =>
    invalidGrant(501481, 'The Code_Verifier does not match the code_challenge supplied in the authorization request.'),
  refreshToken: () =>
    invalidGrant(70008, 'The provided authorization code or refresh token has expired or is not valid.'),
  /**
   * The numbers of the flow are in Microsoft's table and in reports; that of `authorization_declined` is in neither.
   */
  deviceCodePending: () =>
    new Refusal(
      400,
      'authorization_pending',
      70016,
      'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
    ),
  deviceCodeDeclined: () =>
    new Refusal(400, 'authorization_declined', 70000, 'The end user denied the authorization request.'),
  deviceCodeExpired: () =>
    new Refusal(
      400,
      'expired_token',
      70020,
      "The provided value for the input parameter 'device_code' is not valid. This device code has expired.",
    ),
  deviceCodeUnknown: () =>
    new Refusal(
      400,
      'bad_verification_code',
      70000,
      "The provided value for the input parameter 'device_code' is not valid.",
    ),
  userCodeUnknown: () => invalidGrant(70018, 'Invalid verification code due to user typing in a wrong user code.'),
  notPublic: (appId: string) =>
    invalidClient(
      7000218,
      `The request body must contain the following parameter: 'client_assertion' or 'client_secret' (app '${appId}').`,
    ),
  unknownUser: (user: string) => invalidGrant(50034, `The user account ${user} does not exist in the directory.`),
} as const;

/** The body of a refusal, as the token endpoint answers it. */
export function refusalBody(refusal: Refusal, correlationId: string = randomUUID()): Record<string, unknown> {
  const timestamp = `${new Date().toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const traceId = randomUUID();
  return {
    error: refusal.error,
    error_description: `${refusal.message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [refusal.number],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${refusal.number}`,
    ...(refusal.suberror === undefined ? {} : { suberror: refusal.suberror }),
  };
}

import { ConfidentialClientApplication, InteractionRequiredAuthError, type AuthenticationResult, type INetworkModule } from '@azure/msal-node';
import { Client, GraphError, HTTPMessageHandler, RetryHandler, RetryHandlerOptions, TelemetryHandler, type Context } from '@microsoft/microsoft-graph-client';
import { CommunityError } from '../../domain/errors.ts';

/** Graph as this app uses it. Calls fail with `CommunityError`, whose sentence says what was called and what Graph said. */
export interface Graph {
  get<Answer>(path: string, options?: CallOptions): Promise<Answer>;
  post<Answer>(path: string, body: object, options?: CallOptions): Promise<Answer>;
  patch<Answer>(path: string, body: object, options?: CallOptions): Promise<Answer>;
  delete(path: string, options?: CallOptions): Promise<void>;
}

export interface CallOptions {
  /** The ETag the change is based on; Graph answers 412 when it is stale, which becomes `version-conflict`. */
  readonly ifMatch?: string;
}

/** Whom Graph sees: the app, or the app on behalf of the person with this token. */
export type Caller = 'app' | { readonly onBehalfOf: string };

/** Delegated permissions that acting for a person needs. */
export const delegatedScopes = ['https://graph.microsoft.com/Sites.ReadWrite.All', 'https://graph.microsoft.com/User.Read'];

/** What SharePoint asks apps to call themselves, so that throttling can tell them apart. */
const userAgent = 'NONISV|CoPCompanion|CoPCompanion/0.1';

/** How Entra is reached: msal's own way, or another in tests and on a local Microsoft 365. */
export type NetworkClient = INetworkModule;

/** The app in Entra's eyes: gives tokens for Graph and for the Bot Connector, and keeps them as long as they are good. */
export type EntraClient = ConfidentialClientApplication;

export function createEntraClient({ appId, appPassword, tenantId }: { readonly appId: string; readonly appPassword: string; readonly tenantId: string }, networkClient?: NetworkClient): EntraClient {
  return new ConfidentialClientApplication({
    // msal takes https only, and asks nobody whether this one is genuine.
    auth: { clientId: appId, clientSecret: appPassword, authority: `https://login.microsoftonline.com/${tenantId}` },
    ...(networkClient ? { system: { networkClient } } : {}),
  });
}

export interface GraphParts {
  readonly client: EntraClient;
  /** Another one for acting on people's behalf: what it remembers is thrown away now and then. */
  readonly people: EntraClient;
  readonly fetch: typeof fetch;
}

/** Makes the way to Graph for a caller. */
export function createGraph({ client, people, fetch }: GraphParts): (caller: Caller) => Graph {
  const official = clientOver(fetch);
  let exchanged = 0;

  async function tokenFor(caller: Caller): Promise<AuthenticationResult | null> {
    if (caller === 'app') return client.acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] });
    const result = await people.acquireTokenOnBehalfOf({ oboAssertion: caller.onBehalfOf, scopes: delegatedScopes });
    // msal keeps what each token was exchanged for and never forgets; people bring a new one every hour.
    if (result && !result.fromCache && ++exchanged % mostExchanged === 0) people.clearCache();
    return result;
  }

  return caller => graphOver(official, () => accessToken(() => tokenFor(caller)));
}

/** How many exchanged tokens are remembered. */
const mostExchanged = 2000;

async function accessToken(acquire: () => Promise<AuthenticationResult | null>): Promise<string> {
  try {
    const result = await acquire();
    if (!result) throw new CommunityError('unavailable', 'Entra gave no token for Graph');
    return result.accessToken;
  } catch (error) {
    if (error instanceof InteractionRequiredAuthError || isConsentMissing(error)) {
      const claims = error instanceof InteractionRequiredAuthError && error.claims ? { claims: error.claims } : {};
      throw new CommunityError('consent-needed', 'Entra wants somebody to agree before the app may act for this person in SharePoint', claims);
    }
    if (error instanceof CommunityError) throw error;
    throw new CommunityError('unavailable', `Entra gave no token for Graph: ${codeOf(error)}`, { cause: codeOf(error) });
  }
}

/** Entra says `invalid_grant` with a suberror; msal makes an InteractionRequiredAuthError of most, not of all. */
function isConsentMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'subError' in error && error.subError === 'consent_required';
}

function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'errorCode' in error) return String(error.errorCode);
  return error instanceof Error ? error.name : 'unknown error';
}

/**
 * The official client with its own retries. Its own token link sends no token to hosts it does not know, and turns what
 * msal throws into an error without a cause; so the token is a header of each request, and only the last link is ours.
 */
function clientOver(fetch: typeof globalThis.fetch): Client {
  const retry = new RetryHandler(new RetryHandlerOptions());
  const telemetry = new TelemetryHandler();
  retry.setNext(telemetry);
  telemetry.setNext(new Send(fetch));
  return Client.initWithMiddleware({ middleware: retry, defaultVersion: 'v1.0' });
}

class Send extends HTTPMessageHandler {
  readonly #fetch: typeof globalThis.fetch;

  constructor(fetch: typeof globalThis.fetch) {
    super();
    this.#fetch = fetch;
  }

  override async execute(context: Context): Promise<void> {
    context.response = await this.#fetch(context.request as string, context.options as RequestInit);
  }
}

function graphOver(client: Client, token: () => Promise<string>): Graph {
  async function call<Answer>(method: 'get' | 'post' | 'patch' | 'delete', path: string, body: object | undefined, options: CallOptions = {}): Promise<Answer> {
    const request = client.api(path).headers({ Authorization: `Bearer ${await token()}`, 'User-Agent': userAgent });
    if (options.ifMatch !== undefined) request.header('if-match', options.ifMatch);
    try {
      return await (body === undefined ? request[method as 'get']() : request[method](body)) as Answer;
    } catch (error) {
      throw translate(error, method, path);
    }
  }

  return {
    get: (path, options) => call('get', path, undefined, options),
    post: (path, body, options) => call('post', path, body, options),
    patch: (path, body, options) => call('patch', path, body, options),
    delete: (path, options) => call('delete', path, undefined, options),
  };
}

/** What Graph said, as ours. `details.graph` keeps Graph's own code for those who must tell cases apart. */
function translate(error: unknown, method: string, path: string): Error {
  if (error instanceof CommunityError) return error;
  const what = `Graph, ${method.toUpperCase()} ${withoutQuery(path)}`;
  if (!(error instanceof GraphError) || error.statusCode === -1) {
    return new CommunityError('unavailable', `${what}: no answer (${codeOf(error)})`);
  }
  const said = `${error.statusCode} ${error.code ?? ''}: ${error.message}`;
  const details = { status: error.statusCode, graph: error.code ?? '', said: error.message };
  switch (error.statusCode) {
    case 401:
    case 403:
      return new CommunityError('not-allowed', `${what}: ${said}`, { ...details, permission: 'SharePoint' });
    case 404:
      return new CommunityError('not-found', `${what}: ${said}`, details);
    case 412:
      return new CommunityError('version-conflict', `${what}: ${said}`, details);
    case 429:
      return new CommunityError('throttled', `${what}: ${said}`, details);
    case 400:
    case 409:
      return new CommunityError('invalid', `${what}: ${said}`, details);
    default:
      return new CommunityError('unavailable', `${what}: ${said}`, details);
  }
}

/** Filters may hold ids of people; the path alone says enough. */
function withoutQuery(path: string): string {
  return path.split('?')[0] ?? path;
}

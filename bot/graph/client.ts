import {
  ConfidentialClientApplication,
  InteractionRequiredAuthError,
  type AuthenticationResult,
  type INetworkModule,
} from '@azure/msal-node';
import {
  Client,
  GraphError,
  HTTPMessageHandler,
  RetryHandler,
  RetryHandlerOptions,
  TelemetryHandler,
  type Context,
  type MiddlewareOptions,
} from '@microsoft/microsoft-graph-client';
import { CommunityError } from '../../domain/errors.ts';
import { clouds, type Cloud } from '../clouds.ts';
import { patience, secondsIn, subjectOf, unitsOf, type GraphPace, type PacedCall } from './throttle.ts';

/**
 * Graph as this app uses it. Calls fail with `CommunityError`, whose sentence says what was called and what Graph said.
 */
export interface Graph {
  get<Answer>(path: string, options?: CallOptions): Promise<Answer>;
  post<Answer>(path: string, body: object, options?: CallOptions): Promise<Answer>;
  patch<Answer>(path: string, body: object, options?: CallOptions): Promise<Answer>;
  delete(path: string, options?: CallOptions): Promise<void>;
  /** Puts a file's content, of this media type. */
  put<Answer>(path: string, bytes: Uint8Array, type: string): Promise<Answer>;
  /** Gets several things with one call for each twenty; what failed comes as its error. */
  getAll<Answer>(paths: readonly string[]): Promise<readonly (Answer | CommunityError)[]>;
}

interface CallOptions {
  /** The ETag the change is based on; Graph answers 412 when it is stale, which becomes `version-conflict`. */
  readonly ifMatch?: string;
}

/** Whom Graph sees: the app, or the app on behalf of the person with this token. */
export type Caller = 'app' | { readonly onBehalfOf: string };

/** Delegated permissions that acting for a person needs. */
export function delegatedScopesOf({ graph }: Pick<Cloud, 'graph'>): string[] {
  return [`${graph}/Sites.ReadWrite.All`, `${graph}/User.Read`];
}

/** What SharePoint asks apps to call themselves, so that throttling can tell them apart. */
const userAgent = 'NONISV|CoPCompanion|CoPCompanion/0.1';

/** How Entra is reached: msal's own way, or another in tests and on a local Microsoft 365. */
export type NetworkClient = INetworkModule;

/**
 * The app in Entra's eyes: gives tokens for Graph and for the Bot Connector, and keeps them as long as they are good.
 */
export type EntraClient = ConfidentialClientApplication;

/** Who the app is in Entra, and in which cloud; the public one when it is not said. */
export interface Registration {
  readonly appId: string;
  readonly appPassword: string;
  readonly tenantId: string;
  readonly cloud?: Pick<Cloud, 'login'>;
}

export function createEntraClient(
  { appId, appPassword, tenantId, cloud = clouds.public }: Registration,
  networkClient?: NetworkClient,
): EntraClient {
  return new ConfidentialClientApplication({
    // msal takes https only, and asks nobody whether this one is genuine.
    auth: { clientId: appId, clientSecret: appPassword, authority: `${cloud.login}/${tenantId}` },
    ...(networkClient ? { system: { networkClient } } : {}),
  });
}

export interface GraphParts {
  readonly client: EntraClient;
  /** Another one for acting on people's behalf: what it remembers is thrown away now and then. */
  readonly people: EntraClient;
  readonly fetch: typeof fetch;
  readonly pace: GraphPace;
  /** The public one when left out. */
  readonly cloud?: Pick<Cloud, 'graph'>;
}

/** Makes the way to Graph for a caller. */
export function createGraph({
  client,
  people,
  fetch,
  pace,
  cloud = clouds.public,
}: GraphParts): (caller: Caller) => Graph {
  const official = clientOver(fetch, pace, cloud.graph);
  const delegatedScopes = delegatedScopesOf(cloud);
  let exchanged = 0;

  async function tokenFor(caller: Caller): Promise<AuthenticationResult | null> {
    if (caller === 'app') return client.acquireTokenByClientCredential({ scopes: [`${cloud.graph}/.default`] });
    const result = await people.acquireTokenOnBehalfOf({ oboAssertion: caller.onBehalfOf, scopes: delegatedScopes });
    // msal keeps what each token was exchanged for and never forgets; people bring a new one every hour.
    if (result && !result.fromCache && ++exchanged % mostExchanged === 0) people.clearCache();
    return result;
  }

  return caller =>
    graphOver({
      official,
      pace,
      root: `${cloud.graph}/v1.0`,
      isPerson: caller !== 'app',
      token: () => accessToken(() => tokenFor(caller)),
    });
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
      throw new CommunityError(
        'consent-needed',
        'Entra wants somebody to agree before the app may act for this person in SharePoint',
        claims,
      );
    }
    if (error instanceof CommunityError) throw error;
    throw new CommunityError('unavailable', `Entra gave no token for Graph: ${codeOf(error)}`, {
      cause: codeOf(error),
    });
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
 * Being the last, it sees every retry of the client: each waits for its turn and costs its units like any other call.
 */
function clientOver(fetch: typeof globalThis.fetch, pace: GraphPace, graph: string): Client {
  const retry = new RetryHandler(new RetryHandlerOptions());
  const telemetry = new TelemetryHandler();
  retry.setNext(telemetry);
  telemetry.setNext(new Send(fetch, pace));
  return Client.initWithMiddleware({ baseUrl: `${graph}/`, middleware: retry, defaultVersion: 'v1.0' });
}

/** One call, through all its retries. The client hands it on to our link, as it does with options of its own. */
class Sending implements MiddlewareOptions {
  readonly scope: string;
  readonly units: number;
  readonly urgent: boolean;
  readonly deadline: number;
  attempts = 0;
  /** Why it was not sent. The client would wrap it into an error of its own and lose what it says. */
  refusal: CommunityError | undefined;

  constructor({ scope, units, urgent }: PacedCall) {
    this.scope = scope;
    this.units = units;
    this.urgent = urgent;
    this.deadline = Date.now() + (urgent ? patience.urgent : patience.background);
  }

  /** Whether the client may wait for as long as it was told to. Whoever looks at a screen is told so instead. */
  mayRetry(response: Response): boolean {
    return Date.now() + (secondsIn(response.headers.get('retry-after')) ?? 3) * 1000 <= this.deadline;
  }
}

class Send extends HTTPMessageHandler {
  readonly #fetch: typeof globalThis.fetch;
  readonly #pace: GraphPace;

  constructor(fetch: typeof globalThis.fetch, pace: GraphPace) {
    super();
    this.#fetch = fetch;
    this.#pace = pace;
  }

  override async execute(context: Context): Promise<void> {
    const sending = context.middlewareControl?.getMiddlewareOptions(Sending) as Sending;
    const send = (): Promise<Response> => {
      sending.attempts++;
      // A call without an end would keep its place for ever.
      return this.#fetch(context.request as string, {
        ...(context.options as RequestInit),
        signal: AbortSignal.timeout(longestCall),
      });
    };
    try {
      context.response = await this.#pace.send(sending, send);
    } catch (error) {
      if (error instanceof CommunityError) sending.refusal = error;
      throw error;
    }
  }
}

/** In milliseconds. SharePoint itself gives up after less. */
const longestCall = 60_000;
/** As often as the official client does without being told. */
const retries = { delaySeconds: 3, most: 3 } as const;
/** Graph's own limit. */
const mostInBatch = 20;

interface GraphOver {
  readonly official: Client;
  readonly pace: GraphPace;
  /** What the path of a call is below. */
  readonly root: string;
  readonly isPerson: boolean;
  readonly token: () => Promise<string>;
}

function graphOver({ official, pace, root, isPerson, token }: GraphOver): Graph {
  interface Act extends CallOptions {
    readonly method: 'get' | 'post' | 'patch' | 'put' | 'delete';
    readonly path: string;
    readonly body?: object | undefined;
    readonly type?: string;
    /** When they are not those of the path. */
    readonly cost?: Pick<PacedCall, 'scope' | 'units'>;
  }

  async function call<Answer>({ method, path, body, type, ifMatch, cost }: Act): Promise<Answer> {
    const authorization = `Bearer ${await token()}`;
    // A link to the next page is a whole address.
    const called = path.replace(root, '');
    const sending = new Sending({
      scope: subjectOf(called),
      units: unitsOf(method, called),
      ...cost,
      urgent: isPerson || !pace.isBackground(),
    });
    const request = official.api(path).headers({ Authorization: authorization, 'User-Agent': userAgent });
    request.middlewareOptions([
      sending,
      new RetryHandlerOptions(retries.delaySeconds, retries.most, (_delay, _attempt, _request, _options, response) =>
        sending.mayRetry(response),
      ),
    ]);
    if (ifMatch !== undefined) request.header('if-match', ifMatch);
    if (type !== undefined) request.header('content-type', type);
    try {
      return (await (body === undefined ? request[method as 'get']() : request[method as 'post'](body))) as Answer;
    } catch (error) {
      throw sending.refusal ?? translate(error, { method, path, resent: sending.attempts > 1 });
    }
  }

  async function batch<Answer>(paths: readonly string[]): Promise<readonly (Answer | CommunityError)[]> {
    const scope = subjectOf(paths[0] ?? '');
    const units = paths.reduce((sum, path) => sum + unitsOf('get', path), 0);
    const { responses } = await call<{ responses: readonly Step[] }>({
      method: 'post',
      path: '/$batch',
      body: { requests: paths.map((url, index) => ({ id: String(index), method: 'GET', url })) },
      cost: { scope, units },
    });
    return Promise.all(
      paths.map(async (path, index) => {
        const step = responses.find(({ id }) => id === String(index));
        if (step && step.status < 300) return step.body as Answer;
        if (step) pace.heed(scope, { status: step.status, headers: new Headers(step.headers ?? {}) });
        // One that had no luck is asked again by itself, with all the patience of a single call; that also tells its
        // error.
        return call<Answer>({ method: 'get', path }).catch((error: unknown) => {
          if (error instanceof CommunityError) return error;
          throw error;
        });
      }),
    );
  }

  return {
    get: (path, options) => call({ ...options, method: 'get', path }),
    post: (path, body, options) => call({ ...options, method: 'post', path, body }),
    patch: (path, body, options) => call({ ...options, method: 'patch', path, body }),
    delete: (path, options) => call({ ...options, method: 'delete', path }),
    put: (path, bytes, type) => call({ method: 'put', path, body: Buffer.from(bytes), type }),
    async getAll<Answer>(paths: readonly string[]) {
      const found: (Answer | CommunityError)[] = [];
      for (let start = 0; start < paths.length; start += mostInBatch)
        found.push(...(await batch<Answer>(paths.slice(start, start + mostInBatch))));
      return found;
    },
  };
}

interface Step {
  readonly id: string;
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

interface What {
  readonly method: string;
  readonly path: string;
  /** Whether it was sent more than once, so that it may have been done although it failed. */
  readonly resent: boolean;
}

/** What Graph said, as ours. `details.graph` keeps Graph's own code for those who must tell cases apart. */
function translate(error: unknown, { method, path, resent }: What): Error {
  if (error instanceof CommunityError) return error;
  const what = `Graph, ${method.toUpperCase()} ${withoutQuery(path)}`;
  if (!(error instanceof GraphError) || error.statusCode === -1) {
    return new CommunityError('unavailable', `${what}: no answer (${codeOf(error)})`);
  }
  const said = `${error.statusCode} ${error.code ?? ''}: ${error.message}`;
  const details = { status: error.statusCode, graph: error.code ?? '', said: error.message, resent };
  switch (error.statusCode) {
    case 401:
    case 403:
      return new CommunityError('not-allowed', `${what}: ${said}`, { ...details, permission: 'SharePoint' });
    case 404:
      return new CommunityError('not-found', `${what}: ${said}`, details);
    case 412:
      return new CommunityError('version-conflict', `${what}: ${said}`, details);
    case 429:
      return new CommunityError('throttled', `${what}: ${said}`, {
        ...details,
        retryAfter: Math.ceil(secondsIn(error.headers?.get('retry-after') ?? null) ?? 30),
      });
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

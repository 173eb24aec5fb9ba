import { setTimeout as wait } from 'node:timers/promises';
import type { AuthenticationResult } from '@azure/msal-node';
import type { Client } from '@microsoft/microsoft-graph-client';
import { CommunityError } from '../../domain/errors.ts';
import { clouds, type Cloud } from '../clouds.ts';
import type { Purchase } from './budget.ts';
import { accessToken, delegatedScopesOf, type EntraClient } from './entra.ts';
import { hasMetAnother, translate } from './graph-error.ts';
import { subjectOf, unitsOf } from './resource-units.ts';
import { clientOver, Sending } from './sending.ts';
import type { GraphThrottle } from './throttle.ts';

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
  /** The ETag the change is based on; when it is stale Graph refuses, which becomes `version-conflict`. */
  readonly ifMatch?: string;
}

/** Whom Graph sees: the app, or the app on behalf of the person with this token. */
export type Caller = 'app' | { readonly onBehalfOf: string };

/** What SharePoint asks apps to call themselves, so that throttling can tell them apart. */
const userAgent = 'NONISV|CoPCompanion|CoPCompanion/0.1';

/** How long a save that met another waits before it is sent again, in milliseconds: one number for each try. */
const afterMeeting = [150, 500, 1500] as const;

/** How many exchanged tokens are remembered. */
const mostExchanged = 2000;

export interface GraphParts {
  readonly client: EntraClient;
  /** Another one for acting on people's behalf: what it remembers is thrown away now and then. */
  readonly people: EntraClient;
  readonly fetch: typeof fetch;
  readonly throttle: GraphThrottle;
  /** The public one when left out. */
  readonly cloud?: Pick<Cloud, 'graph'>;
}

/** Makes the way to Graph for a caller. */
export function createGraph({
  client,
  people,
  fetch,
  throttle,
  cloud = clouds.public,
}: GraphParts): (caller: Caller) => Graph {
  const official = clientOver(fetch, throttle, cloud.graph);
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
    graphOver(
      createCall({
        official,
        throttle,
        root: `${cloud.graph}/v1.0`,
        isPerson: caller !== 'app',
        token: () => accessToken(() => tokenFor(caller)),
      }),
      throttle,
    );
}

interface Act extends CallOptions {
  readonly method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  readonly path: string;
  readonly body?: object | undefined;
  readonly type?: string;
  /** When they are not those of the path. */
  readonly cost?: Pick<Purchase, 'scope' | 'units'>;
}

type Call = <Answer>(act: Act) => Promise<Answer>;

interface CallParts {
  readonly official: Client;
  readonly throttle: GraphThrottle;
  /** What the path of a call is below. */
  readonly root: string;
  readonly isPerson: boolean;
  readonly token: () => Promise<string>;
}

/** Tells saves that met each other apart: what was done meanwhile shows by its ETag, or by the name that is taken. */
function createCall(parts: CallParts): Call {
  const once = createSingleCall(parts);
  return async function call<Answer>(act: Act): Promise<Answer> {
    for (const pause of afterMeeting) {
      try {
        return await once<Answer>(act);
      } catch (error) {
        if (!hasMetAnother(error)) throw error;
        await wait(pause * (0.5 + Math.random()));
      }
    }
    return once<Answer>(act);
  };
}

function createSingleCall({ official, throttle, root, isPerson, token }: CallParts): Call {
  return async function call<Answer>({ method, path, body, type, ifMatch, cost }: Act): Promise<Answer> {
    const authorization = `Bearer ${await token()}`;
    // A link to the next page is a whole address.
    const called = path.replace(root, '');
    const sending = new Sending({
      scope: subjectOf(called),
      units: unitsOf(method, called),
      ...cost,
      urgent: isPerson || !throttle.isBackground(),
    });
    const request = official.api(path).headers({ Authorization: authorization, 'User-Agent': userAgent });
    request.middlewareOptions([sending, sending.retryOptions()]);
    if (ifMatch !== undefined) request.header('if-match', ifMatch);
    if (type !== undefined) request.header('content-type', type);
    try {
      return (await (body === undefined ? request[method as 'get']() : request[method as 'post'](body))) as Answer;
    } catch (error) {
      throw sending.refusal ?? translate(error, { method, path, resent: sending.attempts > 1, isPerson });
    }
  };
}

interface Step {
  readonly id: string;
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** Graph's own limit. */
const mostInBatch = 20;

async function getBatch<Answer>(
  call: Call,
  throttle: GraphThrottle,
  paths: readonly string[],
): Promise<readonly (Answer | CommunityError)[]> {
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
      if (step) throttle.observe(scope, { status: step.status, headers: new Headers(step.headers ?? {}) });
      // A step that failed is asked again by itself, with the retries of a single call; that also tells its error.
      return call<Answer>({ method: 'get', path }).catch((error: unknown) => {
        if (error instanceof CommunityError) return error;
        throw error;
      });
    }),
  );
}

function graphOver(call: Call, throttle: GraphThrottle): Graph {
  return {
    get: (path, options) => call({ ...options, method: 'get', path }),
    post: (path, body, options) => call({ ...options, method: 'post', path, body }),
    patch: (path, body, options) => call({ ...options, method: 'patch', path, body }),
    delete: (path, options) => call({ ...options, method: 'delete', path }),
    put: (path, bytes, type) => call({ method: 'put', path, body: Buffer.from(bytes), type }),
    async getAll<Answer>(paths: readonly string[]) {
      const found: (Answer | CommunityError)[] = [];
      for (let start = 0; start < paths.length; start += mostInBatch)
        found.push(...(await getBatch<Answer>(call, throttle, paths.slice(start, start + mostInBatch))));
      return found;
    },
  };
}

import { ConfidentialClientApplication, type INetworkModule, type NetworkRequestOptions } from '@azure/msal-node';
import { createServer, plugins } from 'restify';
import type { AddressInfo } from 'node:net';
import { createClock } from '../../../infra/local/clock.ts';
import { createDirectory, tenant, type Team, type User } from '../../../infra/local/directory.ts';
import type { LocalTenant } from '../../../infra/local/tenant.ts';
import { openEntra, type Entra } from '../../../infra/local/entra/index.ts';
import { createFaults } from '../../../infra/local/faults.ts';
import { openGraph, type Graph } from '../../../infra/local/graph/index.ts';
import { openStore } from '../../../infra/local/store.ts';

/** Entra and Graph of a small tenant on a free port, without the other two doors. */
export interface OpenTenant extends LocalTenant {
  readonly entra: Entra;
  readonly graph: Graph;
  close(): Promise<void>;
}

export const productUrl = 'http://localhost:3978';

/** @param file where its memory is kept; in this process only when left out. */
export async function openTenant(file = ':memory:'): Promise<OpenTenant> {
  const store = openStore(file);
  const server = createServer({ name: 'local-microsoft-365' });
  server.use(plugins.queryParser({ mapParams: false }));
  server.use(plugins.bodyParser({ mapParams: false, maxBodySize: 8 * 1024 * 1024 }));
  let url = '';
  const local: LocalTenant = {
    server,
    store,
    directory: createDirectory(store),
    clock: createClock(store),
    faults: createFaults(),
    url: () => url,
    productUrl: () => productUrl,
    serviceUrl: () => `${url}/connector/`,
    botKeys: () => `${url}/v1/.well-known/keys`,
    appInTeams: null,
  };
  for (const user of Object.values(people)) local.directory.putUser(user);
  local.directory.putTeam(gardeners);
  local.directory.putTeam(brewers);
  const entra = await openEntra(local);
  const graph = openGraph(local, entra);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()));
  url = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    ...local,
    entra,
    graph,
    async close() {
      await new Promise<void>(resolve => {
        server.close(() => resolve());
        (server as unknown as { server: { closeAllConnections(): void } }).server.closeAllConnections();
      });
      store.close();
    },
  };
}

function user(number: number, displayName: string): User {
  const mail = `${displayName.split(' ')[0]?.toLowerCase()}@${tenant.domain}`;
  return {
    id: `00000000-0000-4000-8000-00000000000${number}`,
    displayName,
    mail,
    jobTitle: 'Practitioner',
    locale: 'en-GB',
    timeZone: 'Europe/London',
  };
}

export const people = { ana: user(1, 'Ana Silva'), ben: user(2, 'Ben Okoro'), carla: user(3, 'Carla Rossi') } as const;

/** Ana owns it and Ben is in it; Carla is not. */
export const gardeners: Team = {
  id: '11111111-0000-4000-8000-000000000001',
  threadId: '19:gardeners@thread.tacv2',
  displayName: 'Gardeners',
  description: 'People who grow things',
  channels: [{ id: '19:gardeners@thread.tacv2', displayName: 'General' }],
  members: [
    { userId: people.ana.id, owner: true },
    { userId: people.ben.id, owner: false },
  ],
  sitePath: '/sites/gardeners',
};

/** The path of Gardeners' site, which an app with Sites.Selected finds by its address alone. */
export const gardenersSite = '/sites/cedarvalley.sharepoint.example:/sites/gardeners';

export const brewers: Team = {
  ...gardeners,
  id: '11111111-0000-4000-8000-000000000002',
  threadId: '19:brewers@thread.tacv2',
  displayName: 'Brewers',
  members: [{ userId: people.carla.id, owner: true }],
  sitePath: '/sites/brewers',
};

/** Microsoft's own client of Entra, sent here instead of to login.microsoftonline.com. */
export function signIn(local: LocalTenant, secret: string = tenant.appSecret): ConfidentialClientApplication {
  async function send(method: string, url: string, options?: NetworkRequestOptions) {
    const here = url.replace('https://login.microsoftonline.com', local.url());
    const response = await fetch(here, {
      method,
      ...(options?.headers ? { headers: options.headers } : {}),
      ...(options?.body === undefined ? {} : { body: options.body }),
    });
    return {
      headers: Object.fromEntries(response.headers),
      body: (await response.json()) as never,
      status: response.status,
    };
  }
  const networkClient: INetworkModule = {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  };
  const auth = {
    clientId: tenant.appId,
    clientSecret: secret,
    authority: `https://login.microsoftonline.com/${tenant.id}`,
  };
  return new ConfidentialClientApplication({ auth, system: { networkClient } });
}

/** A token of the app itself. */
export async function appToken(local: LocalTenant, scope = 'https://graph.microsoft.com/.default'): Promise<string> {
  const result = await signIn(local).acquireTokenByClientCredential({ scopes: [scope] });
  return result?.accessToken ?? '';
}

/** A token of the app on behalf of a person. */
export async function tokenFor(local: OpenTenant, person: User): Promise<string> {
  const oboAssertion = await local.entra.issueTabToken(person.id);
  const result = await signIn(local).acquireTokenOnBehalfOf({
    oboAssertion,
    scopes: ['https://graph.microsoft.com/.default'],
  });
  return result?.accessToken ?? '';
}

/** One call of Graph, answered with its status and its body. */
export type Ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** What tests look at in an answer of Graph; each test knows what it asked for. */
interface Body extends Entity {
  readonly value: readonly Entity[];
  readonly responses: readonly {
    readonly id: string;
    readonly status: number;
    readonly headers: Record<string, string>;
    readonly body: Body;
  }[];
  readonly error: { readonly code: string; readonly message: string; readonly innerError: Record<string, unknown> };
  readonly '@odata.nextLink'?: string;
  readonly '@odata.deltaLink'?: string;
}

export interface Entity {
  readonly id: string;
  readonly '@odata.etag': string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly [other: string]: unknown;
}

/** Where a call of Graph is sent: also one whose link Graph has given. */
export function lead(local: LocalTenant, url: string): string {
  return url.replace('https://graph.microsoft.com/', `${local.url()}/graph/`);
}

export function asker(local: LocalTenant, token: string | null): Ask {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(
      lead(local, path.startsWith('https://') ? path : `https://graph.microsoft.com/v1.0${path}`),
      {
        method,
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
    );
    const text = await response.text();
    return {
      status: response.status,
      body: (text === '' ? undefined : JSON.parse(text)) as Body,
      headers: response.headers,
    };
  };
}

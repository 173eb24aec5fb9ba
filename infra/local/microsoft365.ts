import { createServer, plugins } from 'restify';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openAppInTeams, type AppInTeams } from './app-in-teams.ts';
import { createClock, type MovableClock } from './clock.ts';
import { openConnector, type Connector } from './connector/index.ts';
import { openDesk } from './desk/index.ts';
import { createDirectory, type Directory } from './directory.ts';
import type { LocalTenant } from './tenant.ts';
import { openEntra, type Entra } from './entra/index.ts';
import { createFaults, type Faults } from './faults.ts';
import { openGraph, type Graph } from './graph/index.ts';
import { openStore, type Store } from './store.ts';

export interface Microsoft365Options {
  /** 0 for any free port. */
  readonly port: number;
  /** Where its memory is kept; null keeps it in this process only. */
  readonly dataDir: string | null;
  /** Where the bot and the tabs are, or will be: read at each use. */
  readonly productUrl: () => string;
  readonly latencyMs?: number;
  /** What it calls itself: this machine, or Microsoft's own addresses where something leads those here. */
  readonly addresses?: 'here' | 'microsoft';
  /** A tenant that has never heard of the app: an administrator registers it, and brings its bot and its package. */
  readonly withoutApp?: boolean;
  /** Whether its sample community is still being set up. */
  readonly isFilling?: () => boolean;
  /** Throws everything away and opens it anew, soon: what *Begin anew* on the desk does. Without it, nobody can. */
  readonly beginAnew?: () => void;
}

/**
 * Microsoft 365 on this machine: Entra, Graph, the Bot Connector and the desk on one port of the loopback interface.
 */
export interface Microsoft365 {
  /** http://localhost:<port> */
  readonly url: string;
  readonly store: Store;
  readonly clock: MovableClock;
  readonly directory: Directory;
  readonly faults: Faults;
  readonly entra: Entra;
  readonly graph: Graph;
  readonly connector: Connector;
  /** In a tenant that began without the app. */
  readonly appInTeams: AppInTeams | null;
  close(): Promise<void>;
}

/** How long a connection stays open on which nothing is asked, in milliseconds. */
const quietFor = 65_000;

export async function startMicrosoft365(options: Microsoft365Options): Promise<Microsoft365> {
  const store = openStore(options.dataDir === null ? ':memory:' : join(options.dataDir, 'microsoft365.sqlite'));
  const server = createServer({ name: 'local-microsoft-365' });
  // Whoever calls lets go of a quiet connection first. After Node's own five seconds both sides do, and on a busy machine
  // a call would leave on a connection that is just being closed.
  (server.server as Server).keepAliveTimeout = quietFor;
  server.use(plugins.queryParser({ mapParams: false }));
  server.use(plugins.bodyParser({ mapParams: false, maxBodySize: 8 * 1024 * 1024 }));

  let url = '';
  const local: LocalTenant = {
    server,
    store,
    directory: createDirectory(store),
    clock: createClock(store),
    faults: createFaults(options.latencyMs),
    url: () => url,
    productUrl: options.productUrl,
    appInTeams: options.withoutApp ? openAppInTeams(store) : null,
    ...addresses(() => (options.addresses === 'microsoft' ? microsoft : { connector: url, bots: url })),
  };
  const entra = await openEntra(local);
  const graph = openGraph(local, entra);
  const connector = openConnector(local, entra);
  openDesk(local, { entra, graph, connector, isFilling: options.isFilling, beginAnew: options.beginAnew });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  url = `http://localhost:${(server.address() as AddressInfo).port}`;

  return {
    url,
    store,
    clock: local.clock,
    directory: local.directory,
    faults: local.faults,
    entra,
    graph,
    connector,
    appInTeams: local.appInTeams,
    async close() {
      graph.subscriptions.stop();
      await new Promise<void>(resolve => {
        server.close(() => resolve());
        // Event streams and kept-alive connections would hold the server open for ever.
        (server as unknown as { server: { closeAllConnections(): void } }).server.closeAllConnections();
      });
      store.close();
    },
  };
}

/** The public cloud's Bot Connector. */
const microsoft = { connector: 'https://smba.trafficmanager.net', bots: 'https://login.botframework.com' } as const;

function addresses(
  at: () => { readonly connector: string; readonly bots: string },
): Pick<LocalTenant, 'serviceUrl' | 'botKeys'> {
  return {
    serviceUrl: () => `${at().connector}/connector/`,
    botKeys: () => `${at().bots}/v1/.well-known/keys`,
  };
}

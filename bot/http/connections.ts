import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf, type ClientAddresses } from './client-address.ts';

/** Most connections: at all, and of them such as say nothing at the moment. */
interface Limit {
  readonly most: number;
  readonly silent: number;
}

const limits = {
  all: { most: 5000, silent: 4000 },
  address: { most: 1000, silent: 200 },
} as const satisfies Readonly<Record<string, Limit>>;

/** In milliseconds. */
const timeouts = {
  /** From a connection's first moment, or a request's first byte, to the end of the headers. */
  headers: 10_000,
  /** To the end of the body. */
  request: 20_000,
  /** Between two requests. */
  keepAlive: 5_000,
  /** Without a byte in either direction, while an answer is made or the client does not fetch it. */
  silence: 120_000,
  /** How often Node looks for connections whose time has run out. By itself it does every half a minute. */
  look: 1_000,
} as const;

export interface Connections {
  /** Called with each request: until its answer is out, its connection is not silent. */
  inHand(request: IncomingMessage, response: ServerResponse): void;
  /** The answer that a connection is in the middle of. */
  answerOf(socket: Socket): ServerResponse | undefined;
}

/** Connections of one address, or all of them. Of the silent ones the oldest comes first. */
interface Pool {
  readonly limit: Limit;
  readonly open: Set<Socket>;
  readonly silent: Set<Socket>;
}

/**
 * Bounds what connections cost. Where there are too many, the one that has been silent longest makes room: a client
 * that opens thousands and says nothing loses its own, and one that comes to ask something is answered, even beside it.
 * Our proxies are no addresses in this sense: all clients come through them.
 */
export function limitConnections(server: Server, isProxy: ClientAddresses['isProxy']): Connections {
  server.headersTimeout = timeouts.headers;
  server.requestTimeout = timeouts.request;
  server.keepAliveTimeout = timeouts.keepAlive;
  server.setTimeout(timeouts.silence);
  // An option of Node's createServer, which restify does not pass on; read when the server begins to listen.
  (server as Server & { connectionsCheckingInterval: number }).connectionsCheckingInterval = timeouts.look;

  const all: Pool = { limit: limits.all, open: new Set(), silent: new Set() };
  const addresses = new Map<string, Pool>();
  const answers = new WeakMap<Socket, Set<ServerResponse>>();

  const pools = new WeakMap<Socket, readonly Pool[]>();

  function poolOf(address: string): Pool {
    const known = addresses.get(address) ?? { limit: limits.address, open: new Set(), silent: new Set() };
    addresses.set(address, known);
    return known;
  }

  server.on('connection', socket => {
    const beside = socket.remoteAddress ?? '';
    const address = networkOf(beside);
    const own = beside !== '' && isProxy(beside) ? [all] : [all, poolOf(address)];
    pools.set(socket, own);
    socket.once('close', () => {
      for (const { open, silent } of own) {
        open.delete(socket);
        silent.delete(socket);
      }
      if (addresses.get(address)?.open.size === 0) addresses.delete(address);
    });
    for (const pool of own) {
      pool.open.add(socket);
      pool.silent.add(socket);
      if (pool.open.size > pool.limit.most || pool.silent.size > pool.limit.silent) longestIn(pool.silent)?.destroy();
    }
  });

  return {
    inHand({ socket }, response) {
      const running = answers.get(socket) ?? new Set();
      answers.set(socket, running.add(response));
      for (const { silent } of pools.get(socket) ?? []) silent.delete(socket);
      response.once('close', () => {
        running.delete(response);
        if (running.size > 0 || socket.destroyed) return;
        for (const { silent } of pools.get(socket) ?? []) silent.add(socket);
      });
    },
    answerOf: socket => answers.get(socket)?.values().next().value,
  };
}

function longestIn(sockets: ReadonlySet<Socket>): Socket | undefined {
  return [...sockets.keys()].find(socket => !socket.destroyed);
}

import { createServer as createProxy, request as ask } from 'node:http';
import { createServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { generate } from 'selfsigned';

/** A certificate that signs for itself, and its key; as PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** @param names the hosts it is good for */
export async function makeCertificate(
  names: readonly string[],
  days: { readonly from?: Date; readonly to?: Date } = {},
): Promise<Certificate> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: names[0] ?? 'nobody' }], {
    keySize: 2048,
    algorithm: 'sha256',
    ...(days.from ? { notBeforeDate: days.from } : {}),
    ...(days.to ? { notAfterDate: days.to } : {}),
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: names.map(value => ({ type: 2, value })) },
    ],
  });
  return { certificate: cert, key };
}

/** Microsoft's hosts as a server that is not told otherwise finds them: by name, through a proxy, over TLS. */
export interface LedHosts {
  /** The proxy that the server is given as HTTPS_PROXY. */
  readonly proxy: string;
  /** Hosts and ports that were asked for, in the order of their first time. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/**
 * Leads these hosts, and no others, to addresses on this machine.
 * @param hosts by name: what stands in front of the paths there
 * @param port where TLS ends on this machine, for names that are this machine's own; any free one when left out
 */
export async function leadHosts(
  hosts: Readonly<Record<string, string>>,
  { certificate, key }: Certificate,
  port = 0,
): Promise<LedHosts> {
  const asked = new Set<string>();
  const tls = createServer({ cert: certificate, key }, (incoming, outgoing) => {
    const target = hosts[incoming.headers.host ?? ''];
    // By itself: restify, in the same process, has a writeHead of its own for all of them, which returns nothing.
    const endWith = (status: number): void => {
      outgoing.statusCode = status;
      outgoing.end();
    };
    if (target === undefined) return endWith(421);
    const onward = ask(target + incoming.url, { method: incoming.method, headers: incoming.headers }, answer => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    // What ends TLS says so when nobody is behind it, and does not hang up.
    onward.on('error', () => (outgoing.headersSent ? outgoing.destroy() : endWith(502)));
    incoming.pipe(onward);
  });
  const proxy = createProxy((_request, response) => void response.writeHead(405).end());
  proxy.on('connect', (request, client, head) => {
    const host = request.url ?? '';
    asked.add(host);
    if (!host.endsWith(':443') || hosts[host.slice(0, -':443'.length)] === undefined)
      return void client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const onward = connect((tls.address() as AddressInfo).port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      if (head.length > 0) onward.write(head);
      client.pipe(onward).pipe(client);
    });
    for (const socket of [onward, client]) socket.on('error', () => [onward, client].forEach(one => one.destroy()));
  });
  for (const [server, at] of [
    [tls, port],
    [proxy, 0],
  ] as const)
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(at, '127.0.0.1', () => resolve());
    });
  return {
    proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    get asked() {
      return [...asked];
    },
    async close() {
      for (const server of [tls, proxy]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

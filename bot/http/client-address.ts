import ipaddr from 'ipaddr.js';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import proxyaddr from 'proxy-addr';

export interface ClientAddresses {
  /**
   * Who sent a request, as limits count them: an IPv4 address, or the /64 network of an IPv6 one, in which a single
   * household or attacker has 2^64 addresses to choose from. `unknown` when the socket is gone.
   */
  addressOf(request: Pick<IncomingMessage, 'headers' | 'socket'>): string;
  /** Whether an address is one of our own proxies, through which all clients come. */
  isProxy(address: string): boolean;
}

/**
 * @param proxies addresses or networks whose `X-Forwarded-For` is believed (`TRUST_PROXY`). Any other client could
 * write any address into that header, so it is not read.
 */
export function createClientAddresses(proxies: readonly string[]): ClientAddresses {
  const trusted = proxyaddr.compile([...proxies]);
  const isProxy = (address: string): boolean => trusted(address, 0);

  return {
    isProxy,
    addressOf(request) {
      const beside = request.socket.remoteAddress ?? '';
      if (!isIP(beside)) return 'unknown';
      const said = proxyaddr({ headers: request.headers, connection: request.socket } as IncomingMessage, trusted);
      return networkOf(isIP(said) ? said : beside);
    },
  };
}

/** An address as limits count it. */
export function networkOf(address: string): string {
  if (!isIP(address)) return 'unknown';
  const parsed = ipaddr.process(address.replace(/%.*$/, ''));
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const network = parsed.toByteArray().map((byte, index) => (index < 8 ? byte : 0));
  return `${ipaddr.fromByteArray(network).toString()}/64`;
}

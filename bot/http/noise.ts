import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { ClientAddresses } from './client-address.ts';

/** Who sent it: all that is left of a request that could not even be parsed. */
export type Sender = Pick<IncomingMessage, 'headers' | 'socket'>;

/** Logs what strangers cause: the first of a kind from an address with its ids, the rest of the minute as a number. */
export type Noise = (sender: Sender, sentence: string, ids: object, level?: 'warn' | 'error') => void;

export interface NoiseParts {
  readonly log: Logger;
  readonly addressOf: ClientAddresses['addressOf'];
  /** In milliseconds. */
  readonly every?: number;
}

/** Most lines in that time, however many addresses a stranger has. */
const mostLines = 100;

/** Strangers may cause as much of this as they like, so what it writes must not grow with it. */
export function createNoise({ log, addressOf, every = 60_000 }: NoiseParts): Noise {
  const heard = new Map<string, { readonly address: string; readonly sentence: string; again: number }>();
  let more = 0;

  function sum(): void {
    for (const { address, sentence, again } of heard.values()) if (again > 0) log.warn({ address, again }, sentence);
    if (more > 0) log.warn({ again: more }, 'more was refused, from further addresses');
    heard.clear();
    more = 0;
  }

  return (sender, sentence, ids, level = 'warn') => {
    const address = addressOf(sender);
    const key = `${address} ${sentence}`;
    const known = heard.get(key);
    if (known) known.again++;
    else if (heard.size >= mostLines) more++;
    else {
      if (heard.size === 0) setTimeout(sum, every).unref();
      heard.set(key, { address, sentence, again: 0 });
      log[level]({ ...ids, address }, sentence);
    }
  };
}

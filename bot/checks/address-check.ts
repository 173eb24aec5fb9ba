import { z } from 'zod';
import { codeOf, reasonsOf } from '../start-error.ts';
import { gap, good, unknown, type Check, type Finding } from './check.ts';

export interface AddressParts {
  readonly publicUrl: string;
  readonly fetch: typeof globalThis.fetch;
}

const Live = z.object({ state: z.literal('live') });
/** In milliseconds. */
const answerWithin = 10_000;

/** What Node calls a certificate that nobody should trust. */
const untrusted = /^(CERT_|ERR_TLS_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED|UNABLE_TO_)/;

/** Whether the server answers where Teams is told to find it, over TLS that everybody trusts. */
export function addressCheck({ publicUrl, fetch }: AddressParts): Check {
  return {
    name: 'address',
    async look() {
      const url = `${publicUrl}/health/live`;
      let response: Response;
      try {
        response = await fetch(url, {
          redirect: 'manual',
          signal: AbortSignal.timeout(answerWithin),
          // The server asks itself: a connection that is kept would keep it from ending.
          headers: { connection: 'close' },
        });
      } catch (error) {
        return notReached(error, publicUrl);
      }
      const body: unknown = await response.json().catch(() => null);
      if (response.status === 200 && Live.safeParse(body).success) return good;
      return gap('address-other', { url, status: response.status });
    },
  };
}

/** The public address as sentences and the commands in them name it. */
export function placeOf(publicUrl: string): {
  readonly host: string;
  /** Without a port. */
  readonly name: string;
  /** Always with a port. */
  readonly socket: string;
} {
  const { host, hostname: name, port } = new URL(publicUrl);
  return { host, name, socket: `${name}:${port || 443}` };
}

function notReached(error: unknown, publicUrl: string): Finding {
  const code = codeOf(error) ?? '';
  const place = placeOf(publicUrl);
  const { host } = place;
  if (untrusted.test(code)) return gap('address-tls', { ...place, code });
  if (['ENOTFOUND', 'EAI_AGAIN'].includes(code)) return gap('address-name', place);
  if (code === 'ECONNREFUSED') return gap('address-refused', { host });
  return unknown('address-silent', { host, said: code || reasonsOf(error).join(': ') });
}

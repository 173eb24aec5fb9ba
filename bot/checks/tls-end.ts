import { request } from 'node:https';
import { checkServerIdentity } from 'node:tls';
import { placeOf } from './address-check.ts';
import { gap, good, unknown, type Check } from './check.ts';

/** How many days before its end the certificate is warned of: what renews by itself has done so by then. */
const warnWithin = 14;
/** In milliseconds. */
const answerWithin = 10_000;

export interface TlsEndParts {
  readonly publicUrl: string;
  /** The time of this machine. */
  readonly now: () => Date;
}

/** Whether the certificate of the public address ends soon. One that is not trusted is the address's own gap. */
export function tlsEndCheck({ publicUrl, now }: TlsEndParts): Check {
  return {
    name: 'tls-end',
    async look() {
      // On this machine, without TLS.
      if (new URL(publicUrl).protocol !== 'https:') return good;
      const place = placeOf(publicUrl);
      const ends = await endOf(`${publicUrl}/health/live`);
      if (ends === null) return unknown('no-certificate', place);
      const days = Math.floor((ends.getTime() - now().getTime()) / 86_400_000);
      return days < warnWithin ? gap('tls-ends', { ...place, days, ends: ends.toISOString().slice(0, 10) }) : good;
    },
  };
}

/**
 * The last moment of the certificate that is shown there; null where none is, or none that is trusted. Not by `fetch`,
 * which keeps what it was shown to itself.
 */
function endOf(url: string): Promise<Date | null> {
  let ends: Date | null = null;
  return new Promise<Date | null>(resolve => {
    const asked = request(url, {
      method: 'HEAD',
      headers: { connection: 'close' },
      signal: AbortSignal.timeout(answerWithin),
      // With a check of its own a request takes up no earlier session, which would still show the earlier certificate.
      checkServerIdentity(name, certificate) {
        ends = new Date(certificate.valid_to);
        return checkServerIdentity(name, certificate);
      },
    });
    asked.on('response', answer => {
      answer.resume();
      resolve(ends);
    });
    asked.on('error', () => resolve(null));
    asked.end();
  });
}

import { errorText } from '../shared/error-text.ts';
import { gap, good, unknown, type Check } from './check.ts';

export interface ClockParts {
  readonly loginUrl: string;
  readonly tenantId: string;
  readonly fetch: typeof globalThis.fetch;
  /** The time of this machine. */
  readonly now: () => Date;
}

/** Seconds: tokens and assertions are good five minutes either way, and an answer may be on its way for a while. */
const most = 120;
/** In milliseconds. */
const answerWithin = 10_000;

/** Whether this machine and Entra agree what time it is; where they do not, good tokens are refused. */
export function clockCheck({ loginUrl, tenantId, fetch, now }: ClockParts): Check {
  return {
    name: 'clock',
    async look() {
      let date: string | null;
      try {
        const response = await fetch(`${loginUrl}/${tenantId}/v2.0/.well-known/openid-configuration`, {
          signal: AbortSignal.timeout(answerWithin),
        });
        date = response.headers.get('date');
        await response.body?.cancel();
      } catch (error) {
        return unknown('no-answer-entra', { said: errorText(error) });
      }
      const there = Date.parse(date ?? '');
      if (Number.isNaN(there)) return unknown('no-date');
      const seconds = Math.round((now().getTime() - there) / 1000);
      return Math.abs(seconds) > most
        ? gap(seconds > 0 ? 'clock-fast' : 'clock-slow', { seconds: Math.abs(seconds) })
        : good;
    },
  };
}

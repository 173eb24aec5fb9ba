import type { GraphAnswer, GraphRequest } from './call.ts';
import { problems } from './errors.ts';

/** Seconds. */
const window = 60;
/** From this share of the limit on, answers say how much is left. */
const warnedFrom = 0.8;

/** What an app in a tenant of up to 1,000 licences may spend in a minute. */
const smallestLimit = 1250;

export interface Throttle {
  /** Whether anything is refused; the units are counted all the same. */
  enforced: boolean;
  /** Resource units a minute. */
  limit: number;
  /** What the app has spent in the minute that runs now. */
  spent(): number;
  /** Counts a call. Throws 429 when it is one too many: it counts, too. */
  admit(request: Pick<GraphRequest, 'method' | 'url'>): void;
  /** The answer with what SharePoint says of the rest. */
  marked(answer: GraphAnswer, request: Pick<GraphRequest, 'url'>): GraphAnswer;
}

/**
 * SharePoint's resource units, as sp-dev-docs describes them ("How to avoid getting throttled or blocked", October
 * 2025): 1 for one thing, 2 for many things and for every change, 5 for permissions, counted by app, tenant and minute.
 * The time is real: the desk's clock may stand still or jump.
 */
export function createThrottle(now: () => number = Date.now): Throttle {
  let begun = 0;
  let units = 0;

  function secondsLeft(): number {
    return Math.max(1, Math.ceil(begun + window - now() / 1000));
  }
  function turn(): void {
    if (now() / 1000 < begun + window) return;
    begun = now() / 1000;
    units = 0;
  }
  function headers(limit: number): Readonly<Record<string, string>> {
    return {
      'ratelimit-limit': String(limit),
      'ratelimit-remaining': String(Math.max(0, limit - units)),
      'ratelimit-reset': String(secondsLeft()),
    };
  }

  return {
    enforced: false,
    limit: smallestLimit,
    spent() {
      turn();
      return units;
    },
    admit({ method, url }) {
      turn();
      const cost = unitsOf(method, url);
      units += cost;
      if (!this.enforced || cost === 0 || units <= this.limit) return;
      throw problems.throttled({ ...headers(this.limit), 'retry-after': String(secondsLeft()) });
    },
    marked(answer, { url }) {
      if (!this.enforced || units < this.limit * warnedFrom || !isSharePoint(url)) return answer;
      return { ...answer, headers: { ...headers(this.limit), ...answer.headers } };
    },
  };
}

const many = /\/(items|lists|columns|versions|permissions|delta)$/i;

function unitsOf(method: string, url: string): number {
  // What subscriptions cost is not published: taken for what any change in SharePoint costs.
  if (/^\/subscriptions\b/i.test(url)) return method === 'GET' ? 1 : 2;
  if (!isSharePoint(url)) return 0;
  const [path = '', query = ''] = url.split('?');
  if (/\/permissions(\/|$)/i.test(path) || /expand=[^&]*permissions/i.test(query)) return 5;
  if (method !== 'GET') return 2;
  if (/\/delta(\(|$)/i.test(path)) return /token=/i.test(url) ? 1 : 2;
  return many.test(path) ? 2 : 1;
}

function isSharePoint(url: string): boolean {
  return /^\/(sites|drives)\//i.test(url) || /^\/groups\/[^/]+\/sites\b/i.test(url) || /\/filesFolder(\?|$)/i.test(url);
}

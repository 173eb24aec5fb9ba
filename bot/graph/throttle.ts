import { AsyncLocalStorage } from 'node:async_hooks';
import { CommunityError } from '../../domain/errors.ts';

/**
 * The one place that decides when a call of Graph is sent, for the whole process: within SharePoint's resource units,
 * not too many at once, people before background work, of several sites the one first that has spent least, and not
 * before Microsoft 365 wants it. However much some sites ask, a part of the units is kept for those that ask little.
 * @see https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online
 */
export interface GraphPace {
  /** Sends when it is this call's turn. Throws `throttled`, with the seconds to wait, when that would take too long. */
  send(call: PacedCall, send: () => Promise<Response>): Promise<Response>;
  /** Takes note of what an answer says about the pace; for those inside a batch, which `send` does not see. */
  heed(scope: string, answer: Pick<Response, 'status' | 'headers'>): void;
  /** Every call made by this work waits until people have been served. */
  inBackground<R>(work: () => Promise<R>): Promise<R>;
  /** Whether the work that asks is background work. */
  isBackground(): boolean;
  /**
   * Which part of the units for a minute is spent, from 0 to 1: as we count, or as Microsoft 365 says when that is
   * more.
   */
  spent(): number;
}

export interface PacedCall {
  /** What is called, such as one site: they share the units fairly. */
  readonly scope: string;
  /** What it costs in SharePoint's resource units. */
  readonly units: number;
  readonly urgent: boolean;
}

export interface GraphPaceParts {
  /** Resource units a minute that Microsoft 365 allows the app in this tenant. */
  readonly unitsAMinute: number;
  /** Milliseconds that only ever grow. */
  readonly now?: () => number;
}

/** Of all calls, of those to one site, and of those for nobody in particular. */
const mostAtOnce = { all: 16, scope: 6, background: 12 } as const;
/**
 * Milliseconds that somebody who looks at a screen waits for their turn, and that a job does, which is tried again
 * later.
 */
export const patience = { urgent: 20_000, background: 120_000 } as const;
/** Background work leaves the rest of what there is to people; Microsoft sends its warnings from here on, too. */
const backgroundShare = 0.8;
/**
 * This part is kept for sites that have not had their fair share within the minute, or a little: about three looks at
 * the overview. Those that have had more leave it alone, so one that asks all by itself still has three quarters.
 */
const keptShare = 0.25;
const little = 60;
const minute = 60_000;

interface Waiting extends PacedCall {
  readonly deadline: number;
  readonly go: () => void;
  readonly refuse: (error: CommunityError) => void;
}

interface Scope {
  readonly urgent: Waiting[];
  readonly background: Waiting[];
  running: number;
  pausedUntil: number;
}

export function createGraphPace({ unitsAMinute, now = () => performance.now() }: GraphPaceParts): GraphPace {
  const inBackground = new AsyncLocalStorage<true>();
  /** The one served last stands last. */
  const scopes = new Map<string, Scope>();
  /** What was spent in the last minute, oldest first. */
  const spent: { readonly at: number; readonly units: number; readonly scope: string }[] = [];
  const sums = { all: 0, of: new Map<string, number>() };
  const running = { all: 0, background: 0, units: 0 };
  /** What Microsoft 365 said of the app's units, good until the window it spoke of ends. */
  let told: { readonly limit: number; readonly until: number; used: number } | undefined;
  let pausedUntil = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function scopeOf(name: string): Scope {
    const known = scopes.get(name) ?? { urgent: [], background: [], running: 0, pausedUntil: 0 };
    scopes.set(name, known);
    return known;
  }

  function spentBy(scope: string): number {
    return sums.of.get(scope) ?? 0;
  }

  /** The share of all units up to which this call may go, when its site has spent so many. */
  function shareOf({ units, urgent }: PacedCall, own: number): number {
    // Shared as if one more were about to come, so that there is something left when it does.
    const fair = unitsAMinute / (sums.of.size + 1);
    const most = own + units <= Math.max(little, fair) ? 1 : 1 - keptShare;
    return urgent ? most : most * backgroundShare;
  }

  function isAffordable(call: PacedCall): boolean {
    const { scope, units } = call;
    if (units === 0) return true;
    const share = shareOf(call, spentBy(scope));
    // One call that costs more than there is must not wait for ever.
    const fits = (already: number, limit: number): boolean => already === 0 || already + units <= limit * share;
    return fits(sums.all, unitsAMinute) && (!told || fits(told.used, told.limit));
  }

  /** The first moment at which it can be paid for, if nothing else is spent until then. */
  function affordableAt(call: PacedCall): number {
    const { scope, units } = call;
    if (units === 0) return 0;
    let used = sums.all;
    let own = spentBy(scope);
    let at = told && told.used > 0 && told.used + units > told.limit * shareOf(call, own) ? told.until : 0;
    for (const one of spent) {
      if (used + units <= unitsAMinute * shareOf(call, own)) break;
      used -= one.units;
      if (one.scope === scope) own -= one.units;
      at = Math.max(at, one.at + minute);
    }
    return at;
  }

  function mayStart(call: PacedCall, scope: Scope, at: number): boolean {
    if (running.all >= mostAtOnce.all || scope.running >= mostAtOnce.scope) return false;
    if (!call.urgent && running.background >= mostAtOnce.background) return false;
    return Math.max(pausedUntil, scope.pausedUntil) <= at && isAffordable(call);
  }

  function next(at: number): Waiting | undefined {
    for (const kind of ['urgent', 'background'] as const) {
      const waiting = [...scopes]
        .filter(([, scope]) => scope[kind].length > 0)
        .toSorted(([one], [other]) => spentBy(one) - spentBy(other));
      for (const [name, scope] of waiting) {
        const first = scope[kind][0];
        if (!first || !mayStart(first, scope, at)) continue;
        scope[kind].shift();
        scopes.delete(name);
        scopes.set(name, scope);
        return first;
      }
    }
    return undefined;
  }

  /** Looks at the clock once: what comes between two looks would neither be over yet nor have a timer. */
  function serve(): void {
    const at = now();
    forget(at);
    for (let call = next(at); call; call = next(at)) {
      start(call, at);
      call.go();
    }
    wakeLater(at);
  }

  function start({ scope, units, urgent }: PacedCall, at: number): void {
    scopeOf(scope).running++;
    running.all++;
    running.units += units;
    if (!urgent) running.background++;
    if (units > 0) {
      spent.push({ at, units, scope });
      count({ units, scope }, 1);
    }
    if (told) told.used += units;
  }

  /** @param sign 1 when it is spent, -1 when its minute is over. */
  function count({ units, scope }: { readonly units: number; readonly scope: string }, sign: 1 | -1): void {
    sums.all += sign * units;
    const own = spentBy(scope) + sign * units;
    if (own > 0) sums.of.set(scope, own);
    else sums.of.delete(scope);
  }

  function finish({ scope, units, urgent }: PacedCall): void {
    scopeOf(scope).running--;
    running.all--;
    running.units -= units;
    if (!urgent) running.background--;
  }

  /** What is over, and who has waited long enough. */
  function forget(at: number): void {
    while (spent[0] && spent[0].at <= at - minute) {
      count(spent[0], -1);
      spent.shift();
    }
    if (told && told.until <= at) told = undefined;
    for (const [name, scope] of scopes) {
      const opens = Math.max(pausedUntil, scope.pausedUntil);
      for (const queue of [scope.urgent, scope.background]) {
        const late = queue.filter(({ deadline }) => deadline <= at || deadline < opens);
        for (const call of late) {
          queue.splice(queue.indexOf(call), 1);
          call.refuse(tooLong(call.scope, Math.max(opens, affordableAt(call)) - at));
        }
      }
      if (scope.running === 0 && scope.urgent.length + scope.background.length === 0 && scope.pausedUntil <= at)
        scopes.delete(name);
    }
  }

  /** Answers that come in wake the rest; only time itself needs a timer. */
  function wakeLater(at: number): void {
    clearTimeout(timer);
    const waiting = [...scopes.values()].flatMap(scope => [
      ...scope.urgent.slice(0, 1),
      ...scope.background.slice(0, 1),
    ]);
    if (waiting.length === 0) return;
    const moments = [
      ...waiting.map(({ deadline }) => deadline),
      ...[...scopes.values()].map(scope => scope.pausedUntil),
      pausedUntil,
      told?.until ?? 0,
      spent[0] ? spent[0].at + minute : 0,
    ].filter(moment => moment > at);
    if (moments.length === 0) return;
    timer = setTimeout(serve, Math.ceil(Math.min(...moments) - at));
    // A server that stops does not wait for its turn.
    timer.unref();
  }

  function heed(scope: string, { status, headers }: Pick<Response, 'status' | 'headers'>): void {
    const at = now();
    const reset = secondsIn(headers.get('ratelimit-reset'));
    const limit = numberIn(headers.get('ratelimit-limit'));
    const remaining = numberIn(headers.get('ratelimit-remaining'));
    if (limit !== undefined && remaining !== undefined && reset !== undefined) {
      // Calls on their way are perhaps not counted yet.
      told = { limit, until: at + reset * 1000, used: limit - remaining + running.units };
    }
    if (status !== 429 && status !== 503) return;
    const seconds = Math.max(secondsIn(headers.get('retry-after')) ?? 0, reset ?? 0);
    if (seconds === 0) return;
    // These headers come with the app's own limit only; another limit is that of a site, or of what it runs on.
    if (reset !== undefined) pausedUntil = Math.max(pausedUntil, at + seconds * 1000);
    else scopeOf(scope).pausedUntil = Math.max(scopeOf(scope).pausedUntil, at + seconds * 1000);
  }

  return {
    heed(scope, answer) {
      heed(scope, answer);
      serve();
    },
    inBackground: work => inBackground.run(true, work),
    isBackground: () => inBackground.getStore() === true,
    spent() {
      forget(now());
      return Math.max(sums.all / unitsAMinute, told ? told.used / told.limit : 0);
    },
    async send(call, send) {
      await new Promise<void>((go, refuse) => {
        const at = now();
        forget(at);
        const deadline = at + (call.urgent ? patience.urgent : patience.background);
        const opens = Math.max(pausedUntil, scopes.get(call.scope)?.pausedUntil ?? 0, affordableAt(call));
        if (opens > deadline) return refuse(tooLong(call.scope, opens - at));
        scopeOf(call.scope)[call.urgent ? 'urgent' : 'background'].push({ ...call, deadline, go, refuse });
        serve();
      });
      try {
        const response = await send();
        finish(call);
        heed(call.scope, response);
        return response;
      } catch (error) {
        finish(call);
        throw error;
      } finally {
        serve();
      }
    },
  };
}

function tooLong(scope: string, milliseconds: number): CommunityError {
  const retryAfter = Math.max(1, Math.ceil(milliseconds / 1000));
  return new CommunityError(
    'throttled',
    `Microsoft 365 takes no more calls of ${scope} for ${retryAfter} s: try again then`,
    { retryAfter },
  );
}

/** Seconds in a header, which may also name a moment. */
export function secondsIn(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = numberIn(header) ?? (Date.parse(header) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

function numberIn(header: string | null): number | undefined {
  const number = Number.parseFloat(header ?? '');
  return header !== null && /^\s*\d/.test(header) && /^\s*\d+(\.\d+)?\s*(,|;|$)/.test(header) ? number : undefined;
}

/** Of what kind a path's last word is: these give many things. */
const collections = new Set(['items', 'lists', 'columns', 'versions', 'children', 'delta']);

/** What a call costs in SharePoint's resource units; Teams and the directory have limits of another kind. */
export function unitsOf(method: string, path: string): number {
  const [bare = '', query = ''] = path.split('?');
  const words = bare.split('/').slice(1);
  if (!['sites', 'drives'].includes(words[0] ?? '') && words[2] !== 'sites' && words.at(-1) !== 'filesFolder') return 0;
  if (words.includes('permissions') || query.includes('permissions')) return 5;
  return method.toUpperCase() !== 'GET' || collections.has(words.at(-1) ?? '') ? 2 : 1;
}

/** What a path is about: one site, team or drive. */
export function subjectOf(path: string): string {
  return (path.split('?')[0] ?? '').split('/').slice(1, 3).join('/');
}

import type { CommunityError } from '../../domain/errors.ts';
import type { Budget, Purchase } from './budget.ts';

export interface WaitingCall extends Purchase {
  /** When it is told that it takes too long, in milliseconds. */
  readonly deadline: number;
  readonly go: () => void;
  readonly refuse: (error: CommunityError) => void;
}

/** Calls of Graph that wait, those that are under way, and what is paused. It has no clock: `at` is its caller's. */
export interface CallQueue {
  add(call: WaitingCall): void;
  /** Takes out the call that may start now, if there is one, and counts it as under way. */
  next(at: number): WaitingCall | undefined;
  finish(call: Purchase): void;
  /** Takes out the calls whose deadline has come, or comes before the pause they are in is over. */
  overdue(at: number): readonly WaitingCall[];
  /** Nothing of this scope starts before this moment; of no scope when there is none. */
  pause(scope: string | null, until: number): void;
  /** When the last pause of this scope is over. */
  pausedUntil(scope: string): number;
  /** Units of the calls that are under way. */
  unitsUnderWay(): number;
  /** The moments at which a call that waits has to be looked at again; none when no call waits. */
  wakesAt(): readonly number[];
}

/** Calls under way: of all, of those of one scope, and of background work. */
const mostAtOnce = { all: 16, scope: 6, background: 12 } as const;

interface Scope {
  readonly urgent: WaitingCall[];
  readonly background: WaitingCall[];
  running: number;
  pausedUntil: number;
}

/** People before background work; of several scopes the one first that has spent least; and within one, in order. */
export function createCallQueue(budget: Pick<Budget, 'isAffordable' | 'spentBy'>): CallQueue {
  /** The one served last stands last. */
  const scopes = new Map<string, Scope>();
  const running = { all: 0, background: 0, units: 0 };
  let allPausedUntil = 0;

  function scopeOf(name: string): Scope {
    const known = scopes.get(name) ?? { urgent: [], background: [], running: 0, pausedUntil: 0 };
    scopes.set(name, known);
    return known;
  }

  function mayStart(call: Purchase, scope: Scope, at: number): boolean {
    if (running.all >= mostAtOnce.all || scope.running >= mostAtOnce.scope) return false;
    if (!call.urgent && running.background >= mostAtOnce.background) return false;
    return Math.max(allPausedUntil, scope.pausedUntil) <= at && budget.isAffordable(call);
  }

  function count(call: Purchase, scope: Scope, sign: 1 | -1): void {
    scope.running += sign;
    running.all += sign;
    running.units += sign * call.units;
    if (!call.urgent) running.background += sign;
  }

  function next(at: number): WaitingCall | undefined {
    for (const kind of ['urgent', 'background'] as const) {
      const waiting = [...scopes]
        .filter(([, scope]) => scope[kind].length > 0)
        .toSorted(([one], [other]) => budget.spentBy(one) - budget.spentBy(other));
      for (const [name, scope] of waiting) {
        const first = scope[kind][0];
        if (!first || !mayStart(first, scope, at)) continue;
        scope[kind].shift();
        scopes.delete(name);
        scopes.set(name, scope);
        count(first, scope, 1);
        return first;
      }
    }
    return undefined;
  }

  function overdue(at: number): readonly WaitingCall[] {
    const found: WaitingCall[] = [];
    for (const [name, scope] of scopes) {
      const opens = Math.max(allPausedUntil, scope.pausedUntil);
      for (const waiting of [scope.urgent, scope.background]) found.push(...takeLate(waiting, at, opens));
      if (isIdle(scope) && scope.pausedUntil <= at) scopes.delete(name);
    }
    return found;
  }

  return {
    next,
    overdue,
    add: call => void scopeOf(call.scope)[call.urgent ? 'urgent' : 'background'].push(call),
    finish: call => count(call, scopeOf(call.scope), -1),
    pause(scope, until) {
      if (scope === null) allPausedUntil = Math.max(allPausedUntil, until);
      else scopeOf(scope).pausedUntil = Math.max(scopeOf(scope).pausedUntil, until);
    },
    pausedUntil: scope => Math.max(allPausedUntil, scopes.get(scope)?.pausedUntil ?? 0),
    unitsUnderWay: () => running.units,
    wakesAt: () => wakesAt([...scopes.values()], allPausedUntil),
  };
}

/** Calls of one kind and scope wait in the order of their deadlines, so the first one tells of all. */
function wakesAt(scopes: readonly Scope[], allPausedUntil: number): readonly number[] {
  const first = scopes.flatMap(({ urgent, background }) => [...urgent.slice(0, 1), ...background.slice(0, 1)]);
  if (first.length === 0) return [];
  return [...first.map(({ deadline }) => deadline), ...scopes.map(({ pausedUntil }) => pausedUntil), allPausedUntil];
}

/** @param opens when the pause that these calls are in is over. */
function takeLate(waiting: WaitingCall[], at: number, opens: number): readonly WaitingCall[] {
  const late = waiting.filter(({ deadline }) => deadline <= at || deadline < opens);
  for (const call of late) waiting.splice(waiting.indexOf(call), 1);
  return late;
}

function isIdle({ urgent, background, running }: Scope): boolean {
  return running === 0 && urgent.length + background.length === 0;
}

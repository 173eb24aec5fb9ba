/** What a call wants of the budget. */
export interface Purchase {
  /** What is called, such as one site: calls of one scope share its part of the units. */
  readonly scope: string;
  /** What it costs in SharePoint's resource units. */
  readonly units: number;
  /** For a person who looks at a screen; background work where not. */
  readonly urgent: boolean;
}

/** What Microsoft 365 said of the app's units: good until the window ends that it spoke of. */
interface Report {
  readonly limit: number;
  readonly until: number;
  used: number;
}

/**
 * The resource units of the last minute: what was spent, on which scope, and what a call may still spend. It has no
 * clock: `at` is the moment in milliseconds that its caller has read, and `forget` comes before any question.
 */
export interface Budget {
  /** Lets go of what is over at this moment. */
  forget(at: number): void;
  spend(call: Purchase, at: number): void;
  /** Takes what Microsoft 365 counts in place of what we count, where that is more. */
  report(report: Readonly<Report>): void;
  isAffordable(call: Purchase): boolean;
  /** The first moment at which this call can be paid for, if nothing else is spent until then. */
  affordableAt(call: Purchase): number;
  /** Units that were spent on this scope within the minute. */
  spentBy(scope: string): number;
  /** Which part of the minute's units is spent, from 0 to 1. */
  spentShare(): number;
  /** The moments at which something is over, so that more can be afforded. */
  changesAt(): readonly number[];
}

/** Background work leaves the rest of the units to people; Microsoft sends its warnings from here on, too. */
const backgroundShare = 0.8;
/**
 * This part is kept for sites that have not had their fair share within the minute, or a little: about three looks at
 * the overview. Those that have had more leave it alone, so one that asks all by itself still has three quarters.
 */
const keptShare = 0.25;
const little = 60;
const minute = 60_000;

/**
 * The share of all units up to which a call may go.
 * @param own what its scope has spent within the minute.
 * @param scopes how many scopes have spent something within the minute.
 */
export function shareOf(
  { units, urgent }: Pick<Purchase, 'units' | 'urgent'>,
  { own, scopes, unitsAMinute }: { readonly own: number; readonly scopes: number; readonly unitsAMinute: number },
): number {
  // Shared as if one more scope were about to come, so that there is something left when it does.
  const fair = unitsAMinute / (scopes + 1);
  const most = own + units <= Math.max(little, fair) ? 1 : 1 - keptShare;
  return urgent ? most : most * backgroundShare;
}

/** @param unitsAMinute what Microsoft 365 allows the app in this tenant. */
export function createBudget(unitsAMinute: number): Budget {
  /** Oldest first. */
  const spent: { readonly at: number; readonly units: number; readonly scope: string }[] = [];
  const sums = { all: 0, of: new Map<string, number>() };
  let reported: Report | undefined;

  const spentBy = (scope: string): number => sums.of.get(scope) ?? 0;
  const share = (call: Purchase, own: number): number => shareOf(call, { own, scopes: sums.of.size, unitsAMinute });

  /** @param sign 1 when it is spent, -1 when its minute is over. */
  function count({ units, scope }: Pick<Purchase, 'units' | 'scope'>, sign: 1 | -1): void {
    sums.all += sign * units;
    const own = spentBy(scope) + sign * units;
    if (own > 0) sums.of.set(scope, own);
    else sums.of.delete(scope);
  }

  function forget(at: number): void {
    while (spent[0] && spent[0].at <= at - minute) {
      count(spent[0], -1);
      spent.shift();
    }
    if (reported && reported.until <= at) reported = undefined;
  }

  function isAffordable(call: Purchase): boolean {
    if (call.units === 0) return true;
    const most = share(call, spentBy(call.scope));
    // One call that costs more than there is must not wait for ever.
    const fits = (already: number, limit: number): boolean => already === 0 || already + call.units <= limit * most;
    return fits(sums.all, unitsAMinute) && (!reported || fits(reported.used, reported.limit));
  }

  function affordableAt(call: Purchase): number {
    const { scope, units } = call;
    if (units === 0) return 0;
    let used = sums.all;
    let own = spentBy(scope);
    const isOver = reported && reported.used > 0 && reported.used + units > reported.limit * share(call, own);
    let at = reported && isOver ? reported.until : 0;
    for (const one of spent) {
      if (used + units <= unitsAMinute * share(call, own)) break;
      used -= one.units;
      if (one.scope === scope) own -= one.units;
      at = Math.max(at, one.at + minute);
    }
    return at;
  }

  return {
    forget,
    isAffordable,
    affordableAt,
    spentBy,
    spend({ units, scope }, at) {
      if (units > 0) {
        spent.push({ at, units, scope });
        count({ units, scope }, 1);
      }
      if (reported) reported.used += units;
    },
    report: report => void (reported = { ...report }),
    spentShare: () => Math.max(sums.all / unitsAMinute, reported ? reported.used / reported.limit : 0),
    changesAt: () => [...(reported ? [reported.until] : []), ...(spent[0] ? [spent[0].at + minute] : [])],
  };
}

import type { Store } from '../store.ts';
import { GraphError, problems } from './errors.ts';

/**
 * What a team's site lets happen. An archived one lets nobody in. What Graph answers for one that is locked as read-only
 * is not published; local Graph refuses as it does for somebody who may only read.
 */
export type SiteState = 'open' | 'read-only' | 'archived' | 'full';

/**
 * What may be odd about the list of a team's people: rows without names or ids, as of guests and deleted people; a next
 * link that leads to where it came from, or to nowhere; somebody whom the list lacks, though nothing else is wrong with
 * it; a status with which the whole list is refused.
 */
export type RosterOddity = 'nameless' | 'repeats' | 'breaks' | { readonly lacks: string } | 400 | 403 | 500;

/** States that a tenant can be in and a healthy one is not: switched on by the desk and by tests. */
export interface Oddities {
  siteState(teamId: string): SiteState;
  setSiteState(teamId: string, state: SiteState): void;
  roster(teamId: string): RosterOddity | null;
  setRoster(teamId: string, oddity: RosterOddity | null): void;
  /** How many of its columns the next new list loses without a word (graph-docs issue 11966). */
  columnsToLose(): number;
  loseColumns(count: number): void;
}

export function createOddities(store: Store): Oddities {
  const sites = store.collection<SiteState>('graph.site-states');
  const rosters = store.collection<RosterOddity>('graph.rosters');
  let lost = 0;

  return {
    siteState: teamId => sites.get(teamId) ?? 'open',
    setSiteState: (teamId, state) => sites.put(teamId, state),
    roster: teamId => rosters.get(teamId) ?? null,
    setRoster(teamId, oddity) {
      if (oddity === null) rosters.delete(teamId);
      else rosters.put(teamId, oddity);
    },
    columnsToLose() {
      const now = lost;
      lost = 0;
      return now;
    },
    loseColumns: count => void (lost = count),
  };
}

/** Throws what a site in this state answers to such a call. */
export function mustBeOpen(state: SiteState, method: string): void {
  if (state === 'archived') throw problems.siteBlocked();
  if (method === 'GET') return;
  if (state === 'read-only') throw problems.accessDenied();
  if (state === 'full' && method !== 'DELETE') throw problems.full();
}

/** Throws what the list of people answers where it is refused, or where a broken link leads. */
export function mustListPeople(oddity: RosterOddity | null, hasSkipToken: boolean): void {
  if (oddity === 'breaks' && hasSkipToken) throw new GraphError(404, 'NotFound', 'UnknownError');
  if (typeof oddity !== 'number') return;
  const [code, message] = refusals[oddity];
  throw new GraphError(oddity, code, message);
}

const refusals: Readonly<Record<400 | 403 | 500, readonly [code: string, message: string]>> = {
  400: ['BadRequest', 'Failed to execute Skype backend request GetThreadRosterS2SRequest.'],
  403: ['Forbidden', 'Failed to execute Skype backend request GetThreadRosterS2SRequest.'],
  500: ['InternalServerError', 'Failed to execute Skype backend request GetThreadRosterS2SRequest.'],
};

import type { Logger } from 'pino';
import { CommunityError } from '../../domain/errors.ts';
import type { Db } from '../database/tables.ts';
import type { Caller, Graph } from '../graph/client.ts';
import type { Clock } from '../ports.ts';
import { clearRows } from './clear-rows.ts';
import { copyRows } from './copy-rows.ts';
import { createOldLists } from './old-lists.ts';
import type { FindPlace } from './places.ts';

export interface MoveParts {
  readonly db: Db;
  readonly now: Clock;
  readonly graphAs: (caller: Caller) => Graph;
  readonly findPlace: FindPlace;
  readonly log: Logger;
}

/**
 * Moves what was promised to few from SharePoint, where earlier versions had it, into our database: once, before it is
 * first used. Then it is taken out of SharePoint. Each step may be repeated, and the server may end between any two.
 */
export interface Move {
  /** Resolves once everything of this community has been copied. Throws what keeps it from that. */
  copied(community: string): Promise<void>;
  /**
   * Takes what was copied out of the lists in SharePoint, community by community. One that fails does not keep the
   * others.
   */
  clear(signal: AbortSignal): Promise<void>;
}

export function createMove({ db, now, graphAs, findPlace, log }: MoveParts): Move {
  const parts = { db, now, oldLists: createOldLists({ graphAs, findPlace, log }), log };
  const known = new Map<string, Promise<void>>();

  function copy(community: string): Promise<void> {
    const copying = known.get(community) ?? copyRows(parts, community);
    known.set(community, copying);
    // A failure is not remembered.
    copying.catch(() => known.delete(community));
    return copying;
  }

  return {
    copied: community => copy(community).catch(unlessSiteUnknown),
    async clear(signal) {
      for (const community of await notCleared(db)) {
        if (signal.aborted) return;
        try {
          await copy(community);
          await clearRows(parts, community);
        } catch (error) {
          if (isSiteUnknown(error)) continue;
          log.warn(
            { community, err: error },
            'what was promised to few could not be taken out of SharePoint yet; it is tried again',
          );
        }
      }
    },
  };
}

/** A team whose site was never found has nothing there of an earlier time; once it is found, this is asked again. */
function unlessSiteUnknown(error: unknown): void {
  if (!isSiteUnknown(error)) throw error;
}

function isSiteUnknown(error: unknown): boolean {
  return error instanceof CommunityError && error.code === 'site-unknown';
}

async function notCleared(db: Db): Promise<readonly string[]> {
  const communities = await db
    .selectFrom('communities')
    .leftJoin('moves', 'moves.community', 'communities.id')
    .select('communities.id')
    .where('communities.removed_at', 'is', null)
    .where('moves.cleared_at', 'is', null)
    .orderBy('communities.id')
    .execute();
  return communities.map(({ id }) => id);
}

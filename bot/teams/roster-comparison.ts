import type { Logger } from 'pino';
import type { Community, Member } from '../../domain/community.ts';
import { CommunityError } from '../../domain/errors.ts';
import type { Installations } from '../database/communities.ts';
import {
  knownPeople,
  lastComparison,
  livingCommunities,
  noteCompared,
  type KnownPeople,
} from '../database/known-people.ts';
import type { Db } from '../database/tables.ts';
import type { Feature } from '../feature.ts';
import type { RememberingRoster } from '../graph/roster.ts';
import type { Clock } from '../ports.ts';
import { errorText } from '../shared/error-text.ts';

/**
 * Makes up for events that never came: whoever is on a team's roster, and whom we do not know there, has joined. The
 * first look at a team only learns who is there: they always were.
 */
export interface RosterComparison {
  /** When a team is met. Never fails, and looks at most every so often. */
  whenMet(community: Community): Promise<void>;
  /** Every team, once a night. */
  all(): Promise<void>;
}

export interface RosterComparisonParts {
  readonly db: Db;
  readonly features: readonly Feature[];
  readonly communities: Pick<Installations, 'find'>;
  readonly roster: Pick<RememberingRoster, 'members' | 'forget'>;
  readonly now: Clock;
  readonly log: Logger;
}

/** How long after one look at a team that was met the next one may follow, in milliseconds. */
const pause = 10 * 60_000;

export function createRosterComparison(parts: RosterComparisonParts): RosterComparison {
  const { db, communities, roster, now, log } = parts;

  async function quietly(community: string, look: () => Promise<void>): Promise<void> {
    try {
      await look();
    } catch (error) {
      log.warn(
        { community, ...(error instanceof CommunityError ? { code: error.code } : {}), error: errorText(error) },
        'who has joined a team could not be looked up; it is tried again when the team is met, and tonight',
      );
    }
  }

  return {
    whenMet: community =>
      quietly(community.id, async () => {
        const last = await lastComparison(db, community.id);
        if (last === undefined || (last && Math.abs(now().getTime() - last.getTime()) < pause)) return;
        await compare(parts, community);
      }),
    async all() {
      for (const id of await livingCommunities(db))
        await quietly(id, async () => {
          const community = await communities.find(id);
          if (!community) return;
          roster.forget(id);
          await compare(parts, community);
        });
    },
  };
}

/** The features hear of them first: what fails is found again by the next look. */
async function compare({ db, features, roster, now, log }: RosterComparisonParts, community: Community): Promise<void> {
  const at = now();
  const present = await roster.members(community.id);
  // A team without people is one that could not be read.
  if (present.length === 0) return;
  const known = await knownPeople(db, community.id);
  const people = newAmong(present, known);
  if (people.length > 0) {
    for (const feature of features) await feature.events?.membersJoined?.({ community, people, at });
    log.info({ community: community.id, count: people.length }, 'Teams had not told of people who joined');
  }
  const belonging = present.filter(({ id }) => !known.optedOut.has(id)).map(({ id }) => id);
  await noteCompared(db, { community: community.id, people: belonging, at });
}

function newAmong(present: readonly Member[], { comparedAt, known, left, optedOut }: KnownPeople) {
  if (comparedAt === null) return [];
  return present
    .filter(({ id }) => !known.has(id) && !left.has(id) && !optedOut.has(id))
    .map(({ id, name }) => ({ id, name }));
}

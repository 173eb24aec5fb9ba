import type { Logger } from 'pino';
import type { ClientAddresses } from './client-address.ts';
import type { Sender } from './noise.ts';
import {
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import { CommunityError } from '../../domain/errors.ts';
import type { LimitStore } from '../database/limit-store.ts';

/**
 * Every budget, and why it is what it is. Each fills up anew when its time is over, counted from the first thing spent.
 */
export const budgets = {
  /**
   * After sign-in, at both doors together. A screen of the tab is one reading or two, a drag or a tick one change:
   * a person who does something every second stays under it. A loop of 20 readings a second ends after 30 s, one of
   * changes after 5 s.
   */
  person: { points: 600, seconds: 60 },
  /**
   * After membership is known, for each member of the community, and never less than for 100: all of them may open a
   * card and the tab in the same minute, with room to spare; loops of a whole small community may not.
   */
  community: { pointsForEach: 30, atLeast: 3_000, seconds: 60 },
  /** A sentence to a person who types too much; after it there is silence. */
  telling: { points: 1, seconds: 60 },
  /** One calendar's link. Calendar programs ask every few minutes, up to a handful of devices at once. */
  feed: { points: 30, seconds: 60 },
  /**
   * Before sign-in, from one address: tokens that were refused, links that lead nowhere; to check one costs a fraction
   * of a millisecond. Only these: a whole university may stand behind one address, and a person with a good token is
   * never stopped by what others there got wrong.
   */
  refusals: { points: 1500, seconds: 60 },
  /**
   * Before sign-in, from one address: what is given to all, such as the tabs' files. A thousand people who open
   * the tab at once take 15,000.
   */
  open: { points: 20_000, seconds: 60 },
} as const;

/**
 * What things cost: every request of the tab, what a change costs besides once it is known that the person is a member,
 * a press, and typed words. Readings are shared with others who ask the same; the others cost SharePoint several calls
 * each.
 */
export const prices = { request: 1, change: 5, press: 6, message: 20 } as const;
type Price = keyof typeof prices;

/** Throw `too-many-requests`, with the seconds to wait, when a budget is spent. */
export interface Limits {
  person(id: string, price: Price): Promise<void>;
  /** @param members how many people are in it. */
  community(id: string, members: number, price: Price): Promise<void>;
  feed(token: string): Promise<void>;
  /** Whether this person may be told once more that they are over their budget. */
  mayTell(person: string): Promise<boolean>;
}

/**
 * The same before sign-in. In memory: a request without a good token writes nothing to the database, and no address is
 * kept.
 */
export interface AddressLimits {
  /** Counts a token or link that was refused. */
  refused(sender: Sender): Promise<void>;
  open(sender: Sender): Promise<void>;
}

/**
 * Budgets of people and communities, shared by all servers when there is a PostgreSQL. When that is away each server
 * goes on with a count of its own: a limiter that refuses all would be the very outage it is there to prevent.
 * @param store null: there is one server only.
 */
export function createLimits({ store, log }: { readonly store: LimitStore | null; readonly log: Logger }): Limits {
  function limiter(name: string, points: number, seconds: number): RateLimiterAbstract {
    const memory = new RateLimiterMemory({ keyPrefix: name, points, duration: seconds });
    if (store === null) return memory;
    return new RateLimiterPostgres({
      keyPrefix: name,
      points,
      duration: seconds,
      storeClient: store,
      storeType: 'client',
      tableName: 'rate_limits',
      tableCreated: true,
      // A person over the budget is refused from memory: a storm costs the database nothing.
      inMemoryBlockOnConsumed: points + 1,
      insuranceLimiter: memory,
    });
  }

  const person = limiter('person', budgets.person.points, budgets.person.seconds);
  const telling = limiter('telling', budgets.telling.points, budgets.telling.seconds);
  const feed = limiter('feed', budgets.feed.points, budgets.feed.seconds);
  // Its points depend on the community, so it only counts.
  const community = limiter('community', Number.MAX_SAFE_INTEGER, budgets.community.seconds);

  return {
    person: (id, price) =>
      spend(person, id, prices[price], () => log.warn({ person: id }, 'a person spends more than their budget')),
    async community(id, members, price) {
      const allowed = Math.max(budgets.community.atLeast, members * budgets.community.pointsForEach);
      const { consumedPoints, msBeforeNext } = await community.penalty(id, prices[price]);
      if (consumedPoints <= allowed) return;
      if (consumedPoints - prices[price] <= allowed)
        log.warn({ community: id, members }, 'a community spends more than its budget');
      throw spent(msBeforeNext, 'community');
    },
    feed: token => spend(feed, token, 1, () => log.warn('a feed is asked for more often than its budget allows')),
    mayTell: id =>
      telling.consume(id).then(
        () => true,
        () => false,
      ),
  };
}

export function createAddressLimits({
  log,
  addressOf,
}: {
  readonly log: Logger;
  readonly addressOf: ClientAddresses['addressOf'];
}): AddressLimits {
  const refusals = new RateLimiterMemory({ points: budgets.refusals.points, duration: budgets.refusals.seconds });
  const open = new RateLimiterMemory({ points: budgets.open.points, duration: budgets.open.seconds });
  function count(limiter: RateLimiterAbstract, sender: Sender, sentence: string): Promise<void> {
    const address = addressOf(sender);
    return spend(limiter, address, 1, () => log.warn({ address }, sentence));
  }

  return {
    refused: sender => count(refusals, sender, 'an address is refused too often'),
    open: sender => count(open, sender, 'an address asks too much'),
  };
}

/** @param over is called once for each time a budget is spent, so that a storm leaves one line in the log. */
async function spend(limiter: RateLimiterAbstract, key: string, points: number, over: () => void): Promise<void> {
  try {
    await limiter.consume(key, points);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    if (refusal.consumedPoints > 0 && refusal.consumedPoints - points <= limiter.points) over();
    throw spent(refusal.msBeforeNext);
  }
}

function spent(milliseconds: number, context?: 'community'): CommunityError {
  const retryAfter = Math.max(1, Math.ceil(milliseconds / 1000));
  return new CommunityError(
    'too-many-requests',
    `the budget of this ${context ?? 'minute'} is spent: try again in ${retryAfter} s`,
    { retryAfter, count: retryAfter, ...(context ? { context } : {}) },
  );
}

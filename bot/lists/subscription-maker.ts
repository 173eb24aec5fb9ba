import { createHash, randomBytes } from 'node:crypto';
import type { Subscription as GraphSubscription } from '@microsoft/microsoft-graph-types';
import type { Logger } from 'pino';
import { CommunityError } from '../../domain/errors.ts';
import type { Graph } from '../graph/client.ts';
import type { Clock } from '../ports.ts';
import { definitions } from './model.ts';
import type { FindPlace } from './places.ts';
import type { Refusal, Subscription, SubscriptionStore } from './subscription-store.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** How long a subscription is made for: 42,300 minutes are the most that Graph takes for a list. */
const lives = 42_000 * minute;
/** How long it is left at a renewal that failed, and at a subscription that could not be made. */
const renewedAgainAfter = 60 * minute;
const madeAgainAfter: Readonly<Record<Refusal, number>> = {
  'not-granted': day,
  'not-reached': 60 * minute,
  unavailable: 10 * minute,
};

const teamLists = Object.entries(definitions)
  .filter(([, { kept }]) => kept === 'team')
  .map(([name]) => name);

export interface MakerParts {
  readonly store: SubscriptionStore;
  readonly graph: Graph;
  readonly findPlace: FindPlace;
  /** Where Graph sends what it tells; null where it could not reach it. */
  readonly address: string | null;
  readonly now: Clock;
  readonly log: Logger;
  readonly inBackground: <R>(work: () => Promise<R>) => Promise<R>;
  /** Hears of a list that is to be looked at: its copy lacks a change. */
  readonly changed: (community: string, list: string) => Promise<void>;
}

/** Makes, renews and deletes subscriptions in Graph, each of them on one server. */
export interface SubscriptionMaker {
  /** @returns whether Graph tells of all lists of this community */
  all(community: string): Promise<boolean>;
  renew(one: Subscription): Promise<void>;
  remove(one: Subscription): Promise<void>;
  /** The same, on whichever server takes it first. */
  leave(one: Subscription): Promise<void>;
}

export function createMaker(parts: MakerParts): SubscriptionMaker {
  const { store, graph, now, log } = parts;

  async function remove({ id, community, list }: Subscription): Promise<void> {
    try {
      await graph.delete(`/subscriptions/${id}`);
    } catch (error) {
      // Whatever keeps it from being deleted now: it is tried again, until Graph has forgotten it by itself.
      if (!(error instanceof CommunityError)) throw error;
      if (error.code !== 'not-found')
        return log.debug({ community, list, error: error.message }, 'a subscription stays');
    }
    if (id !== null) await store.drop(id);
  }

  /** Takes what is to be done with one for this server; one that ended by itself is let go. */
  async function isOurs({ id, expiresAt }: Subscription): Promise<boolean> {
    const notSince = new Date(now().getTime() - renewedAgainAfter);
    if (id === null || !(await store.claimRenewal(id, now(), notSince))) return false;
    if (expiresAt !== null && expiresAt > now()) return true;
    await store.drop(id);
    return false;
  }

  return {
    all: community => makeAll(parts, community, remove),
    remove,
    async renew(one) {
      const { id, community, list } = one;
      if (id === null || !(await isOurs(one))) return;
      try {
        const expirationDateTime = new Date(now().getTime() + lives).toISOString();
        await graph.patch(`/subscriptions/${id}`, { expirationDateTime });
        await store.renewed(id, new Date(expirationDateTime));
      } catch (error) {
        if (!(error instanceof CommunityError)) throw error;
        log.info({ community, list, error: error.message }, 'a subscription could not be renewed');
        if (error.code === 'not-found') await store.drop(id);
      }
    },
    async leave(one) {
      if (await isOurs(one)) await remove(one);
    },
  };
}

async function makeAll(parts: MakerParts, community: string, remove: SubscriptionMaker['remove']): Promise<boolean> {
  const { store, findPlace, now } = parts;
  const { site, lists } = await findPlace(community);
  const rows = new Map((await store.of(community)).map(row => [row.list, row]));
  let isCovered = true;
  for (const list of teamLists) {
    const id = lists[list];
    // A list that was never looked at by its id is looked at every few seconds.
    if (id === undefined) {
      isCovered = false;
      continue;
    }
    const resource = `sites/${site.id}/lists/${id}`;
    let row = rows.get(list);
    if (row?.id != null && (row.resource !== resource || row.expiresAt === null || row.expiresAt <= now())) {
      await remove(row);
      row = undefined;
    }
    if (row?.id != null) continue;
    const refusal = await makeIfDue(parts, { community, list, resource }, row);
    if (refusal !== null) isCovered = false;
    // What is refused for one list is refused for all.
    if (refusal === 'not-granted' || refusal === 'not-reached') return false;
  }
  return isCovered;
}

type Target = Pick<Subscription, 'community' | 'list' | 'resource'>;

/** @returns why it is not there, or null when it is */
async function makeIfDue(parts: MakerParts, target: Target, row: Subscription | undefined): Promise<Refusal | null> {
  const refusal = row?.refusal ?? 'unavailable';
  const notSince = new Date(parts.now().getTime() - madeAgainAfter[refusal]);
  return !row || row.triedAt < notSince ? make(parts, target, notSince) : refusal;
}

async function make(
  { store, graph, address, now, log, changed }: MakerParts,
  { community, list, resource }: Target,
  notSince: Date,
): Promise<Refusal | null> {
  const secret = randomBytes(32).toString('base64url');
  const wanted = { community, list, resource, secret: hashOfSecret(secret) };
  if (!(await store.claim(wanted, now(), notSince))) return 'unavailable';
  const ends = new Date(now().getTime() + lives);
  try {
    const made = await graph.post<GraphSubscription>('/subscriptions', {
      changeType: 'updated',
      notificationUrl: address,
      lifecycleNotificationUrl: address,
      resource,
      expirationDateTime: ends.toISOString(),
      clientState: secret,
    });
    await store.made(wanted, made.id ?? '', new Date(made.expirationDateTime ?? ends));
    // What was changed before it was there is told by nobody.
    await changed(community, list);
    return null;
  } catch (error) {
    if (!(error instanceof CommunityError)) throw error;
    const refusal = refusalOf(error);
    await store.refused(wanted, refusal);
    log.info({ community, list, refusal, error: error.message }, 'Graph does not tell of changes in a list');
    return refusal;
  }
}

/** 400 is what Graph says when the address of notifications does not prove itself. */
function refusalOf({ code, details }: CommunityError): Refusal {
  if (code === 'not-granted') return 'not-granted';
  return details['status'] === 400 ? 'not-reached' : 'unavailable';
}

export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

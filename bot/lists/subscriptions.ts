import { timingSafeEqual } from 'node:crypto';
import type { Logger } from 'pino';
import { errorText } from '../shared/error-text.ts';
import { createMaker, hashOfSecret, type MakerParts } from './subscription-maker.ts';
import type { Subscription } from './subscription-store.ts';

/** What Graph says of one subscription: that something in its list was changed, or what becomes of itself. */
export interface Notification {
  readonly id: string;
  /** The secret that Graph was given with the subscription; undefined where none came. */
  readonly secret: string | undefined;
  readonly lifecycle: 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed' | null;
}

/**
 * Graph's change notifications for the lists of communities that somebody looks at. What they say is only that it is
 * worth looking; without them the copies are looked at every few seconds, as if there were none.
 */
export interface Subscriptions {
  /** Somebody has this community open: makes what is missing, behind everybody. */
  want(community: string): void;
  /** Whether Graph tells of changes in all its lists, so far as is known here. */
  covers(community: string): boolean;
  /**
   * Takes in what came to the address of notifications.
   *
   * @returns how many of them came from Graph, about a community that has the app
   */
  take(notifications: readonly Notification[]): Promise<number>;
  /** A change was found that should have been told of: unless it is told within a minute, the subscription is made anew. */
  found(community: string, list: string): void;
  /** Renews what ends soon, and deletes what belongs to communities that left. Called now and then, on every server. */
  keepUp(): Promise<void>;
  stop(): void;
}

export interface SubscriptionParts extends MakerParts {
  /** How long Graph may take to tell of a change that was found, in milliseconds; a minute when left out. */
  readonly toldWithin?: number;
}

const minute = 60_000;
const day = 24 * 60 * minute;
/** How long before its end a subscription is renewed, and how long it is known that one was refused. */
const renewedBefore = 5 * day;
const refusedFor = 7 * day;
/** How long what is known of a community's subscriptions is not asked anew. */
const known = 5 * minute;

export function createSubscriptions(parts: SubscriptionParts): Subscriptions {
  const { store, now, log, inBackground } = parts;
  const make = createMaker(parts);
  const covered = new Map<string, { readonly isCovered: boolean; readonly at: number }>();
  const underWay = new Set<string>();
  let isStopped = false;

  const note = (community: string, isCovered: boolean) => covered.set(community, { isCovered, at: Date.now() });

  async function drop({ id, community }: Subscription): Promise<void> {
    covered.delete(community);
    if (id !== null) await store.drop(id);
  }

  const watch = createLossWatch(parts, async one => {
    const { community, list } = one;
    log.warn({ community, list }, 'Graph did not tell of a change in a list; it is subscribed to anew');
    await inBackground(() => make.remove(one));
    await drop(one);
  });

  return {
    want(community) {
      const before = covered.get(community);
      if (parts.address === null || isStopped || underWay.has(community)) return;
      if (before && Date.now() - before.at < known) return;
      underWay.add(community);
      inBackground(() => make.all(community))
        .then(isCovered => note(community, isCovered))
        .catch((error: unknown) => {
          note(community, false);
          log.debug({ community, error: errorText(error) }, 'the lists of a community could not be subscribed to');
        })
        .finally(() => underWay.delete(community));
    },
    covers: community => covered.get(community)?.isCovered ?? false,
    async take(notifications) {
      const believed = await believedOf(parts, notifications);
      const told = new Map(believed.map(({ one }) => [one.id ?? '', one]));
      await store.heard([...told.keys()], now());
      for (const { community, list } of told.values()) await parts.changed(community, list);
      for (const { one, lifecycle } of believed) {
        if (lifecycle === 'subscriptionRemoved') await drop(one);
        if (lifecycle === 'reauthorizationRequired') await inBackground(() => make.renew(one));
      }
      return believed.length;
    },
    found(community, list) {
      if (covered.get(community)?.isCovered) watch.found(community, list);
    },
    async keepUp() {
      if (parts.address === null) return;
      for (const one of await store.ending(new Date(now().getTime() + renewedBefore))) {
        if (isStopped) return;
        await inBackground(() => (one.isLeft ? make.leave(one) : make.renew(one)));
      }
      await store.dropRefused(new Date(now().getTime() - refusedFor));
    },
    stop() {
      isStopped = true;
      watch.stop();
    },
  };
}

/** Those that came from Graph, about subscriptions that live, in communities that have the app. */
async function believedOf({ store, now }: SubscriptionParts, notifications: readonly Notification[]) {
  const rows = await store.byId([...new Set(notifications.map(({ id }) => id))]);
  const byId = new Map(rows.map(one => [one.id, one]));
  return notifications.flatMap(({ id, secret, lifecycle }) => {
    const one = byId.get(id);
    const isLate = one?.expiresAt == null || one.expiresAt <= now();
    return one && !isLate && isSecret(secret, one.secret) ? [{ one, lifecycle }] : [];
  });
}

/** In a time that does not tell how much of it is right. */
function isSecret(given: string | undefined, kept: string): boolean {
  return given !== undefined && timingSafeEqual(Buffer.from(hashOfSecret(given), 'hex'), Buffer.from(kept, 'hex'));
}

/** Looks, for each change that was found, whether Graph told of it as well. */
function createLossWatch(
  { store, now, log, toldWithin = minute }: SubscriptionParts,
  lost: (one: Subscription) => Promise<void>,
) {
  const timers = new Set<NodeJS.Timeout>();

  async function unlessTold(community: string, list: string, since: Date): Promise<void> {
    const one = (await store.of(community)).find(row => row.list === list);
    const slack = new Date(since.getTime() - toldWithin);
    if (one?.id != null && (one.heardAt === null || one.heardAt < slack)) await lost(one);
  }

  return {
    found(community: string, list: string): void {
      const since = now();
      const timer = setTimeout(() => {
        timers.delete(timer);
        unlessTold(community, list, since).catch((error: unknown) =>
          log.debug({ community, list, error: errorText(error) }, 'it could not be seen whether Graph tells of a list'),
        );
      }, toldWithin).unref();
      timers.add(timer);
    },
    stop(): void {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/**
 * Keeps them up every minute; what one server does, no other does as well.
 *
 * @returns what ends it
 */
export function startKeepingUp(subscriptions: Pick<Subscriptions, 'keepUp' | 'stop'>, log: Logger): () => void {
  const timer = setInterval(() => {
    subscriptions
      .keepUp()
      .catch((error: unknown) => log.warn({ error: errorText(error) }, 'subscriptions to lists were not renewed'));
  }, minute).unref();
  return () => {
    clearInterval(timer);
    subscriptions.stop();
  };
}

import type { Db } from '../database/tables.ts';

/** Why Graph does not tell of a list: it may not, it does not reach this server, or it did not say. */
export type Refusal = 'not-granted' | 'not-reached' | 'unavailable';

/** One list of one community, and the subscription by which Graph tells that something in it was changed. */
export interface Subscription {
  readonly community: string;
  /** Its name in `model.ts`. */
  readonly list: string;
  /** What Graph is asked to tell of: `sites/{id}/lists/{id}`. */
  readonly resource: string;
  /** Graph's id; null where there is none. */
  readonly id: string | null;
  /** SHA-256 of what Graph says with every notification, in hexadecimal. */
  readonly secret: string;
  readonly expiresAt: Date | null;
  readonly refusal: Refusal | null;
  /** When it was last tried to make or to renew it. */
  readonly triedAt: Date;
  /** When Graph last told of a change. */
  readonly heardAt: Date | null;
}

type Wanted = Pick<Subscription, 'community' | 'list' | 'resource' | 'secret'>;

/** Which subscriptions the app has. All servers share it, so that one of them makes each. */
export interface SubscriptionStore {
  of(community: string): Promise<readonly Subscription[]>;
  /** Those of communities that have the app. */
  byId(ids: readonly string[]): Promise<readonly Subscription[]>;
  /** Those that end before this moment, and those of communities that do not have the app any more. */
  ending(before: Date): Promise<readonly (Subscription & { readonly isLeft: boolean })[]>;
  /**
   * Takes the making of one, unless another server has taken it or it was tried since that moment.
   *
   * @returns whether it is this server's to make
   */
  claim(wanted: Wanted, at: Date, notSince: Date): Promise<boolean>;
  made(wanted: Wanted, id: string, expiresAt: Date): Promise<void>;
  refused(wanted: Wanted, refusal: Refusal): Promise<void>;
  /** Takes the renewal of one, as `claim`. */
  claimRenewal(id: string, at: Date, notSince: Date): Promise<boolean>;
  renewed(id: string, expiresAt: Date): Promise<void>;
  heard(ids: readonly string[], at: Date): Promise<void>;
  /** It is no more; the list is subscribed to anew when somebody looks. */
  drop(id: string): Promise<void>;
  /** What nobody could make, of communities that left or long ago. */
  dropRefused(before: Date): Promise<void>;
  /** How many there are, and how many could not be made, by why. */
  counts(at: Date): Promise<Readonly<Record<Refusal | 'active', number>>>;
}

export function createSubscriptionStore(db: Db): SubscriptionStore {
  const row = ({ community, list }: Pick<Subscription, 'community' | 'list'>) =>
    db.updateTable('list_subscriptions').where('community', '=', community).where('list', '=', list);

  return {
    async of(community) {
      const rows = await db.selectFrom('list_subscriptions').selectAll().where('community', '=', community).execute();
      return rows.map(read);
    },
    byId: ids => byId(db, ids),
    ending: before => ending(db, before),
    claim: (wanted, at, notSince) => claim(db, wanted, at, notSince),
    async made(wanted, id, expiresAt) {
      await row(wanted)
        .set({ subscription: id, expires_at: expiresAt, refusal: null })
        .where('secret', '=', wanted.secret)
        .execute();
    },
    async refused(wanted, refusal) {
      await row(wanted).set({ refusal }).where('secret', '=', wanted.secret).execute();
    },
    async claimRenewal(id, at, notSince) {
      const { numUpdatedRows } = await db
        .updateTable('list_subscriptions')
        .set({ tried_at: at })
        .where('subscription', '=', id)
        .where('tried_at', '<', notSince)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async renewed(id, expiresAt) {
      await db
        .updateTable('list_subscriptions')
        .set({ expires_at: expiresAt })
        .where('subscription', '=', id)
        .execute();
    },
    async heard(ids, at) {
      if (ids.length === 0) return;
      await db.updateTable('list_subscriptions').set({ heard_at: at }).where('subscription', 'in', ids).execute();
    },
    async drop(id) {
      await db.deleteFrom('list_subscriptions').where('subscription', '=', id).execute();
    },
    async dropRefused(before) {
      await db
        .deleteFrom('list_subscriptions')
        .where('subscription', 'is', null)
        .where('tried_at', '<', before)
        .execute();
    },
    counts: at => countsOf(db, at),
  };
}

/** How many are renewed or taken away in one go. */
const mostAtOnce = 500;

async function byId(db: Db, ids: readonly string[]): Promise<readonly Subscription[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('list_subscriptions')
    .innerJoin('communities', 'communities.id', 'list_subscriptions.community')
    .selectAll('list_subscriptions')
    .where('list_subscriptions.subscription', 'in', ids)
    .where('communities.removed_at', 'is', null)
    .execute();
  return rows.map(read);
}

async function ending(db: Db, before: Date): ReturnType<SubscriptionStore['ending']> {
  const rows = await db
    .selectFrom('list_subscriptions')
    .innerJoin('communities', 'communities.id', 'list_subscriptions.community')
    .selectAll('list_subscriptions')
    .select(({ eb }) => eb('communities.removed_at', 'is not', null).as('left'))
    .where('list_subscriptions.subscription', 'is not', null)
    .where(({ eb, or }) =>
      or([eb('list_subscriptions.expires_at', '<', before), eb('communities.removed_at', 'is not', null)]),
    )
    .orderBy('list_subscriptions.expires_at')
    .limit(mostAtOnce)
    .execute();
  return rows.map(({ left, ...one }) => ({ ...read(one), isLeft: Boolean(left) }));
}

async function claim(
  db: Db,
  { community, list, resource, secret }: Wanted,
  at: Date,
  notSince: Date,
): Promise<boolean> {
  const anew = { resource, secret, subscription: null, expires_at: null, refusal: null, tried_at: at };
  const taken = await db
    .insertInto('list_subscriptions')
    .values({ community, list, ...anew, heard_at: null })
    .onConflict(conflict =>
      conflict
        .columns(['community', 'list'])
        .doUpdateSet(anew)
        .where('list_subscriptions.subscription', 'is', null)
        .where('list_subscriptions.tried_at', '<', notSince),
    )
    .returning('list')
    .executeTakeFirst();
  return taken !== undefined;
}

async function countsOf(db: Db, at: Date): ReturnType<SubscriptionStore['counts']> {
  const rows = await db
    .selectFrom('list_subscriptions')
    .select(({ fn, eb }) => [
      'refusal',
      fn.countAll<string>().as('count'),
      eb.and([eb('subscription', 'is not', null), eb('expires_at', '>', at)]).as('active'),
    ])
    .groupBy(['refusal', 'active'])
    .execute();
  const sum = (wanted: (row: (typeof rows)[number]) => boolean): number =>
    rows.filter(wanted).reduce((all, { count }) => all + Number(count), 0);
  const of = (refusal: Refusal): number => sum(one => one.refusal === refusal && !one.active);
  return {
    active: sum(({ active }) => Boolean(active)),
    'not-granted': of('not-granted'),
    'not-reached': of('not-reached'),
    unavailable: of('unavailable'),
  };
}

interface Row {
  readonly community: string;
  readonly list: string;
  readonly resource: string;
  readonly subscription: string | null;
  readonly secret: string;
  readonly expires_at: Date | null;
  readonly refusal: Refusal | null;
  readonly tried_at: Date;
  readonly heard_at: Date | null;
}

function read({ subscription, expires_at, tried_at, heard_at, ...same }: Row): Subscription {
  return { ...same, id: subscription, expiresAt: expires_at, triedAt: tried_at, heardAt: heard_at };
}

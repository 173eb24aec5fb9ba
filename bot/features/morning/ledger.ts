import type { MorningCard, Sent, Wanted, WishKey } from '../../../domain/attention/mornings.ts';
import type { Db } from '../../database/tables.ts';

/** Who was sent which wishes on which morning, and which wait for one. */
export interface Ledger {
  /** Cards since this day, included. */
  sentSince(community: string, day: string): Promise<readonly Sent[]>;
  /** Every wish of these people that waits, or has had its morning. */
  wishesOf(community: string, people: readonly string[]): Promise<readonly KnownWish[]>;
  /** Every wish that waits. */
  waiting(community: string): Promise<readonly KnownWish[]>;
  /**
   * Settles what this person gets this morning: whoever comes first decides, and everybody else is told what that was.
   */
  claim(community: string, day: string, card: MorningCard): Promise<readonly WishKey[]>;
  /** What was settled for this morning, by person. */
  claimed(community: string, day: string): Promise<readonly WishKey[]>;
  /** Notes that these wait; those that did already, do so until the day that is named now. */
  wait(community: string, wishes: readonly Wanted[]): Promise<void>;
  /**
   * Notes what its reader chose of a question that was put: from which day it may come again; null for as if nothing had
   * been chosen. `on` is the day on which they choose.
   */
  choose(
    community: string,
    wish: WishKey,
    choice: { readonly againOn: string | null; readonly on: string },
  ): Promise<void>;
  /** These wait no more, and have not been sent. */
  drop(community: string, wishes: readonly WishKey[]): Promise<void>;
}

export interface KnownWish extends WishKey {
  readonly until: string;
  /** The morning on which it went out; null while it waits. */
  readonly day: string | null;
  /** What its reader chose of it, and when. */
  readonly againOn: string | null;
  readonly chosenOn: string | null;
}

const columns = ['person', 'kind', 'period', 'until', 'day', 'again_on as againOn', 'chosen_on as chosenOn'] as const;
const key = ['community', 'person', 'kind', 'period'] as const;

export function createLedger(db: Db): Ledger {
  const readings = createReadings(db);
  return { ...readings, ...createWritings(db, readings) };
}

type Readings = Pick<Ledger, 'claimed' | 'sentSince' | 'wishesOf' | 'waiting'>;

function createReadings(db: Db): Readings {
  async function claimed(community: string, day: string): Promise<readonly WishKey[]> {
    return db
      .selectFrom('wishes')
      .select(['person', 'kind', 'period'])
      .where('community', '=', community)
      .where('day', '=', day)
      .orderBy('kind')
      .orderBy('period')
      .execute();
  }

  return {
    claimed,
    async sentSince(community, day) {
      return db
        .selectFrom('mornings')
        .select(['person', 'day', 'counted'])
        .where('community', '=', community)
        .where('day', '>=', day)
        .execute();
    },
    async wishesOf(community, people) {
      if (people.length === 0) return [];
      return db
        .selectFrom('wishes')
        .select(columns)
        .where('community', '=', community)
        .where('person', 'in', people)
        .execute();
    },
    async waiting(community) {
      return db
        .selectFrom('wishes')
        .select(columns)
        .where('community', '=', community)
        .where('day', 'is', null)
        .execute();
    },
  };
}

function createWritings(db: Db, { claimed }: Pick<Readings, 'claimed'>): Omit<Ledger, keyof Readings> {
  return {
    async claim(community, day, { person, counted, wishes }) {
      await db.transaction().execute(async transaction => {
        const { numInsertedOrUpdatedRows: first } = await transaction
          .insertInto('mornings')
          .values({ community, person, day, counted })
          .onConflict(conflict => conflict.columns(['community', 'person', 'day']).doNothing())
          .executeTakeFirst();
        if (!first) return;
        await transaction
          .insertInto('wishes')
          .values(wishes.map(({ kind, period, until }) => ({ community, person, kind, period, until, day })))
          .onConflict(conflict => conflict.columns(key).doUpdateSet({ day }))
          .execute();
      });
      return (await claimed(community, day)).filter(one => one.person === person);
    },
    async wait(community, wishes) {
      if (wishes.length === 0) return;
      await db
        .insertInto('wishes')
        .values(
          wishes.map(({ person, kind, period, until }) => ({ community, person, kind, period, until, day: null })),
        )
        .onConflict(conflict => conflict.columns(key).doUpdateSet(({ ref }) => ({ until: ref('excluded.until') })))
        .execute();
    },
    async choose(community, { person, kind, period }, { againOn, on }) {
      await db
        .updateTable('wishes')
        .set({ again_on: againOn, chosen_on: againOn === null ? null : on })
        .where('community', '=', community)
        .where('person', '=', person)
        .where('kind', '=', kind)
        .where('period', '=', period)
        .execute();
    },
    async drop(community, wishes) {
      for (const { person, kind, period } of wishes)
        await db
          .deleteFrom('wishes')
          .where('community', '=', community)
          .where('person', '=', person)
          .where('kind', '=', kind)
          .where('period', '=', period)
          .where('day', 'is', null)
          .execute();
    },
  };
}

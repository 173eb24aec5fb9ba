import { sql, type Transaction } from 'kysely';
import type { MorningCard, Sent, Wanted, WishKey } from '../../../domain/attention/mornings.ts';
import type { Db, Tables } from '../../database/tables.ts';

/** On a card with several wishes each is a line. */
export const severalKind = 'morning.several';

/** Who was sent which wishes on which morning, and which wait for one. */
export interface Ledger {
  /** Cards since this day, included. */
  sentSince(community: string, day: string): Promise<readonly Sent[]>;
  /** What waits, or has had its morning, for the people of these wishes and of their kinds. */
  wishesLike(community: string, wishes: readonly WishKey[]): Promise<readonly KnownWish[]>;
  /** Every wish that waits. */
  waiting(community: string): Promise<readonly KnownWish[]>;
  /**
   * Settles what these people get this morning: whoever comes first decides for each of them, and everybody else is
   * told what that was.
   *
   * @returns what is settled for this morning, for everybody
   */
  claim(community: string, day: string, cards: readonly MorningCard[]): Promise<readonly WishKey[]>;
  /** Notes that these wait; those that did already, do so until the day that is named now. */
  wait(community: string, wishes: readonly Wanted[]): Promise<void>;
  /**
   * Notes what its reader chose of a question that was put: from which day it may come again; null for as if nothing
   * had been chosen. `on` is the day on which they choose.
   */
  choose(
    community: string,
    wish: WishKey,
    choice: { readonly againOn: string | null; readonly on: string },
  ): Promise<void>;
  /** These wait no more, and have not been sent. */
  drop(community: string, wishes: readonly WishKey[]): Promise<void>;
  /** Whom this has reached by now, alone or as a line, and on which morning. */
  reached(community: string, wish: Pick<WishKey, 'kind' | 'period'>): Promise<ReadonlyMap<string, string>>;
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

/** However many people there are, each of these is one statement, or two. */
export function createLedger(db: Db): Ledger {
  return { ...createReadings(db), ...createWritings(db) };
}

type Readings = Pick<Ledger, 'sentSince' | 'wishesLike' | 'waiting' | 'reached'>;

function createReadings(db: Db): Readings {
  return {
    async sentSince(community, day) {
      return db
        .selectFrom('mornings')
        .select(['person', 'day', 'counted'])
        .where('community', '=', community)
        .where('day', '>=', day)
        .execute();
    },
    async wishesLike(community, wishes) {
      if (wishes.length === 0) return [];
      const [people, kinds] = [uniquely(wishes, 'person'), uniquely(wishes, 'kind')];
      return db
        .selectFrom('wishes')
        .select(columns)
        .where('community', '=', community)
        .where('person', '=', sql<string>`ANY(${people}::text[])`)
        .where('kind', '=', sql<string>`ANY(${kinds}::text[])`)
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
    async reached(community, { kind, period }) {
      const { rows } = await sql<{ person: string; day: string }>`
        SELECT recipient AS person, coalesce(wishes.day, to_char(messages.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')) AS day
        FROM messages LEFT JOIN wishes ON wishes.community = messages.community AND person = recipient
          AND wishes.kind = messages.kind AND wishes.period = messages.period
        WHERE messages.community = ${community} AND messages.kind = ${kind} AND messages.period = ${period} AND state = 'sent'
        UNION
        SELECT person, day FROM wishes JOIN messages ON messages.community = wishes.community AND recipient = person
          AND messages.kind = ${severalKind} AND messages.period = day
        WHERE wishes.community = ${community} AND wishes.kind = ${kind} AND wishes.period = ${period} AND state = 'sent'`.execute(
        db,
      );
      return new Map(rows.map(({ person, day }) => [person, day]));
    },
  };
}

async function settledOn(db: Db, community: string, day: string): Promise<readonly WishKey[]> {
  return db
    .selectFrom('wishes')
    .select(['person', 'kind', 'period'])
    .where('community', '=', community)
    .where('day', '=', day)
    .orderBy('kind')
    .orderBy('period')
    .execute();
}

function createWritings(db: Db): Omit<Ledger, keyof Readings> {
  return {
    async claim(community, day, cards) {
      await db.transaction().execute(async transaction => {
        const mine = await firstFor(transaction, { community, day, cards });
        const wishes = cards.filter(({ person }) => mine.has(person)).flatMap(card => card.wishes);
        await put(transaction, { community, wishes, day });
      });
      return settledOn(db, community, day);
    },
    wait: (community, wishes) => put(db, { community, wishes, day: null }),
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
      if (wishes.length === 0) return;
      await sql`
        DELETE FROM wishes USING unnest(${wishes.map(({ person }) => person)}::text[], ${wishes.map(({ kind }) => kind)}::text[],
          ${wishes.map(({ period }) => period)}::text[]) AS over (person, kind, period)
        WHERE community = ${community} AND day IS NULL AND wishes.person = over.person AND wishes.kind = over.kind
          AND wishes.period = over.period`.execute(db);
    },
  };
}

/**
 * Those of them for whom nobody has settled this morning. In one order, so that of two servers that settle the same
 * morning one waits for the other, and they never wait for each other.
 */
async function firstFor(
  transaction: Transaction<Tables>,
  {
    community,
    day,
    cards,
  }: { readonly community: string; readonly day: string; readonly cards: readonly MorningCard[] },
): Promise<ReadonlySet<string>> {
  const people = cards.map(({ person }) => person).toSorted();
  const counted = cards.filter(card => card.counted).map(({ person }) => person);
  const { rows } = await sql<{ person: string }>`
    INSERT INTO mornings (community, person, day, counted)
    SELECT ${community}, person, ${day}, person = ANY(${counted}::text[]) FROM unnest(${people}::text[]) AS one (person)
    ON CONFLICT (community, person, day) DO NOTHING
    RETURNING person`.execute(transaction);
  return new Set(rows.map(({ person }) => person));
}

/** Where a wish is known already, it gets the day if there is one, else its new end. */
async function put(
  db: Db | Transaction<Tables>,
  {
    community,
    wishes,
    day,
  }: { readonly community: string; readonly wishes: readonly Wanted[]; readonly day: string | null },
): Promise<void> {
  if (wishes.length === 0) return;
  const sorted = wishes.toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  const changed = day === null ? sql`until = excluded.until` : sql`day = excluded.day`;
  await sql`
    INSERT INTO wishes (community, person, kind, period, until, again, day)
    SELECT ${community}, person, kind, period, until, again::boolean, ${day}::text
    FROM unnest(${sorted.map(({ person }) => person)}::text[], ${sorted.map(({ kind }) => kind)}::text[],
      ${sorted.map(({ period }) => period)}::text[], ${sorted.map(({ until }) => until)}::text[],
      ${sorted.map(({ again }) => String(again))}::text[]) AS one (person, kind, period, until, again)
    ON CONFLICT (community, person, kind, period) DO UPDATE SET ${changed}`.execute(db);
}

function uniquely<Key extends keyof WishKey>(wishes: readonly WishKey[], key: Key): readonly string[] {
  return [...new Set(wishes.map(wish => wish[key]))];
}

function nameOf({ person, kind, period }: WishKey): string {
  return JSON.stringify([person, kind, period]);
}

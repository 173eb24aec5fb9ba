import type { Db } from '../../database/tables.ts';

/**
 * Digest bundles: what goes out in the same month to somebody who sponsors several communities reaches them once, in
 * one card where that can be.
 */
export interface Bundles {
  /** Notes that this community will have a digest for this person in this month. */
  expect(part: BundlePart): Promise<void>;
  /**
   * Takes what nobody has taken yet for this person in this month into the card of this community; once, what comes
   * later goes by itself.
   * @param alone only this community’s own part
   * @returns the communities whose digests its card carries, now and whenever it asks again; without itself when
   * another card carries it.
   */
  claim(part: BundlePart, alone?: boolean): Promise<readonly string[]>;
  /** The communities whose digests the card of this community carries. */
  carriedBy(part: BundlePart): Promise<readonly string[]>;
  /** Gives back a part whose digest could not be had, so that its own community sends it. */
  release(part: BundlePart): Promise<void>;
}

export interface BundlePart {
  /** YYYY-MM. */
  readonly month: string;
  readonly person: string;
  readonly community: string;
}

/**
 * One row for each person, month and community. Claiming them is one statement, so of two communities that fall due at
 * the same moment one gets all the rows and the other none; asking again gives the same answer.
 */
export function createBundles(db: Db): Bundles {
  async function expect({ month, person, community }: BundlePart): Promise<void> {
    await db
      .insertInto('gatherings')
      .values({ month, person, community, carrier: null })
      .onConflict(conflict => conflict.columns(['person', 'month', 'community']).doNothing())
      .execute();
  }

  async function carriedBy({ month, person, community }: BundlePart): Promise<readonly string[]> {
    const rows = await db
      .selectFrom('gatherings')
      .select('community')
      .where('person', '=', person)
      .where('month', '=', month)
      .where('carrier', '=', community)
      .orderBy('community')
      .execute();
    return rows.map(row => row.community);
  }

  return {
    expect,
    carriedBy,
    async claim(part, alone = false) {
      const before = await carriedBy(part);
      if (before.length > 0) return before;
      await expect(part);
      await db
        .updateTable('gatherings')
        .set({ carrier: part.community })
        .where('person', '=', part.person)
        .where('month', '=', part.month)
        .where('carrier', 'is', null)
        // What another card carries already brings nothing along: whoever comes too late for it goes by itself.
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('gatherings as own')
              .select('own.community')
              .where('own.person', '=', part.person)
              .where('own.month', '=', part.month)
              .where('own.community', '=', part.community)
              .where('own.carrier', 'is', null),
          ),
        )
        .$if(alone, query => query.where('community', '=', part.community))
        .execute();
      return carriedBy(part);
    },
    async release({ month, person, community }) {
      await db
        .updateTable('gatherings')
        .set({ carrier: null })
        .where('person', '=', person)
        .where('month', '=', month)
        .where('community', '=', community)
        .execute();
    },
  };
}

import { sql } from 'kysely';
import type { Db } from './tables.ts';

/** Whom we know in a community, beside the roster that Microsoft keeps. */
export interface KnownPeople {
  /** When the whole roster was last gone through; null when it never was, and then nobody can be told to be new. */
  readonly comparedAt: Date | null;
  /** Those who belong to it. */
  readonly known: ReadonlySet<string>;
  /** Those who are not new whenever they are met: they left a while ago, or want to hear nothing. */
  readonly left: ReadonlySet<string>;
  readonly optedOut: ReadonlySet<string>;
}

/** When the roster of a community that has the app was last gone through; undefined where nothing is to be looked for. */
export async function lastComparison(db: Db, community: string): Promise<Date | null | undefined> {
  const row = await db
    .selectFrom('communities')
    .select('roster_compared_at')
    .where('id', '=', community)
    .where('removed_at', 'is', null)
    .where('archived_at', 'is', null)
    .executeTakeFirst();
  return row?.roster_compared_at;
}

/** Communities whose roster is worth a look: the app is there, and the team is not archived. */
export async function livingCommunities(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('communities')
    .select('id')
    .where('removed_at', 'is', null)
    .where('archived_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

export async function knownPeople(db: Db, community: string): Promise<KnownPeople> {
  async function peopleIn(table: 'memberships' | 'leavers' | 'opt_outs'): Promise<ReadonlySet<string>> {
    const rows = await db.selectFrom(table).select('person').where('community', '=', community).execute();
    return new Set(rows.map(({ person }) => person));
  }
  return {
    comparedAt: (await lastComparison(db, community)) ?? null,
    known: await peopleIn('memberships'),
    left: await peopleIn('leavers'),
    optedOut: await peopleIn('opt_outs'),
  };
}

/** Whether a person was met in a community: they belong there, or have left a while ago. */
export async function isKnownIn(db: Db, community: string, person: string): Promise<boolean> {
  const peopleIn = (table: 'memberships' | 'leavers') =>
    db.selectFrom(table).select('person').where('community', '=', community).where('person', '=', person);
  return (await peopleIn('memberships').union(peopleIn('leavers')).executeTakeFirst()) !== undefined;
}

/** Notes that these people belong to a community, and that its whole roster was gone through at this moment. */
export async function noteCompared(
  db: Db,
  { community, people, at }: { readonly community: string; readonly people: readonly string[]; readonly at: Date },
): Promise<void> {
  await db.transaction().execute(async transaction => {
    if (people.length > 0) {
      await sql`
        INSERT INTO memberships (community, person) SELECT ${community}, unnest(${people as string[]}::text[]) ON CONFLICT DO NOTHING`.execute(
        transaction,
      );
      await sql`DELETE FROM leavers WHERE community = ${community} AND person = ANY(${people as string[]}::text[])`.execute(
        transaction,
      );
    }
    await transaction
      .updateTable('communities')
      .set({ roster_compared_at: at })
      .where('id', '=', community)
      .where('removed_at', 'is', null)
      .execute();
  });
}

import { sql } from 'kysely';
import type { Db } from '../database/tables.ts';
import { createBatch } from '../shared/batch.ts';
import type { Place, PlaceStore } from './places.ts';

/** For how long a place is believed to be the one that another server may have changed, in milliseconds. */
const believed = 5_000;
/** How many places are remembered. */
const mostKnown = 1_000;

/** Where a community's lists are, in its own row. */
export function createPlaceStore(db: Db): PlaceStore {
  const known = new Map<string, { readonly place: Place; readonly at: number }>();
  /** How often a place was changed here: what was read meanwhile may be the one before. */
  let changes = 0;
  function forget(community: string): void {
    changes++;
    known.delete(community);
  }
  // Each list of a screen asks for it, in the same moment.
  const readNow = createBatch((communities: readonly string[]) => placesOf(db, communities));
  return {
    async read(community) {
      const found = known.get(community);
      if (found && Date.now() - found.at < believed) return found.place;
      const [at, before] = [Date.now(), changes];
      const place = await readNow(community);
      if (known.size >= mostKnown) known.clear();
      // One that is not known yet may be any moment.
      if (place && changes === before) known.set(community, { place, at });
      return place;
    },
    async keepSite(community, { id, url }) {
      await db.updateTable('communities').set({ site_id: id, site_url: url }).where('id', '=', community).execute();
      forget(community);
    },
    async keepLists(community, lists) {
      await db.updateTable('communities').set({ list_ids: lists }).where('id', '=', community).execute();
      forget(community);
    },
    async rightness(community) {
      const found = await db
        .selectFrom('communities')
        .select(['lists_right_for as as', 'lists_right_at as at'])
        .where('id', '=', community)
        .executeTakeFirst();
      return found?.as != null && found.at !== null ? { as: found.as, at: found.at } : null;
    },
    async keepRightness(community, rightness) {
      await db
        .updateTable('communities')
        .set({ lists_right_for: rightness?.as ?? null, lists_right_at: rightness?.at ?? null })
        .where('id', '=', community)
        .execute();
    },
  };
}

async function placesOf(db: Db, communities: readonly string[]): Promise<readonly (Place | undefined)[]> {
  const rows = await db
    .selectFrom('communities')
    .select(['id', 'site_id', 'site_url', 'list_ids'])
    .where('id', '=', sql<string>`ANY(${[...new Set(communities)]}::text[])`)
    .execute();
  const found = new Map(
    rows.flatMap(({ id, site_id, site_url, list_ids }): [string, Place][] =>
      site_id === null || site_url === null ? [] : [[id, { site: { id: site_id, url: site_url }, lists: list_ids }]],
    ),
  );
  return communities.map(community => found.get(community));
}

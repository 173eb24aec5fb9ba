import { sql } from 'kysely';
import type { Db } from '../database/tables.ts';
import { createBatch } from '../shared/batch.ts';
import type { Place, PlaceStore } from './places.ts';

/** Where a community's lists are, in its own row. */
export function createPlaceStore(db: Db): PlaceStore {
  return {
    // Each list of a screen asks for it, in the same moment.
    read: createBatch(communities => placesOf(db, communities)),
    async keepSite(community, { id, url }) {
      await db.updateTable('communities').set({ site_id: id, site_url: url }).where('id', '=', community).execute();
    },
    async keepLists(community, lists) {
      await db.updateTable('communities').set({ list_ids: lists }).where('id', '=', community).execute();
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

import type { Db } from '../database/tables.ts';
import type { PlaceStore } from './places.ts';

/** Where a community's lists are, in its own row. */
export function createPlaceStore(db: Db): PlaceStore {
  return {
    async read(community) {
      const row = await db
        .selectFrom('communities')
        .select(['site_id', 'site_url', 'list_ids'])
        .where('id', '=', community)
        .executeTakeFirst();
      if (!row || row.site_id === null || row.site_url === null) return undefined;
      return { site: { id: row.site_id, url: row.site_url }, lists: row.list_ids };
    },
    async keepSite(community, { id, url }) {
      await db.updateTable('communities').set({ site_id: id, site_url: url }).where('id', '=', community).execute();
    },
    async keepLists(community, lists) {
      await db.updateTable('communities').set({ list_ids: lists }).where('id', '=', community).execute();
    },
  };
}

import type { Place, PlaceStore } from '../../bot/lists/places.ts';

/** What is known of places, in this process. */
export function placesInMemory(): PlaceStore {
  const known = new Map<string, Place>();
  return {
    read: async community => known.get(community),
    async keepSite(community, site) {
      known.set(community, { lists: known.get(community)?.lists ?? {}, site });
    },
    async keepLists(community, lists) {
      const place = known.get(community);
      if (place) known.set(community, { ...place, lists });
    },
  };
}

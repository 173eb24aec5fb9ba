import type { Place, PlaceStore, Rightness } from '../../bot/lists/places.ts';

/** Whether lists were found right, in this process. */
export function rightnessInMemory(): Pick<PlaceStore, 'rightness' | 'keepRightness'> {
  const right = new Map<string, Rightness>();
  return {
    rightness: async community => right.get(community) ?? null,
    async keepRightness(community, rightness) {
      if (rightness) right.set(community, rightness);
      else right.delete(community);
    },
  };
}

/** What is known of places, in this process. */
export function placesInMemory(): PlaceStore {
  const known = new Map<string, Place>();
  return {
    ...rightnessInMemory(),
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

import type { AsideRow, SetAside } from '../../bot/ports.ts';

/** Remembers rows that were set aside as the database does. */
export function createInMemorySetAside(): SetAside {
  const rows = new Map<string, AsideRow & { readonly community: string }>();
  const place = (community: string, list: string, key: string): string => `${community} ${list} ${key}`;
  return {
    of: async community => [...rows.values()].filter(row => row.community === community),
    put: async row =>
      void rows.set(place(row.community, row.list, row.key), {
        ...row,
        since: rows.get(place(row.community, row.list, row.key))?.since ?? row.since,
      }),
    takeBack: async (community, list, keys) => keys.forEach(key => rows.delete(place(community, list, key))),
    async noteUnreadable(community, list, keys, since) {
      for (const [at, row] of rows)
        if (row.community === community && row.list === list && row.reason === 'unreadable' && !keys.includes(row.key))
          rows.delete(at);
      for (const key of keys) await this.put({ community, list, key, what: key, reason: 'unreadable', since });
    },
  };
}

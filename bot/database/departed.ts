import type { Departed } from '../ports.ts';
import type { Db } from './tables.ts';

/**
 * Reads who left which team when, as an event or the night noted it; whoever came back, or was forgotten, is not there.
 */
export function createDeparted(db: Db): Departed {
  return {
    async since(community, moment) {
      const rows = await db
        .selectFrom('leavers')
        .select(['person', 'left_at'])
        .where('community', '=', community)
        .where('left_at', '>=', moment)
        .orderBy('left_at', 'desc')
        .orderBy('person')
        .execute();
      return rows.map(row => ({ person: row.person, at: row.left_at }));
    },
  };
}

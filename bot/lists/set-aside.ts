import type { SetAside } from '../ports.ts';
import type { Db } from '../database/tables.ts';

/** Most that are named: more than a few and the list itself is broken. */
const most = 50;

export function createSetAside(db: Db): SetAside {
  /** What was noted of each list last, so that reading it again writes nothing. */
  const noted = new Map<string, string>();

  async function takeBack(community: string, list: string, keys: readonly string[]): Promise<void> {
    if (keys.length > 0)
      await db
        .deleteFrom('set_aside')
        .where('community', '=', community)
        .where('list', '=', list)
        .where('key', 'in', [...keys])
        .execute();
  }

  return {
    takeBack,
    async of(community) {
      return db
        .selectFrom('set_aside')
        .select(['list', 'key', 'what', 'reason', 'since'])
        .where('community', '=', community)
        .orderBy('since')
        .orderBy('key')
        .limit(most)
        .execute();
    },
    async put(row) {
      await db
        .insertInto('set_aside')
        .values(row)
        .onConflict(conflict =>
          conflict.columns(['community', 'list', 'key']).doUpdateSet({ what: row.what, reason: row.reason }),
        )
        .execute();
    },
    async noteUnreadable(community, list, keys, since) {
      const [place, found] = [`${community} ${list}`, keys.toSorted().join('\n')];
      if (noted.get(place) === found) return;
      await db.transaction().execute(async transaction => {
        await transaction
          .deleteFrom('set_aside')
          .where('community', '=', community)
          .where('list', '=', list)
          .where('reason', '=', 'unreadable')
          .$if(keys.length > 0, query => query.where('key', 'not in', [...keys]))
          .execute();
        for (const key of keys.slice(0, most)) {
          await transaction
            .insertInto('set_aside')
            .values({ community, list, key, what: key, reason: 'unreadable', since })
            .onConflict(conflict =>
              conflict.columns(['community', 'list', 'key']).doUpdateSet({ reason: 'unreadable' }),
            )
            .execute();
        }
      });
      noted.set(place, found);
    },
  };
}

import type { Transaction } from 'kysely';
import type { Db, Tables } from '../database/tables.ts';
import type { Lists } from '../lists/model.ts';
import type { Clock, PersonalData } from '../ports.ts';
import type { Erasure, ErasureLog } from './erasure-log.ts';
import { forgetInLists, forgetInTables } from './forget.ts';
import { heldInLists, heldInTables } from './held.ts';

export interface PersonalDataParts {
  readonly db: Db;
  readonly lists: Lists;
  readonly now: Clock;
  readonly erasures: ErasureLog;
}

export function createPersonalData({ db, lists, now, erasures }: PersonalDataParts): PersonalData {
  return {
    held: async (community, person) => [
      ...(await heldInLists(lists.of(community), person)),
      ...(await heldInTables(db, { community, person: person.id })),
    ],
    async forget(community, { id, name }, quiet) {
      // First: whoever is stopped in between does it again when the next server starts.
      const erasure = await erasures.note({ community, person: id, quiet, at: now() });
      await forgetInLists(lists.of(community), { id, name });
      await db.transaction().execute(async transaction => {
        await forgetInTables(transaction, { community, person: id, quiet, at: now() });
        await noteErased(transaction, erasure);
      });
    },
  };
}

/** That it was done: a database that does not know is one that somebody has brought back from before. */
export async function noteErased(transaction: Transaction<Tables>, { id, at }: Erasure): Promise<void> {
  await transaction
    .insertInto('erasures')
    .values({ id, at: new Date(at) })
    .onConflict(conflict => conflict.doNothing())
    .execute();
}

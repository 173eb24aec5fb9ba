import type { Db } from '../database/tables.ts';
import type { Lists } from '../lists/model.ts';
import type { Clock, PersonalData } from '../ports.ts';
import { forgetInLists, forgetInTables } from './forget.ts';
import { heldInLists, heldInTables } from './held.ts';

export interface PersonalDataParts {
  readonly db: Db;
  readonly lists: Lists;
  readonly now: Clock;
}

export function createPersonalData({ db, lists, now }: PersonalDataParts): PersonalData {
  return {
    held: async (community, person) => [
      ...(await heldInLists(lists.of(community), person)),
      ...(await heldInTables(db, { community, person: person.id })),
    ],
    async forget(community, { id, name }, quiet) {
      await forgetInLists(lists.of(community), { id, name });
      await db
        .transaction()
        .execute(transaction => forgetInTables(transaction, { community, person: id, quiet, at: now() }));
    },
  };
}

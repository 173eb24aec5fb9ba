import type { Logger } from 'pino';
import { CommunityError } from '../../domain/errors.ts';
import type { Db } from '../database/tables.ts';
import type { Clock } from '../ports.ts';
import { createDatabaseList } from './database-list.ts';
import { VersionConflict, type Keyed, type List, type Stored } from './list.ts';
import { definitions, type RoleRow } from './model.ts';
import { isOffer, type OldList, type OldLists } from './old-lists.ts';

/** How long one server may be at clearing a community before another takes over, in milliseconds. */
const lease = 10 * 60_000;
/** How often the lists are gone through until nothing is left in them. */
const mostPasses = 5;
const mostVersions = 50;

export interface ClearParts {
  readonly db: Db;
  readonly now: Clock;
  readonly oldLists: OldLists;
  readonly log: Logger;
}

/** Takes what was copied out of a community's lists in SharePoint, unless another server is at it. */
export async function clearRows({ db, now, oldLists, log }: ClearParts, community: string): Promise<void> {
  if (!(await claim(db, community))) return;
  try {
    let count = 0;
    for (const { list, rows } of await oldLists.present(community)) count += await removeAll(rows, list);
    const meanwhile = createDatabaseList<RoleRow>({
      db,
      now,
      name: 'moving',
      definition: definitions.roles,
      community,
      by: null,
    });
    count += await clearRoles(oldLists.roles(community), meanwhile);
    await release(db, community, { cleared_at: now() });
    if (count > 0) log.info({ community, rows: count }, 'what was promised to few was taken out of SharePoint');
  } catch (error) {
    await release(db, community, {});
    throw error;
  }
}

/** @returns whether it is ours to clear; another server is at it where not. */
async function claim(db: Db, community: string): Promise<boolean> {
  const until = new Date(Date.now() + lease);
  const claimed = await db
    .insertInto('moves')
    .values({ community, claimed_until: until, copied_at: null, cleared_at: null })
    .onConflict(conflict =>
      conflict.column('community').doUpdateSet({ claimed_until: until }).where('moves.claimed_until', '<', new Date()),
    )
    .returning('community')
    .executeTakeFirst();
  return claimed !== undefined;
}

async function release(db: Db, community: string, done: { readonly cleared_at?: Date }): Promise<void> {
  await db
    .updateTable('moves')
    .set({ claimed_until: new Date(0), ...done })
    .where('community', '=', community)
    .execute();
}

/** Deleting an item takes its versions along; both go to the site's recycle bin. */
async function removeAll<T extends Keyed>(
  read: () => Promise<readonly Stored<T>[]>,
  list: Pick<List<T>, 'remove'>,
): Promise<number> {
  let count = 0;
  for (let pass = 0; pass < mostPasses; pass++) {
    const rows = await read();
    if (rows.length === 0) return count;
    for (const row of rows) {
      try {
        await list.remove(row);
        count++;
      } catch (error) {
        if (!(error instanceof VersionConflict)) throw error;
      }
    }
  }
  throw new CommunityError('unavailable', 'rows in SharePoint change again and again while they are taken out');
}

/**
 * Offers go. A holding that began as an offer still has the words of the offer in its versions, which only end with
 * the item: it is deleted and made anew, and in between it is in our database.
 */
async function clearRoles({ list, rows }: OldList<RoleRow>, meanwhile: List<RoleRow>): Promise<number> {
  async function putDown(holding: Stored<RoleRow>): Promise<void> {
    await list.create(holding.value);
    await meanwhile.remove(holding);
  }

  for (const holding of await meanwhile.all()) await putDown(holding);
  let count = await removeAll(async () => (await rows()).filter(({ value }) => isOffer(value)), list);
  for (const row of await rows()) {
    const versions = await list.versions(row.id, mostVersions);
    if (!versions.some(({ value }) => isOffer(value) && value.note.trim() !== '')) continue;
    const { row: holding } = await meanwhile.create(row.value);
    await list.remove(row);
    await putDown(holding);
    count++;
  }
  return count;
}

import type { Transaction } from 'kysely';
import type { Logger } from 'pino';
import type { Db, Tables } from '../database/tables.ts';
import type { Clock } from '../ports.ts';
import { createDatabaseList } from './database-list.ts';
import type { Keyed, List, Stored } from './list.ts';
import { definitions, type ListDefinition } from './model.ts';
import { isOffer, type OldLists } from './old-lists.ts';

export interface CopyParts {
  readonly db: Db;
  readonly now: Clock;
  readonly oldLists: OldLists;
  readonly log: Logger;
}

interface FoundRows {
  /** The name of the list in `model.ts`. */
  readonly name: string;
  readonly definition: ListDefinition;
  readonly rows: readonly Stored<Keyed>[];
}

/**
 * Copies what was promised to few from SharePoint into our database. Everything is read first and then written in one
 * transaction: however many servers are at it, and wherever one of them ends, one of them writes all of it. The server
 * that comes second finds it done, and brings nothing back that was deleted since.
 */
export async function copyRows({ db, now, oldLists, log }: CopyParts, community: string): Promise<void> {
  if ((await stateOf(db, community))?.copied_at) return;
  const found = await foundRows(oldLists, community);
  const count = await db.transaction().execute(async transaction => {
    await noteBeginning(transaction, community);
    if ((await stateOf(transaction, community, true))?.copied_at) return 0;
    let copied = 0;
    for (const { name, definition, rows } of found)
      copied += await writeRows(
        rows,
        createDatabaseList<Keyed>({ db: transaction, now, name, definition, community, by: null }),
      );
    await transaction.updateTable('moves').set({ copied_at: now() }).where('community', '=', community).execute();
    return copied;
  });
  if (count > 0) log.info({ community, rows: count }, 'what was promised to few was copied from SharePoint');
}

function stateOf(db: Db, community: string, locked = false) {
  return db
    .selectFrom('moves')
    .select('copied_at')
    .where('community', '=', community)
    .$if(locked, query => query.forUpdate())
    .executeTakeFirst();
}

/** A row to lock; one that is there stays as it is. */
async function noteBeginning(transaction: Transaction<Tables>, community: string): Promise<void> {
  await transaction
    .insertInto('moves')
    .values({ community, claimed_until: new Date(0), copied_at: null, cleared_at: null })
    .onConflict(conflict => conflict.column('community').doNothing())
    .execute();
}

async function foundRows(oldLists: OldLists, community: string): Promise<readonly FoundRows[]> {
  const found: FoundRows[] = [];
  // One after the other: being throttled is slower.
  for (const { name, definition, rows } of await oldLists.present(community))
    found.push({ name, definition, rows: await rows() });
  const roles = await oldLists.roles(community).rows();
  const offers = roles.filter(({ value }) => isOffer(value));
  return [...found, { name: 'offers', definition: definitions.offers, rows: offers }];
}

/** What is in the database already is newer: it stays. */
async function writeRows<T extends Keyed>(rows: readonly Stored<T>[], to: List<T>): Promise<number> {
  for (const { value } of rows) await to.create(value);
  const there = new Set((await to.all()).map(({ value }) => value.key));
  const missing = rows.filter(({ value }) => !there.has(value.key));
  if (missing.length > 0)
    throw new Error(`${missing.length} rows were copied from SharePoint and are not in the database`);
  return rows.length;
}

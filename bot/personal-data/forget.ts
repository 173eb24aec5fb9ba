import { sql, type Transaction } from 'kysely';
import type { Person } from '../../domain/community.ts';
import { CommunityError } from '../../domain/errors.ts';
import { forgetPeople, settleWaiting } from '../database/settle-messages.ts';
import type { Tables } from '../database/tables.ts';
import { change, type List } from '../lists/list.ts';
import type { CommunityLists } from '../lists/model.ts';
import type { ListFate } from './fates.ts';
import { madeBy } from './made-by.ts';
import { isAbout, nameIn, namesPerson, withoutPerson, type AnyRow } from './person-in-rows.ts';
import { listsOf, rowsOf } from './rows-with-people.ts';

/** Deletes the rows about a person, and takes their name out of those of others. */
export async function forgetInLists(lists: CommunityLists, { id, name }: Person): Promise<void> {
  const found: (readonly [List<AnyRow>, ListFate, readonly AnyRow[]])[] = [];
  for (const [, list, fate] of listsOf(lists)) found.push([list, fate, (await rowsOf(list)).map(({ value }) => value)]);
  const rowsOfAll = found.map(([, , rows]) => rows);
  // Of a person who left only the id is known; what a row says of them it says by name, too.
  const person = { id, name: name || nameIn(rowsOfAll, id) };
  for (const [list, fate, rows] of found) {
    for (const row of rows) {
      if (isAbout(row, fate, id)) await removeRow(list, row.key);
      else if (namesPerson(row, person, fate))
        await change(list, row.key, current =>
          current && namesPerson(current, person, fate) ? (withoutPerson(current, person, fate) as AnyRow) : undefined,
        );
    }
  }
}

async function removeRow(list: List<AnyRow>, key: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const row = await list.find(key);
    try {
      return row && (await list.remove(row));
    } catch (error) {
      if (!(error instanceof CommunityError) || error.code !== 'version-conflict' || attempt >= 5) throw error;
    }
  }
}

interface Forgotten {
  readonly community: string;
  /** An Entra object id. */
  readonly person: string;
  /** Whether the app is to leave them alone from now on, as they are still in the team. */
  readonly quiet: boolean;
  readonly at: Date;
}

/** Deletes what our own tables hold of a person in this community, and takes them out of what is about others. */
export async function forgetInTables(
  transaction: Transaction<Tables>,
  { community, person, quiet, at }: Forgotten,
): Promise<void> {
  const reason = quiet ? 'opted-out' : 'not-in-roster';
  await settleWaiting(transaction, { community, people: [person], reason, at });
  await transaction.deleteFrom('messages').where('community', '=', community).where('recipient', '=', person).execute();
  // What SharePoint has was forgotten there: its copy is read anew.
  await transaction.deleteFrom('mirrored_lists').where('community', '=', community).execute();
  await takeOut(transaction, { community, person });
  await transaction.deleteFrom('calendar_links').where(madeBy({ community, person })).execute();
  await transaction.deleteFrom('gatherings').where('community', '=', community).where('person', '=', person).execute();
  await transaction.deleteFrom('mornings').where('community', '=', community).where('person', '=', person).execute();
  await transaction.deleteFrom('wishes').where('community', '=', community).where('person', '=', person).execute();
  // After the messages: by them a chat is known to belong to this community whose person was never met there.
  await forgetPeople(transaction, community, [person]);
  await transaction.deleteFrom('leavers').where('community', '=', community).where('person', '=', person).execute();
  await transaction
    .deleteFrom('topic_opt_outs')
    .where('community', '=', community)
    .where('person', '=', person)
    .execute();
  if (quiet)
    await transaction
      .insertInto('opt_outs')
      .values({ community, person, since: at })
      .onConflict(conflict => conflict.doNothing())
      .execute();
  else
    await transaction.deleteFrom('opt_outs').where('community', '=', community).where('person', '=', person).execute();
}

/** Rows about others that name this person stay, without them. */
async function takeOut(
  transaction: Transaction<Tables>,
  { community, person }: Pick<Forgotten, 'community' | 'person'>,
): Promise<void> {
  // A message to others about this person is known by an id of which theirs is a part; the new one belongs to no
  // person, and is as unique as the old.
  await sql`UPDATE messages SET period = replace(period, ${person}, 'left-' || gen_random_uuid()) WHERE community = ${community} AND strpos(period, ${person}) > 0`.execute(
    transaction,
  );
  // Whoever was told about this person was told once: without the row that says so it would not come again either, as
  // what it was about does not name them any more.
  await sql`DELETE FROM wishes WHERE community = ${community} AND strpos(period, ${person}) > 0`.execute(transaction);
  await sql`DELETE FROM set_aside WHERE community = ${community} AND strpos(key, ${person}) > 0`.execute(transaction);
  await transaction
    .updateTable('rows')
    .set({ changed_by: null })
    .where('community', '=', community)
    .where('changed_by', '=', person)
    .execute();
  await transaction
    .updateTable('communities')
    .set({ installed_by: null })
    .where('id', '=', community)
    .where(sql<boolean>`installed_by ->> 'id' = ${person}`)
    .execute();
}

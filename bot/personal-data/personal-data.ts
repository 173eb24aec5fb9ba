import { sql } from 'kysely';
import { somebodyWhoLeft, type Person } from '../../domain/community.ts';
import { CommunityError } from '../../domain/errors.ts';
import type { Clock, PersonalData, HeldKind } from '../ports.ts';
import { forgetPeople, settleWaiting } from '../database/settle-messages.ts';
import type { Db } from '../database/tables.ts';
import { listFates, type ListFate } from './fates.ts';
import { change, whenThere, type Keyed, type List, type Stored } from '../lists/list.ts';
import type { CommunityLists, ListName, Lists } from '../lists/model.ts';

export interface PersonalDataParts {
  readonly db: Db;
  readonly lists: Lists;
  readonly now: Clock;
}

type AnyRow = Keyed & Readonly<Record<string, unknown>>;

export function createPersonalData({ db, lists, now }: PersonalDataParts): PersonalData {
  async function heldInLists(community: string, person: Person): Promise<readonly HeldKind[]> {
    const kinds: HeldKind[] = [];
    // One after the other: being throttled is slower.
    for (const [kind, list, fate] of listsOf(lists.of(community))) {
      const rows = (await readable(() => list.all())).filter(
        ({ value }) => isAbout(value, fate, person.id) || namesPerson(value, person, fate),
      );
      const [own, others] = [
        rows.filter(({ value }) => isAbout(value, fate, person.id)),
        rows.filter(({ value }) => !isAbout(value, fate, person.id)),
      ];
      if (own.length > 0) kinds.push({ kind, fate: 'goes', entries: own.map(({ value }) => shownOf(value, fate)) });
      // Of a row about somebody else, only which one it is.
      if (others.length > 0)
        kinds.push({
          kind,
          fate: 'loses-name',
          entries: others.map(({ value }) => (fate.fate === 'goes' ? {} : shownOf(value, fate))),
        });
    }
    return kinds;
  }

  async function heldInTables(community: string, { id }: Person): Promise<readonly HeldKind[]> {
    const mine = { community, person: id };
    const chats = await db
      .selectFrom('chats')
      .select(['locale', 'time_zone as timeZone'])
      .where('person', '=', id)
      .execute();
    const messages = await db
      .selectFrom('messages')
      .select(['kind as message', 'period', 'state', 'created_at as createdAt'])
      .where('community', '=', community)
      .where('recipient', '=', id)
      .orderBy('created_at', 'desc')
      .execute();
    const optOuts = await db
      .selectFrom('opt_outs')
      .select('since')
      .where('community', '=', community)
      .where('person', '=', id)
      .execute();
    const links = await db
      .selectFrom('calendar_links')
      .select(['kind as calendar', 'made_at as madeAt'])
      .where(madeBy(mine))
      .execute();
    const gatherings = await db
      .selectFrom('gatherings')
      .select('month')
      .where('community', '=', community)
      .where('person', '=', id)
      .execute();
    const audit = await db
      .selectFrom('audit')
      .select(['at', 'act', 'outcome'])
      .where('community', '=', community)
      .where('person', '=', id)
      .orderBy('at', 'desc')
      .execute();
    const found: readonly HeldKind[] = [
      { kind: 'chats', fate: 'goes', entries: chats },
      { kind: 'messages', fate: 'goes', entries: messages },
      { kind: 'calendar_links', fate: 'goes', entries: links },
      { kind: 'gatherings', fate: 'goes', entries: gatherings },
      { kind: 'opt_outs', fate: 'stays', entries: optOuts },
      { kind: 'audit', fate: 'stays', entries: audit },
    ];
    return found.filter(({ entries }) => entries.length > 0);
  }

  async function forgetInLists(community: string, { id, name }: Person): Promise<void> {
    const found: (readonly [List<AnyRow>, ListFate, readonly AnyRow[]])[] = [];
    for (const [, list, fate] of listsOf(lists.of(community)))
      found.push([list, fate, (await readable(() => list.all())).map(({ value }) => value)]);
    // Of somebody who left only the id is known; what a row says of them it says by name, too.
    const person = {
      id,
      name:
        name ||
        nameIn(
          found.map(([, , rows]) => rows),
          id,
        ),
    };
    for (const [list, fate, rows] of found) {
      for (const row of rows) {
        if (isAbout(row, fate, id)) await removeRow(list, row.key);
        else if (namesPerson(row, person, fate))
          await change(list, row.key, current =>
            current && namesPerson(current, person, fate)
              ? (withoutPerson(current, person, fate) as AnyRow)
              : undefined,
          );
      }
    }
  }

  async function forgetInTables(community: string, { id }: Person, quiet: boolean): Promise<void> {
    await db.transaction().execute(async transaction => {
      await settleWaiting(transaction, {
        community,
        people: [id],
        reason: quiet ? 'opted-out' : 'not-in-roster',
        at: now(),
      });
      await transaction.deleteFrom('messages').where('community', '=', community).where('recipient', '=', id).execute();
      // What told others about them is known by an id of which theirs is a part; the new one is nobody's, and unique as
      // the old.
      await sql`UPDATE messages SET period = replace(period, ${id}, 'left-' || gen_random_uuid()) WHERE community = ${community} AND strpos(period, ${id}) > 0`.execute(
        transaction,
      );
      await sql`DELETE FROM set_aside WHERE community = ${community} AND strpos(key, ${id}) > 0`.execute(transaction);
      await transaction
        .updateTable('rows')
        .set({ changed_by: null })
        .where('community', '=', community)
        .where('changed_by', '=', id)
        .execute();
      await transaction
        .deleteFrom('calendar_links')
        .where(madeBy({ community, person: id }))
        .execute();
      await transaction.deleteFrom('gatherings').where('community', '=', community).where('person', '=', id).execute();
      await transaction
        .updateTable('communities')
        .set({ installed_by: null })
        .where('id', '=', community)
        .where(sql<boolean>`installed_by ->> 'id' = ${id}`)
        .execute();
      // After the messages: they are how a chat is known that nobody was met in.
      await forgetPeople(transaction, community, [id]);
      await transaction.deleteFrom('leavers').where('community', '=', community).where('person', '=', id).execute();
      const optOut = { community, person: id };
      if (quiet)
        await transaction
          .insertInto('opt_outs')
          .values({ ...optOut, since: now() })
          .onConflict(conflict => conflict.doNothing())
          .execute();
      else
        await transaction.deleteFrom('opt_outs').where('community', '=', community).where('person', '=', id).execute();
    });
  }

  return {
    held: async (community, person) => [
      ...(await heldInLists(community, person)),
      ...(await heldInTables(community, person)),
    ],
    async forget(community, person, quiet) {
      await forgetInLists(community, person);
      await forgetInTables(community, person, quiet);
    },
  };
}

/**
 * The links of this person: to the community's calendar where they made it, and to their own where they are in no other
 * community.
 */
function madeBy({ community, person }: { readonly community: string; readonly person: string }) {
  return sql<boolean>`(kind = 'community' AND subject = ${community} AND made_by ->> 'id' = ${person})
    OR (kind = 'person' AND subject = ${person} AND NOT EXISTS (SELECT FROM memberships WHERE memberships.person = ${person} AND memberships.community <> ${community}))`;
}

function listsOf(of: CommunityLists): readonly (readonly [ListName, List<AnyRow>, ListFate])[] {
  return (Object.keys(listFates) as ListName[]).map(name => [
    name,
    of[name] as unknown as List<AnyRow>,
    listFates[name],
  ]);
}

/** No list, no site, or a team that no longer has the app: then nothing is kept there that we could reach. */
async function readable(read: () => Promise<readonly Stored<AnyRow>[]>): Promise<readonly Stored<AnyRow>[]> {
  try {
    return await whenThere(read);
  } catch (error) {
    if (error instanceof CommunityError && (error.code === 'not-found' || error.code === 'not-allowed')) return [];
    throw error;
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

function isAbout(row: AnyRow, { of }: ListFate, id: string): boolean {
  const whom = of === undefined ? undefined : row[of];
  return typeof whom === 'object' && whom !== null && 'id' in whom && whom.id === id;
}

function shownOf(row: AnyRow, { shows }: ListFate): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    shows
      .map(name => [name, row[name]] as const)
      .filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)),
  );
}

/** Whether anything in this value would change if the person were taken out of it. */
function namesPerson(value: unknown, person: Person, fate: ListFate): boolean {
  return JSON.stringify(withoutPerson(value, person, fate)) !== JSON.stringify(value);
}

/** What rows call this person; empty when none does. */
function nameIn(value: unknown, id: string): string {
  if (typeof value !== 'object' || value === null) return '';
  if (isPerson(value, { id, name: '' }) && 'name' in value && typeof value.name === 'string') return value.name;
  for (const inner of Object.values(value)) {
    const name = nameIn(inner, id);
    if (name !== '') return name;
  }
  return '';
}

/** The same value with another name in the place of this person's; out of lists that they leave they are taken. */
export function withoutPerson(value: unknown, person: Person, fate: Pick<ListFate, 'leaves'>): unknown {
  if (Array.isArray(value)) {
    const inner: readonly unknown[] = fate.leaves ? value.filter(one => !isPerson(one, person)) : value;
    return inner.map(one => withoutPerson(one, person, fate));
  }
  if (typeof value !== 'object' || value === null) return value;
  if (isPerson(value, person)) return { ...value, ...somebodyWhoLeft };
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      // A digest keeps of a term only whose it is, by name.
      name === 'name' && person.name !== '' && inner === person.name && !('id' in value)
        ? somebodyWhoLeft.name
        : withoutPerson(inner, person, fate),
    ]),
  );
}

function isPerson(value: unknown, { id }: Person): boolean {
  return typeof value === 'object' && value !== null && 'id' in value && value.id === id;
}

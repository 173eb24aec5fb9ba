import type { Person } from '../../domain/community.ts';
import type { Db } from '../database/tables.ts';
import type { CommunityLists } from '../lists/model.ts';
import type { HeldKind } from '../ports.ts';
import { madeBy } from './made-by.ts';
import { isAbout, namesPerson, shownOf } from './person-in-rows.ts';
import { listsOf, rowsOf } from './rows-with-people.ts';

/** What the lists of a community hold of a person. */
export async function heldInLists(lists: CommunityLists, person: Person): Promise<readonly HeldKind[]> {
  const kinds: HeldKind[] = [];
  // One after the other: being throttled is slower.
  for (const [kind, list, fate] of listsOf(lists)) {
    const rows = (await rowsOf(list)).filter(
      ({ value }) => isAbout(value, fate, person.id) || namesPerson(value, person, fate),
    );
    const [own, others] = [
      rows.filter(({ value }) => isAbout(value, fate, person.id)),
      rows.filter(({ value }) => !isAbout(value, fate, person.id)),
    ];
    if (own.length > 0) kinds.push({ kind, fate: 'goes', entries: own.map(({ value }) => shownOf(value, fate)) });
    // Of a row about another person, only which one it is.
    if (others.length > 0)
      kinds.push({
        kind,
        fate: 'loses-name',
        entries: others.map(({ value }) => (fate.fate === 'goes' ? {} : shownOf(value, fate))),
      });
  }
  return kinds;
}

/** What our own tables hold of a person in this community. */
export async function heldInTables(db: Db, mine: Mine): Promise<readonly HeldKind[]> {
  const found: readonly HeldKind[] = [
    { kind: 'chats', fate: 'goes', entries: await chatsOf(db, mine) },
    { kind: 'messages', fate: 'goes', entries: await messagesTo(db, mine) },
    { kind: 'calendar_links', fate: 'goes', entries: await calendarLinksOf(db, mine) },
    { kind: 'gatherings', fate: 'goes', entries: await gatheringsFor(db, mine) },
    { kind: 'mornings', fate: 'goes', entries: await morningsOf(db, mine) },
    { kind: 'wishes', fate: 'goes', entries: await wishesFor(db, mine) },
    { kind: 'opt_outs', fate: 'stays', entries: await optOutsOf(db, mine) },
    { kind: 'topic_opt_outs', fate: 'goes', entries: await topicOptOutsOf(db, mine) },
    { kind: 'audit', fate: 'stays', entries: await actsOf(db, mine) },
  ];
  return found.filter(({ entries }) => entries.length > 0);
}

interface Mine {
  readonly community: string;
  /** An Entra object id. */
  readonly person: string;
}

function chatsOf(db: Db, { person }: Mine) {
  return db
    .selectFrom('chats')
    .select(['locale', 'time_zone as timeZone', 'heard_at as lastUsed'])
    .where('person', '=', person)
    .execute();
}

function messagesTo(db: Db, { community, person }: Mine) {
  return db
    .selectFrom('messages')
    .select(['kind as message', 'period', 'state', 'created_at as createdAt'])
    .where('community', '=', community)
    .where('recipient', '=', person)
    .orderBy('created_at', 'desc')
    .execute();
}

function calendarLinksOf(db: Db, mine: Mine) {
  return db
    .selectFrom('calendar_links')
    .select(['kind as calendar', 'made_at as madeAt'])
    .where(madeBy(mine))
    .execute();
}

function gatheringsFor(db: Db, { community, person }: Mine) {
  return db
    .selectFrom('gatherings')
    .select('month')
    .where('community', '=', community)
    .where('person', '=', person)
    .execute();
}

function morningsOf(db: Db, { community, person }: Mine) {
  return db
    .selectFrom('mornings')
    .select('day')
    .where('community', '=', community)
    .where('person', '=', person)
    .orderBy('day', 'desc')
    .execute();
}

function wishesFor(db: Db, { community, person }: Mine) {
  return db
    .selectFrom('wishes')
    .select(['kind as message', 'day', 'again_on as againOn'])
    .where('community', '=', community)
    .where('person', '=', person)
    .execute();
}

function optOutsOf(db: Db, { community, person }: Mine) {
  return db
    .selectFrom('opt_outs')
    .select('since')
    .where('community', '=', community)
    .where('person', '=', person)
    .execute();
}

function topicOptOutsOf(db: Db, { community, person }: Mine) {
  return db
    .selectFrom('topic_opt_outs')
    .select(['topic', 'since'])
    .where('community', '=', community)
    .where('person', '=', person)
    .orderBy('topic')
    .execute();
}

function actsOf(db: Db, { community, person }: Mine) {
  return db
    .selectFrom('audit')
    .select(['at', 'act', 'outcome'])
    .where('community', '=', community)
    .where('person', '=', person)
    .orderBy('at', 'desc')
    .execute();
}

import { sql, type Kysely, type Transaction } from 'kysely';
import type { Db, Tables } from '../database/tables.ts';
import { createBatch } from '../shared/batch.ts';
import type { Count, EndingPlace } from './list.ts';

/** One list of one community, in one place in SharePoint: no query here can be written without all three. */
export interface Original {
  readonly community: string;
  /** Its name in `model.ts`. */
  readonly list: string;
  /** Its path in Graph. */
  readonly source: string;
}

/** An item of SharePoint, as far as our columns go. */
export interface Item {
  /** A number as text. */
  readonly id: string;
  readonly key: string;
  /** What it is found by besides its key: `week="2026-11-23"` for each indexed column. */
  readonly marks: readonly string[];
  /** As SharePoint gives it: `"<guid>,<version>"`. */
  readonly etag: string;
  /** ISO instant of the last change. */
  readonly changedAt: string;
  /** When it was over, as an ISO instant with milliseconds; not there while it is not, and in lists in which nothing ends. */
  readonly ended?: string;
  /** What it is counted by then; not there for nothing. */
  readonly counted?: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What SharePoint said of an item: what it is, or that it is gone. */
export type Said = Item | { readonly id: string; readonly gone: true };

/** How far a copy goes. */
export interface Extent {
  /** Where Graph tells what changed since; null while the list was not read to its end. */
  readonly link: string | null;
  /** When the last reading began. */
  readonly readAt: Date | null;
  /** Whether a change may have been made since that is not in the copy. */
  readonly isDoubted: boolean;
  /** When the columns of the list were last found to be in order. */
  readonly lookedAt: Date | null;
  /** When it was last found that somebody else had changed something; null while nobody has. */
  readonly changedAt: Date | null;
  /** Another one after every change of what is in it, and in every copy. */
  readonly version: string;
  /**
   * When this copy was opened, or the last reading of the whole list began: one that was dropped and opened again is
   * another.
   */
  readonly openedFrom: string;
}

/** What came of taking over what was said. */
interface Taken {
  /** How many items have another version than was known, are new or gone. */
  readonly news: number;
  /** Whether something was left out because nobody knows what was said first: it has to be asked again. */
  readonly isUnsure: boolean;
}

export interface Leased {
  readonly extent: Extent;
  readonly since: string;
}

export interface MirrorStore {
  /** A number greater than all before, on all servers: what begins now knows what was said before it. */
  now(): Promise<string>;
  /** Undefined when there is no copy of this list from this place. */
  extent(original: Original): Promise<Extent | undefined>;
  /** What is in the copy and is asked for; undefined when it is not whole. */
  items(original: Original, where: Where): Promise<readonly Item[] | undefined>;
  /** How many items were over before this moment, by what they are counted by; undefined when it is not whole. */
  counts(original: Original, before: string): Promise<readonly Count[] | undefined>;
  /**
   * Makes room for a copy, without what was copied from another place, unless the community does not have the app.
   *
   * @returns whether there is room
   */
  open(original: Original): Promise<boolean>;
  /**
   * Takes the reading of this list for so many milliseconds; undefined while another has it, and where there is no copy.
   *
   * @returns the copy as it is then, and the moment, as `now` tells it
   */
  lease(original: Original, milliseconds: number): Promise<Leased | undefined>;
  /** Whoever has the reading goes on having it. */
  prolong(original: Original, milliseconds: number): Promise<void>;
  release(original: Original): Promise<void>;
  /**
   * Takes over what SharePoint said, in its order, except what is older than what is known, or than the copy.
   *
   * @param since when the call began that said it
   */
  take(original: Original, said: readonly Said[], since: string): Promise<Taken>;
  /**
   * The reading that began at that moment is done. One of the whole list lets go of everything that it did not meet.
   * Nothing is done where the copy was dropped meanwhile: what this reading took over went with it.
   */
  finish(original: Original, reading: Finished): Promise<void>;
  /** A change may have been made that is not in the copy. */
  doubt(original: Original): Promise<void>;
  /** The same, wherever the list is. */
  doubtList(community: string, list: string): Promise<void>;
  lookedAt(original: Original, at: Date): Promise<void>;
  /** The copy is worth nothing. */
  drop(original: Original): Promise<void>;
  dropAll(community: string): Promise<void>;
}

/** All of it holds at once. */
export interface Where {
  readonly key?: string | undefined;
  readonly marks?: readonly string[];
  /** What is not over, or was at this moment or later. Moments are ISO instants with milliseconds. */
  readonly since?: string;
  /** What was over before, the last first, at most so many. */
  readonly before?: EndingPlace & { readonly most: number };
}

interface Finished {
  /** Of the copy that was read into, see `Extent`. */
  readonly openedFrom: string;
  readonly since: string;
  readonly at: Date;
  /** Null to keep the one that is there. */
  readonly link: string | null;
  readonly isWhole: boolean;
  /** Whether somebody else had changed something since the reading before. */
  readonly isChanged: boolean;
}

/** How long it is known of an item that it is gone, in milliseconds: longer than any call may be under way. */
const goneFor = 15 * 60_000;

const next = sql<string>`nextval('mirror_sequence')`;

const inMilliseconds = (count: number) => sql<Date>`clock_timestamp() + ${count}::integer * interval '1 ms'`;

export function createMirrorStore(db: Db): MirrorStore {
  const listOf = ({ community, list, source }: Original, on: Kysely<Tables> | Transaction<Tables> = db) =>
    on
      .updateTable('mirrored_lists')
      .where('community', '=', community)
      .where('list', '=', list)
      .where('source', '=', source);

  return {
    async now() {
      const { rows } = await sql<{ now: string }>`SELECT ${next}::text AS now`.execute(db);
      return rows[0]!.now;
    },
    extent: createBatch(asked => extentsOf(db, asked)),
    items: (original, where) => itemsOf(db, original, where),
    counts: (original, before) => countsOf(db, original, before),
    open: original => open(db, original),
    lease: (original, milliseconds) => lease(db, original, milliseconds),
    async prolong(original, milliseconds) {
      await listOf(original)
        .set({ leased_until: inMilliseconds(milliseconds) })
        .execute();
    },
    async release(original) {
      await listOf(original).set({ leased_until: sql<Date>`'-infinity'` }).execute();
    },
    // Most readings bring nothing new, and cost one statement then.
    async take(original, said, since) {
      if (said.length === 0) return { news: 0, isUnsure: false };
      return db.transaction().execute(tx => take(tx, original, said, since));
    },
    finish: (original, reading) =>
      reading.isWhole ? finishWhole(db, original, reading) : finish(db, original, reading),
    async doubt(original) {
      await listOf(original).set({ doubted_from: next }).execute();
    },
    async doubtList(community, list) {
      await db
        .updateTable('mirrored_lists')
        .set({ doubted_from: next })
        .where('community', '=', community)
        .where('list', '=', list)
        .execute();
    },
    async lookedAt(original, at) {
      await listOf(original).set({ looked_at: at }).execute();
    },
    async drop({ community, list, source }) {
      await db
        .deleteFrom('mirrored_lists')
        .where('community', '=', community)
        .where('list', '=', list)
        .where('source', '=', source)
        .execute();
    },
    async dropAll(community) {
      await db.deleteFrom('mirrored_lists').where('community', '=', community).execute();
    },
  };
}

/** The lists of one screen are asked for in the same moment: one question for all of them. */
async function extentsOf(db: Db, asked: readonly Original[]): Promise<readonly (Extent | undefined)[]> {
  const { rows } = await sql<ExtentRow>`
    SELECT ${extentOf} FROM mirrored_lists l
    JOIN unnest(${asked.map(({ community }) => community)}::text[], ${asked.map(({ list }) => list)}::text[]) AS asked (community, list)
      ON asked.community = l.community AND asked.list = l.list`.execute(db);
  const found = new Map(rows.map(row => [nameOf(row), row]));
  return asked.map(original => {
    const row = found.get(nameOf(original));
    return row && readExtent(row);
  });
}

async function lease(db: Db, { community, list, source }: Original, milliseconds: number): Promise<Leased | undefined> {
  const { rows } = await sql<ExtentRow & { readonly since: string }>`
    UPDATE mirrored_lists l SET leased_until = ${inMilliseconds(milliseconds)}
    WHERE l.community = ${community} AND l.list = ${list} AND l.source = ${source} AND l.leased_until < clock_timestamp()
    RETURNING ${extentOf}, ${next}::text AS since`.execute(db);
  const [row] = rows;
  return row && { extent: readExtent(row), since: row.since };
}

const extentOf = sql`l.community, l.list, l.source, l.link, l.read_at, l.looked_at, l.changed_at, l.version::text AS version,
  l.opened_from::text AS opened_from, l.doubted_from > l.read_from AS doubted`;

function readExtent(row: ExtentRow): Extent {
  return {
    link: row.link,
    readAt: row.read_at,
    isDoubted: row.doubted,
    lookedAt: row.looked_at,
    changedAt: row.changed_at,
    version: row.version,
    openedFrom: row.opened_from,
  };
}

interface ExtentRow extends Original {
  readonly link: string | null;
  readonly read_at: Date | null;
  readonly looked_at: Date | null;
  readonly changed_at: Date | null;
  readonly version: string;
  readonly opened_from: string;
  readonly doubted: boolean;
}

function nameOf({ community, list, source }: Original): string {
  return JSON.stringify([community, list, source]);
}

/** One statement, so that a copy that is dropped meanwhile is no empty list. */
async function itemsOf(
  db: Db,
  original: Original,
  { key, marks = [], since, before }: Where,
): Promise<readonly Item[] | undefined> {
  const { community, list } = original;
  const rows = await wholeCopy(db, original)
    .leftJoinLateral(
      here =>
        here
          .selectFrom('mirrored_items')
          .select(['id', 'item', 'ended'])
          .where('community', '=', community)
          .where('list', '=', list)
          .where('item', 'is not', null)
          .$if(key !== undefined, query => query.where('key', '=', key ?? ''))
          .$if(marks.length > 0, query =>
            query.where(sql<boolean>`marks @> ${marksIn(community, list, marks)}::text[]`),
          )
          .$if(since !== undefined, query => query.where('ended', '>=', since ?? ''))
          .$if(before !== undefined, query =>
            query
              .where(sql<boolean>`(ended, id) < (${before?.at}, ${before?.id ?? 0}::bigint)`)
              .orderBy('ended', 'desc')
              .orderBy('id', 'desc')
              .limit(before?.most ?? 0),
          )
          .as('found'),
      join => join.onTrue(),
    )
    .select('found.item')
    .$if(before !== undefined, query => query.orderBy('found.ended', 'desc').orderBy('found.id', 'desc'))
    .$if(before === undefined, query => query.orderBy('found.id'))
    .execute();
  if (rows.length === 0) return undefined;
  return rows.flatMap(({ item }) => (item === null ? [] : [JSON.parse(item) as Item]));
}

/** The one row that says that there is a copy of this list, and that all of it is there. */
function wholeCopy(db: Db, { community, list, source }: Original) {
  return db
    .selectFrom('mirrored_lists')
    .where('mirrored_lists.community', '=', community)
    .where('mirrored_lists.list', '=', list)
    .where('mirrored_lists.source', '=', source)
    .where('mirrored_lists.link', 'is not', null);
}

async function countsOf(
  db: Db,
  { community, list, source }: Original,
  before: string,
): Promise<readonly Count[] | undefined> {
  const { rows } = await sql<{ said: string | null; count: string }>`
    SELECT found.counted AS said, count(found.community) AS count
    FROM mirrored_lists l
    LEFT JOIN LATERAL (
      SELECT i.community, i.counted FROM mirrored_items i
      WHERE i.community = l.community AND i.list = l.list AND i.ended < ${before}
    ) found ON true
    WHERE l.community = ${community} AND l.list = ${list} AND l.source = ${source} AND l.link IS NOT NULL
    GROUP BY found.counted`.execute(db);
  if (rows.length === 0) return undefined;
  return rows.map(({ said, count }) => ({ said, count: Number(count) })).filter(({ count }) => count > 0);
}

async function open(db: Db, { community, list, source }: Original): Promise<boolean> {
  return db.transaction().execute(async tx => {
    await tx
      .deleteFrom('mirrored_lists')
      .where('community', '=', community)
      .where('list', '=', list)
      .where('source', '<>', source)
      .execute();
    const { rows } = await sql`
      INSERT INTO mirrored_lists (community, list, source)
      SELECT id, ${list}, ${source} FROM communities WHERE id = ${community} AND removed_at IS NULL
      ON CONFLICT (community, list) DO UPDATE SET list = excluded.list RETURNING list`.execute(tx);
    return rows.length > 0;
  });
}

/** Whoever changes the copy of a list waits for who does already. Undefined when there is none from this place. */
async function lock(
  tx: Transaction<Tables>,
  { community, list, source }: Original,
): Promise<{ readonly openedFrom: string } | undefined> {
  return tx
    .selectFrom('mirrored_lists')
    .select('opened_from as openedFrom')
    .where('community', '=', community)
    .where('list', '=', list)
    .where('source', '=', source)
    .forUpdate()
    .executeTakeFirst();
}

interface Known {
  readonly guid: string;
  readonly version: number;
  readonly item: string | null;
  /** Whether it was said after the call began that is taken over now. */
  readonly later: boolean;
}

async function take(tx: Transaction<Tables>, original: Original, said: readonly Said[], since: string): Promise<Taken> {
  const locked = await lock(tx, original);
  if (!locked) return { news: 0, isUnsure: false };
  // What was asked before all of it was read may be gone by now, and nothing in the copy would say so.
  if (BigInt(since) < BigInt(locked.openedFrom)) return { news: 0, isUnsure: true };
  // The same item may come twice; what was said last holds.
  const latest = new Map(said.map(one => [one.id, one]));
  const known = await knownOf(tx, original, [...latest.keys()], since);
  const kept: MirrorRow[] = [];
  let isUnsure = false;
  for (const one of latest.values()) {
    const before = known.get(one.id);
    const place = placeOf(one, before);
    if (place === 'after') kept.push(rowOf(original, one, before));
    isUnsure ||= place === 'unknown';
  }
  await write(tx, original, {
    rows: kept,
    known: [...latest.keys()],
    isChange: kept.some(row => row.item !== (known.get(row.id)?.item ?? null)),
  });
  return { news: kept.filter(row => isNews(row, known.get(row.id))).length, isUnsure };
}

function isNews(row: MirrorRow, before: Known | undefined): boolean {
  if (row.item === null || before?.item == null) return (row.item === null) !== (before?.item == null);
  return row.guid !== before.guid || row.version !== before.version;
}

async function knownOf(
  tx: Transaction<Tables>,
  { community, list }: Original,
  ids: readonly string[],
  since: string,
): Promise<ReadonlyMap<string, Known>> {
  const rows = await tx
    .selectFrom('mirrored_items')
    .select(['id', 'guid', 'version', 'item', sql<boolean>`said_from > ${since}::bigint`.as('later')])
    .where('community', '=', community)
    .where('list', '=', list)
    .where('id', '=', sql<string>`ANY(${ids}::bigint[])`)
    .execute();
  return new Map(rows.map(({ id, ...row }) => [String(id), row]));
}

/**
 * Whether this was said before or after what is known. Of an item that is there, its version tells; that one is gone has
 * no version, and it may come back from the recycle bin with the one it had. There the moments tell, if they can.
 */
function placeOf(said: Said, before: Known | undefined): 'before' | 'after' | 'unknown' {
  if (!before) return 'after';
  if ('gone' in said || before.item === null) {
    const agree = 'gone' in said && before.item === null;
    return before.later && !agree ? 'unknown' : 'after';
  }
  const { guid, version } = readEtag(said.etag);
  return guid === before.guid && version < before.version ? 'before' : 'after';
}

interface MirrorRow {
  readonly community: string;
  readonly list: string;
  readonly id: string;
  readonly key: string;
  readonly marks: readonly string[];
  readonly guid: string;
  readonly version: number;
  readonly item: string | null;
  readonly gone: boolean;
}

function rowOf({ community, list }: Original, said: Said, before: Known | undefined): MirrorRow {
  if ('gone' in said) {
    const { guid = '', version = 0 } = before ?? {};
    return { community, list, id: said.id, key: '', marks: [], guid, version, item: null, gone: true };
  }
  const { guid, version } = readEtag(said.etag);
  const marks = marksIn(community, list, said.marks);
  const item = JSON.stringify({ ...said, fields: inOrder(said.fields) });
  return { community, list, id: said.id, key: said.key, marks, guid, version, item, gone: false };
}

interface Written {
  readonly rows: readonly MirrorRow[];
  /** The ids of all items that were spoken of, those too of which more is known. */
  readonly known: readonly string[];
  /** Whether the copy is another one by it. */
  readonly isChange: boolean;
}

/** One statement: it stands behind every change that somebody makes. */
async function write(
  tx: Transaction<Tables>,
  { community, list }: Original,
  { rows, known, isChange }: Written,
): Promise<void> {
  const written = new Set(rows.map(({ id }) => id));
  await sql`
    WITH confirmed AS (
      UPDATE mirrored_items SET said_from = ${next}
      WHERE community = ${community} AND list = ${list} AND id = ANY(${known.filter(id => !written.has(id))}::bigint[])
    ), raised AS (
      UPDATE mirrored_lists SET version = ${next}
      WHERE community = ${community} AND list = ${list} AND ${isChange}::boolean
    ), forgotten AS (
      DELETE FROM mirrored_items
      WHERE community = ${community} AND list = ${list} AND id <> ALL(${known}::bigint[])
        AND gone_at < clock_timestamp() - ${goneFor}::integer * interval '1 ms'
    )
    INSERT INTO mirrored_items (community, list, id, key, marks, guid, version, item, said_from, gone_at)
    SELECT ${community}, ${list}, id, key, marks, guid, version, item, ${next}, CASE WHEN gone THEN clock_timestamp() END
    FROM json_to_recordset(${JSON.stringify(rows)}::json)
      AS said (id bigint, key text, marks text[], guid text, version integer, item text, gone boolean)
    ON CONFLICT (community, list, id) DO UPDATE SET key = excluded.key, marks = excluded.marks, guid = excluded.guid,
      version = excluded.version, item = excluded.item, said_from = excluded.said_from, gone_at = excluded.gone_at`.execute(
    tx,
  );
}

async function raise(tx: Transaction<Tables>, { community, list }: Original): Promise<void> {
  await tx
    .updateTable('mirrored_lists')
    .set({ version: next })
    .where('community', '=', community)
    .where('list', '=', list)
    .execute();
}

async function finishWhole(db: Db, original: Original, reading: Finished): Promise<void> {
  await db.transaction().execute(async tx => {
    await letGo(tx, original, reading);
    await finish(tx, original, reading);
  });
}

/** What a reading of the whole list did not meet is gone. */
async function letGo(tx: Transaction<Tables>, original: Original, { openedFrom, since }: Finished): Promise<void> {
  const locked = await lock(tx, original);
  if (String(locked?.openedFrom) !== openedFrom) return;
  const { numDeletedRows } = await itemsIn(tx, original)
    .where('item', 'is not', null)
    .where('said_from', '<', sql<string>`${since}::bigint`)
    .executeTakeFirst();
  if (numDeletedRows > 0n) await raise(tx, original);
}

async function finish(
  db: Kysely<Tables>,
  { community, list, source }: Original,
  { openedFrom, since, at, link, isWhole, isChanged }: Finished,
): Promise<void> {
  await db
    .updateTable('mirrored_lists')
    .set({
      read_at: at,
      read_from: since,
      leased_until: sql<Date>`'-infinity'`,
      ...(link === null ? {} : { link }),
      ...(isWhole ? { opened_from: since } : {}),
      ...(isChanged ? { changed_at: at } : {}),
    })
    .where('community', '=', community)
    .where('list', '=', list)
    .where('source', '=', source)
    .where('opened_from', '=', openedFrom)
    .execute();
}

function itemsIn(tx: Transaction<Tables>, { community, list }: Original) {
  return tx.deleteFrom('mirrored_items').where('community', '=', community).where('list', '=', list);
}

function readEtag(etag: string): { readonly guid: string; readonly version: number } {
  const [, guid = etag, version] = /^"?(.*),(\d+)"?$/.exec(etag) ?? [];
  return { guid, version: Number(version ?? 0) };
}

/** The index is one for all communities. */
function marksIn(community: string, list: string, marks: readonly string[]): string[] {
  return marks.map(mark => `${community} ${list} ${mark}`);
}

/** The same fields are the same text. */
function inOrder(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

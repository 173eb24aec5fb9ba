import { cleanLine } from '../text.ts';
import { markedName, repeatedMarks, roleOf, type Role } from './attendance-words.ts';
import {
  isDay,
  isTimeOfDay,
  lengthOf,
  localIso,
  plain,
  readingOf,
  secondsIn,
  secondsOf,
  stampReader,
  unitsOf,
  type Hints,
  type Length,
  type Stamp,
  type StampReading,
} from './local-stamps.ts';

/**
 * The attendance report of a Teams meeting, read by its shape: no word of any language is needed to find the tables,
 * the people in them and when they came and left. Read are the list that could be downloaded during a meeting until
 * 2021, the report with one table that followed, the one in numbered sections of today, with figures of engagement or
 * without, and the list of a live event.
 */

/** Somebody who was in a meeting, however often they came. */
export interface Attendee {
  /** As Teams shows it, without the mark that says somebody is from elsewhere. */
  readonly name: string;
  /** In small letters; null where the report has none. */
  readonly address: string | null;
  /** The same person's other addresses. */
  readonly aliases: readonly string[];
  /**
   * Whole minutes in the meeting, rounded down; what two devices were in at once counts once. 0 where none are told.
   */
  readonly minutes: number;
  /** How often they came, as far as is told. */
  readonly joins: number;
  /** By the clock of whoever downloaded the report, without a zone; left out where they are not told. */
  readonly joinedAt?: string;
  readonly leftAt?: string;
  readonly role?: Role;
  /** Teams says they are from elsewhere, or does not know who they are. */
  readonly guest: boolean;
  /** They dialled in: the name is a telephone number. */
  readonly phone: boolean;
}

export interface AttendanceReport {
  readonly meeting: {
    readonly title?: string;
    /** ISO without a zone, by the clock of whoever downloaded the report, or in UTC. */
    readonly startedAt?: string;
    readonly endedAt?: string;
    readonly utc: boolean;
  };
  /** In the order of the report. */
  readonly people: readonly Attendee[];
  /** Everybody is there, but the file breaks off among the times of each. */
  readonly cut: boolean;
}

/** `cut`: people may be missing, for the file breaks off among them. */
type NoReport = 'not-a-report' | 'cut';

/** In characters: what is longer is cut off, for no name and no title is. */
const longestCell = 500;

/**
 * @param table cells as a file has them
 * @param near ISO, without a zone: when the meeting should have begun; it tells 9/10 from 10/9
 */
export function readReport(
  table: { readonly rows: readonly (readonly string[])[]; readonly whole: boolean },
  near?: string,
): AttendanceReport | { readonly refused: NoReport } {
  const stampOf = stampReader();
  const rows = table.rows.map(cells => rowOf(cells, stampOf));
  const parts = partsOf(rows);
  const hasEnd = table.whole && (table.rows.at(-1)?.every(cell => cell.trim() === '') ?? true);
  const cutRow = hasEnd ? null : brokenRow(table.whole, rows, parts.tables);
  const stays = parts.tables.filter(isOfStays);
  const hints = { yearFirst: isEastAsian(parts), ...(near !== undefined && { near: Date.parse(`${near}Z`) / 1000 }) };
  if (stays.length > 0) return reportOfStays(parts, stays, cutRow, hints);
  const events = parts.tables.filter(isOfEvents);
  if (events.length > 0) return reportOfEvents(events, cutRow, hints);
  return { refused: isBeginning(parts, rows) ? 'cut' : 'not-a-report' };
}

/** One row, without the empty cells at its end. */
interface Row {
  readonly cells: readonly string[];
  /** Moments by their cells. */
  readonly stamps: ReadonlyMap<number, Stamp>;
  /** How many cells the file gave it. */
  readonly width: number;
}

function rowOf(raw: readonly string[], stampOf: (cell: string) => Stamp | null): Row {
  const cells = joinedMoments(raw.map(cleanCell));
  const filled = cells.findLastIndex(cell => cell !== '') + 1;
  const stamps = new Map<number, Stamp>();
  for (const [place, cell] of cells.entries()) {
    const stamp = stampOf(cell);
    if (stamp) stamps.set(place, stamp);
  }
  return { cells: cells.slice(0, filled), stamps, width: raw.length };
}

/** Printable ASCII without space around it or twice: most cells, and nothing to clean in them. */
const cleanAlready = /^(?:[!-~]+(?: [!-~]+)*)?$/;

function cleanCell(cell: string): string {
  if (cell.length <= longestCell && cleanAlready.test(cell)) return cell;
  return cleanLine(cell.slice(0, longestCell)).replace(/^[\p{Cf}\s]+|[\p{Cf}\s]+$/gu, '');
}

/** A day and a time of day are one moment again where the comma between them was taken for the end of a cell. */
function joinedMoments(cells: readonly string[]): readonly string[] {
  if (!cells.some((cell, place) => isDay(cell) && isTimeOfDay(cells[place + 1] ?? ''))) return cells;
  const joined: string[] = [];
  for (let place = 0; place < cells.length; place++) {
    const [cell = '', next = ''] = cells.slice(place, place + 2);
    const isSplit = isDay(cell) && isTimeOfDay(next);
    joined.push(isSplit ? `${cell}, ${next}` : cell);
    if (isSplit) place++;
  }
  return joined;
}

interface Table {
  /** The number of the section it is in; null where sections have none. */
  readonly section: number | null;
  /** Empty where the table has none. */
  readonly header: Row;
  readonly rows: readonly Row[];
}

interface Parts {
  /** What stands outside of tables, in order: names of things and what they are. */
  readonly summary: readonly Row[];
  readonly titles: readonly string[];
  readonly tables: readonly Table[];
}

const noHeader: Row = { cells: [], stamps: new Map(), width: 0 };

/** Takes a report apart: numbered titles, headers, and what stands below them. */
function partsOf(rows: readonly Row[]): Parts {
  const summary: Row[] = [];
  const titles: string[] = [];
  const tables: { section: number | null; header: Row; rows: Row[] }[] = [];
  let section: number | null = null;
  let open: (typeof tables)[number] | null = null;
  let afterTitle = false;
  let afterGap = false;
  for (const [place, row] of rows.entries()) {
    const number = sectionOf(row);
    if (row.cells.length === 0) afterGap = true;
    else if (number !== null) {
      [section, open, afterTitle, afterGap] = [number, null, number > 1, false];
      titles.push(row.cells[0] ?? '');
    } else if ((open === null || afterGap) && isHeader(row, afterTitle, rows, place)) {
      open = { section, header: row, rows: [] };
      tables.push(open);
      [afterTitle, afterGap] = [false, false];
    } else {
      // A list that lost its header is one all the same; and a single cell after a gap is a title without a number.
      if (open !== null && afterGap && row.cells.length === 1) open = null;
      if (open === null && row.cells.length >= 3 && row.stamps.size > 0) {
        open = { section, header: noHeader, rows: [] };
        tables.push(open);
      }
      (open?.rows ?? summary).push(row);
      afterGap = false;
    }
  }
  return { summary, titles, tables };
}

/** The number of a section whose title this row is: `2. Participants`. */
function sectionOf({ cells }: Row): number | null {
  const [title = '', ...more] = cells;
  if (more.length > 0 || title.length > 100) return null;
  const found = /^([1-9])\s*[.)、](?!\d)\s*\S/u.exec(plain(title));
  return found ? Number(found[1]) : null;
}

/** Names of columns: several, no moments and no addresses among them, and such things in the rows below. */
function isHeader(row: Row, afterTitle: boolean, rows: readonly Row[], place: number): boolean {
  const filled = row.cells.filter(cell => cell !== '');
  if (filled.length < 3 || row.stamps.size > 0 || filled.some(cell => cell.includes('@'))) return false;
  if (afterTitle || hasPrincipalNames(row)) return true;
  const next = rows.slice(place + 1, place + 10).find(({ cells }) => cells.length > 0);
  return next !== undefined && next.stamps.size > 0 && next.cells.length >= 3;
}

/** The column of principal names is called so in every language. */
function hasPrincipalNames({ cells }: Row): boolean {
  return cells.some(cell => /\bUPN\b/i.test(plain(cell)));
}

/** A row for each stay, or for everybody who was there: a name, two moments, and a length of time that fits them. */
function isOfStays(table: Table): boolean {
  if (hasPrincipalNames(table.header)) return true;
  const timed = table.rows.filter(({ stamps }) => stamps.size > 0).slice(0, 200);
  const staying = timed.filter(row => row.stamps.size >= 2 && stayOf(row)?.length);
  return staying.length > 0 && staying.length * 2 >= timed.length && timed.some(row => hasLetter(row.cells[0]));
}

/** A row for each coming and each leaving, with its moment. */
function isOfEvents({ rows }: Table): boolean {
  const timed = rows.filter(({ stamps }) => stamps.size === 1);
  return timed.length > 0 && timed.length * 2 > rows.length;
}

function hasLetter(cell = ''): boolean {
  return /\p{L}/u.test(cell);
}

/** Han, Kana or Hangul in the words of the report itself. */
function isEastAsian({ titles, tables, summary }: Parts): boolean {
  const words = [
    ...titles,
    ...tables.flatMap(({ header }) => header.cells),
    ...summary.map(({ cells }) => cells[0] ?? ''),
  ];
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(words.join(' '));
}

/** The last row, where a file without an end breaks off in it: it has fewer cells than others of its table. */
function brokenRow(whole: boolean, rows: readonly Row[], tables: readonly Table[]): Row | null {
  const last = rows.at(-1);
  const of = tables.at(-1);
  if (!last || !of || of.rows.at(-1) !== last) return whole ? null : (last ?? null);
  const usual = least(of.rows.slice(0, -1).map(({ width }) => width)) ?? Math.min(of.header.width, 7);
  return last.width < usual ? last : null;
}

/** A file that breaks off before the first of its people. */
function isBeginning({ summary, titles }: Parts, rows: readonly Row[]): boolean {
  const moments = summary.filter(({ cells, stamps }) => cells.length === 2 && stamps.has(1)).length;
  return rows.length <= 12 && (titles.length > 0 || moments >= 1) && summary.length > 0 && moments <= 2;
}

/** One row of a table of stays. */
interface Stay {
  readonly name: string;
  readonly email: string | null;
  readonly principalName: string | null;
  readonly role: Role | null;
  readonly joined: Stamp | null;
  readonly left: Stamp | null;
  readonly length: Length | null;
}

/**
 * What stands in every layout and language in this order: name, coming, leaving, length, address, and then role and
 * principal name in either order. Null for a row of nobody.
 */
function stayOf({ cells, stamps }: Row): Stay | null {
  const [earliest = null] = stamps.keys();
  // Further behind it is when somebody registered, who has not come.
  const first = earliest !== null && earliest <= 3 ? earliest : null;
  // A name of several cells had commas in it that nobody quoted.
  const name = (first === null ? cells.slice(0, 1) : cells.slice(0, first)).filter(cell => cell !== '').join(', ');
  if (name === '') return null;
  const after = first === null ? 3 : first + 2;
  const [email = '', ...others] = cells.slice(after + 1, after + 5);
  return {
    name,
    email: addressIn(email),
    principalName: others.map(addressIn).find(address => address !== null) ?? null,
    role: others.slice(0, 2).flatMap(cell => roleOf(cell) ?? [])[0] ?? null,
    joined: first === null ? null : (stamps.get(first) ?? null),
    left: first === null ? null : (stamps.get(first + 1) ?? null),
    length: lengthOf(cells[after] ?? ''),
  };
}

function addressIn(cell: string): string | null {
  const address = plain(cell)
    .replace(/^(?:mailto|smtp):/i, '')
    .toLowerCase();
  return /^[^\s@,;<>"]+@[^\s@,;<>"]+$/.test(address) && address.length <= 320 ? address : null;
}

/** A span of time in seconds, by the clock of the file. */
type Span = readonly [from: number, to: number];

/** What is known of one person, from all tables. */
interface Found {
  name: string;
  readonly addresses: Set<string>;
  role: Role | null;
  guest: boolean;
  readonly listed: Stay[];
  readonly stays: Stay[];
}

function reportOfStays(
  parts: Parts,
  tables: readonly Table[],
  cutRow: Row | null,
  hints: Hints,
): ReturnType<typeof readReport> {
  const { lists, details } = sorted(tables);
  const listed = lists.flatMap(({ header, rows }) => staysIn(rows, header, cutRow));
  const stays = details.flatMap(({ header, rows }) => staysIn(rows, header, cutRow));
  const { title, count, moments } = summaryOf(parts);
  const isCutInList = cutRow !== null && lists.some(({ rows }) => rows.includes(cutRow));
  const people = foundIn(listed, stays);
  // A list without details breaks off after it, or is a table of stays, which says how many people are in it.
  const isShort = (parts.titles.length > 0 ? listed.length : mostPeople(people)) < (count ?? 0);
  if (isCutInList || (details.length === 0 && isShort)) return { refused: 'cut' };

  const all = [...listed, ...stays];
  const pairs = all.flatMap(({ joined, left }) => (joined && left ? [[joined, left] as const] : []));
  const reading = readingOf(
    [...moments, ...all.flatMap(({ joined, left }) => [joined, left].filter(isSome))],
    pairs,
    hints,
  );
  const clock = clockOf(reading, moments, all);
  return {
    meeting: {
      ...(title !== null && { title }),
      ...(clock.start !== null && { startedAt: localIso(clock.start) }),
      ...(clock.end !== null && { endedAt: localIso(clock.end) }),
      utc: false,
    },
    people: people.map(found => attendee(found, clock)),
    cut: cutRow !== null,
  };
}

/** Who was there, and their stays one by one where a table has them; a single table is both. */
function sorted(tables: readonly Table[]): { readonly lists: readonly Table[]; readonly details: readonly Table[] } {
  const named = tables.findIndex(({ header }) => hasPrincipalNames(header));
  const isDetail = (table: Table, place: number): boolean =>
    table.section === null
      ? named >= 0 && place > named && !hasPrincipalNames(table.header)
      : table.section > 2 && !hasPrincipalNames(table.header);
  const details = tables.filter(isDetail);
  return { lists: tables.filter(table => !details.includes(table)), details };
}

function staysIn(rows: readonly Row[], header: Row, cutRow: Row | null): readonly Stay[] {
  const columns = header.cells.join('\t');
  return rows.flatMap(row => (row === cutRow || row.cells.join('\t') === columns ? [] : (stayOf(row) ?? [])));
}

interface Summary {
  readonly title: string | null;
  /** How many people, or rows of people, there should be. */
  readonly count: number | null;
  readonly moments: readonly Stamp[];
}

/** The title is words, and stands with the number of people before the beginning and the end. */
function summaryOf({ summary, titles }: Parts): Summary {
  const moments = summary.flatMap(({ stamps }) => [...stamps].flatMap(([place, stamp]) => (place > 0 ? [stamp] : [])));
  const begins = summary.findIndex(({ stamps }) => stamps.size > 0);
  const values = summary
    .slice(0, begins < 0 ? summary.length : begins)
    .filter(({ cells }) => cells.length >= 2)
    .map(({ cells }) =>
      cells
        .slice(1)
        .filter(cell => cell !== '')
        .join(', '),
    );
  const isNumber = (value: string): boolean => /^\d+$/.test(plain(value));
  const numbers = values.filter(isNumber);
  const words = values.find(value => !isNumber(value)) ?? null;
  // A title that is nothing but a number: the one in numbered sections stands first, the older one second.
  const [title, count] =
    words === null && numbers.length === 2 ? (titles.length > 0 ? numbers : numbers.toReversed()) : [words, numbers[0]];
  return { title: title ?? null, count: count === undefined ? null : Number(plain(count)), moments };
}

/** How the moments of a file are read, and what the words in its lengths of time mean. */
interface FileClock {
  readonly start: number | null;
  readonly end: number | null;
  at(stamp: Stamp | null): number | null;
  lasting(length: Length | null, most: number): number | null;
}

function clockOf(reading: StampReading, moments: readonly Stamp[], stays: readonly Stay[]): FileClock {
  const at = (stamp: Stamp | null): number | null => stamp && secondsOf(stamp, reading);
  const told = moments.map(at).filter(isSome);
  const seen = stays.flatMap(({ joined, left }) => [at(joined), at(left)].filter(isSome));
  const known = stays.slice(0, 1_000).flatMap(({ joined, left, length }) => {
    const [from, to] = [at(joined), at(left)];
    return length && from !== null && to !== null ? [{ length, seconds: to - from }] : [];
  });
  const units = unitsOf(known);
  const bounds = told.length > 0 ? told : seen;
  return {
    start: least(bounds),
    end: greatest(bounds),
    at,
    lasting: (length, most) => length && secondsIn(length, units, most),
  };
}

function isSome<Value>(value: Value | null): value is Value {
  return value !== null;
}

function least(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : numbers.reduce((one, other) => Math.min(one, other));
}

function greatest(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : numbers.reduce((one, other) => Math.max(one, other));
}

/** One person for each address, whatever its case, and for each name without one. */
function foundIn(listed: readonly Stay[], stays: readonly Stay[]): readonly Found[] {
  const known = new Map<string, Found>();
  const people = new Set<Found>();
  const all = [...listed, ...stays];
  const hasAddresses = all.some(({ email, principalName }) => email !== null || principalName !== null);
  const marks = repeatedMarks(all.filter(isWithoutAddress).map(({ name }) => name));
  let named: ReadonlyMap<string, readonly Found[]> = new Map();
  /** A row of the details that lacks its address is of whoever is called so in the list, if only one is. */
  const namesake = (name: string, addresses: readonly string[]): Found | undefined => {
    const same = addresses.length > 0 ? [] : (named.get(name) ?? []);
    return same.length === 1 ? same[0] : undefined;
  };
  const take = (stay: Stay, into: 'listed' | 'stays'): void => {
    const { name, marked } = markedName(stay.name, isWithoutAddress(stay) ? marks : undefined);
    const addresses = [stay.email, stay.principalName].filter(isSome);
    const keys = addresses.length > 0 ? addresses : [` ${name}`];
    const person = keys.map(key => known.get(key)).find(one => one !== undefined) ??
      namesake(name, addresses) ?? {
        name,
        addresses: new Set<string>(),
        role: null,
        guest: false,
        listed: [],
        stays: [],
      };
    people.add(person);
    for (const key of keys) known.set(key, person);
    for (const address of addresses) person.addresses.add(address);
    person.role ??= stay.role;
    person.guest ||= marked || (hasAddresses && person.addresses.size === 0);
    person[into].push(stay);
  };
  for (const stay of listed) take(stay, 'listed');
  named = Map.groupBy(people, ({ name }) => name);
  for (const stay of stays) take(stay, 'stays');
  return [...people];
}

/** Two rows of one name may be two people, where there is neither an address nor a telephone number. */
function mostPeople(people: readonly Found[]): number {
  const rows = people.map(({ name, addresses, listed }) => (addresses.size > 0 || isPhone(name) ? 1 : listed.length));
  return rows.reduce((sum, one) => sum + one, 0);
}

function isWithoutAddress({ email, principalName }: Stay): boolean {
  return email === null && principalName === null;
}

function attendee(found: Found, clock: FileClock): Attendee {
  const rows = found.stays.length > 0 ? found.stays : found.listed;
  const seconds = secondsThere(found, clock);
  const all = [...found.listed, ...found.stays];
  return shown(found, {
    seconds,
    joins: rows.filter(({ joined, length }) => joined !== null || length !== null).length,
    from: least(all.map(({ joined }) => clock.at(joined)).filter(isSome)),
    to: greatest(all.map(({ left }) => clock.at(left)).filter(isSome)),
  });
}

/**
 * Stays one by one are exact, and those at the same time count once. Where some of them are missing, or none is given,
 * the list's own sum counts.
 */
function secondsThere({ listed, stays }: Found, clock: FileClock): number {
  const sums = listed.map(stay => stated(stay, clock));
  const sum = sums.every(isSome) ? sums.reduce((one, other) => one + other, 0) : null;
  if (stays.length > 0) {
    const spans = stays.flatMap(stay => spanOf(stay, clock));
    const told = spans.reduce((total, [from, to]) => total + to - from, 0);
    if (sum === null || told + 2 * spans.length + 60 >= sum || listed.length === 0) return union(spans);
    return sum;
  }
  // One table alone: whoever was there from coming to leaving, and for the others what it says.
  const exact: Span[] = [];
  let others = 0;
  for (const stay of listed) {
    const [span] = spanOf(stay, clock);
    const length = stated(stay, clock);
    if (span && (length === null || Math.abs(span[1] - span[0] - length) <= 60)) exact.push(span);
    else others += length ?? 0;
  }
  return union(exact) + others;
}

/** The length that the file states, in seconds. */
function stated({ joined, left, length }: Stay, clock: FileClock): number | null {
  const [from, to] = [clock.at(joined), clock.at(left)];
  return clock.lasting(length, from !== null && to !== null ? to - from : Infinity);
}

/** Whoever is not said to have left stayed to the end. */
function spanOf(stay: Stay, clock: FileClock): readonly Span[] {
  const from = clock.at(stay.joined);
  if (from === null) return [];
  const to = clock.at(stay.left);
  if (to !== null && to >= from) return [[from, to]];
  const length = clock.lasting(stay.length, Infinity);
  if (length !== null) return [[from, from + length]];
  return to === null && clock.end !== null && clock.end >= from ? [[from, clock.end]] : [];
}

/** How many seconds are in at least one of the spans. */
function union(spans: readonly Span[]): number {
  let total = 0;
  let until = -Infinity;
  for (const [from, to] of spans.toSorted((one, other) => one[0] - other[0])) {
    total += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return total;
}

interface Times {
  readonly seconds: number;
  readonly joins: number;
  readonly from: number | null;
  readonly to: number | null;
}

function shown(
  { name, addresses, role, guest }: Pick<Found, 'name' | 'addresses' | 'role' | 'guest'>,
  times: Times,
): Attendee {
  const [address = null, ...aliases] = addresses;
  const phone = isPhone(name);
  return {
    name,
    address,
    aliases,
    minutes: Math.floor(times.seconds / 60),
    joins: times.joins,
    ...(times.from !== null && { joinedAt: localIso(times.from) }),
    ...(times.to !== null && { leftAt: localIso(times.to) }),
    ...(role !== null && { role }),
    guest: guest || phone,
    phone,
  };
}

/** Nothing but what a telephone number is made of; hidden digits are asterisks. */
function isPhone(name: string): boolean {
  const text = plain(name);
  return /^\+?[\d\s().*xX-]{5,}$/.test(text) && (text.match(/[\d*xX]/g)?.length ?? 0) >= 5 && /\d/.test(text);
}

/** Somebody came or left. */
interface Move {
  readonly name: string;
  readonly address: string | null;
  readonly action: string;
  readonly at: Stamp;
  readonly role: Role | null;
}

/** Lists of comings and leavings span a meeting, not a life; in seconds. */
const longestList = 36 * 3600;

function reportOfEvents(tables: readonly Table[], cutRow: Row | null, hints: Hints): ReturnType<typeof readReport> {
  if (cutRow !== null && tables.some(({ rows }) => rows.includes(cutRow))) return { refused: 'cut' };
  const moves = tables.flatMap(movesIn);
  const reading = readingOf(
    moves.map(({ at }) => at),
    [],
    hints,
  );
  const timed = moves.flatMap(move => {
    const seconds = secondsOf(move.at, reading);
    return seconds === null ? [] : [{ ...move, seconds }];
  });
  const times = timed.map(({ seconds }) => seconds);
  const [start, end] = [least(times), greatest(times)];
  if (start === null || end === null || end - start > longestList) return { refused: 'not-a-report' };
  const groups = [...Map.groupBy(timed, ({ name, address }) => address ?? ` ${name}`).values()].map(group =>
    group.toSorted((one, other) => one.seconds - other.seconds),
  );
  const comings = new Set(groups.map(([first]) => first?.action));
  if (!areComingsAndLeavings(groups, comings)) return { refused: 'not-a-report' };
  const people = groups.map(group => {
    const spans: Span[] = [];
    let [since, inside] = [0, 0];
    for (const { action, seconds } of group) {
      if (comings.has(action)) {
        if (inside++ === 0) since = seconds;
      } else if (inside > 0 && --inside === 0) spans.push([since, seconds]);
    }
    // Whoever was still there when the list was downloaded.
    if (inside > 0) spans.push([since, end]);
    const [{ name, address } = { name: '', address: null }] = group;
    const mark = markedName(name);
    return shown(
      {
        name: mark.name,
        addresses: new Set(address === null ? [] : [address]),
        role: group.find(({ role }) => role !== null)?.role ?? null,
        guest: mark.marked,
      },
      { seconds: union(spans), joins: spans.length, from: spans[0]?.[0] ?? null, to: spans.at(-1)?.[1] ?? null },
    );
  });
  const utc = tables.some(({ header }) => header.cells.some(cell => /\bUTC\b/i.test(cell)));
  return { meeting: { startedAt: localIso(start), endedAt: localIso(end), utc }, people, cut: false };
}

/**
 * What somebody did first is coming; what they do next is mostly the other. Whatever else is a log of something else.
 */
function areComingsAndLeavings(
  groups: readonly (readonly { readonly action: string }[])[],
  comings: ReadonlySet<string | undefined>,
): boolean {
  const actions = new Set(groups.flat().map(({ action }) => action));
  if (actions.size > 4 || comings.size > 2) return false;
  const next = groups.flatMap(group =>
    group.slice(1).map((move, place) => [group[place]?.action, move.action] as const),
  );
  const turns = next.filter(([one, other]) => comings.has(one) !== comings.has(other)).length;
  return turns * 10 >= next.length * 6;
}

/** In a list of three columns the action stands between name and moment; a live event's has it behind the moment. */
function movesIn({ header, rows }: Table): readonly Move[] {
  const timed = rows.filter(({ stamps }) => stamps.size === 1);
  const isWide = Math.max(header.cells.length, timed[0]?.cells.length ?? 0) >= 6;
  const named = isWide ? nameColumn(timed) : 0;
  return timed.flatMap(({ cells, stamps }) => {
    const [place = 0] = stamps.keys();
    const at = stamps.get(place);
    const action = cells[isWide ? place + 1 : place - 1];
    const name = isWide ? cells[named] : cells.slice(0, Math.max(0, place - 1)).join(', ');
    if (!at || !action || !name) return [];
    const address = isWide ? (cells.slice(0, place).map(addressIn).find(isSome) ?? null) : null;
    return [{ name, address, action, at, role: isWide ? roleOf(cells[place + 2] ?? '') : null }];
  });
}

/** Before the moment: the column that has the most cells like a name, and least like an id or a browser. */
function nameColumn(rows: readonly Row[]): number {
  const counts = new Map<number, number>();
  for (const { cells, stamps } of rows) {
    const [moment = 0] = stamps.keys();
    for (const [place, cell] of cells.slice(0, moment).entries())
      if (hasLetter(cell) && !/[\d/@_]/.test(cell)) counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  const [best] = [...counts].toSorted((one, other) => other[1] - one[1] || one[0] - other[0]);
  return best?.[0] ?? 0;
}

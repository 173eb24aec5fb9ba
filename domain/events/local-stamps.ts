import { Temporal } from 'temporal-polyfill/full';
import words from './report-words.json' with { type: 'json' };

/**
 * Moments and lengths of time as a program wrote them for people, read by their shape: numbers in some order, in the
 * digits of some language, with words that nobody here knows between them.
 */

/** A moment as it stands there. Which of its first three numbers is the day, only other moments can tell. */
export interface Stamp {
  readonly days: Days;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** The words beside the hour, without spaces and dots: `pm`, `午後`, `klo`; empty for none. */
  readonly word: string;
  /** Whether it is written AM or PM, as in the United States, and not am or pm. */
  readonly american: boolean;
}

/** The beginning of a day in seconds since 1970, for each of the ways to read it; null where it is no day. */
type Days = readonly (number | null)[];

/** `45 Min. 3 Sek.` as pairs of a number and its word; a clock's `1:02:03` has words of its own. */
export type Length = readonly { readonly count: number; readonly unit: string }[];

/** In characters; whatever is longer is no moment. */
const longestStamp = 60;

/**
 * The same text as a machine would have written it: digits 0 to 9, letters of ordinary width, no marks of direction.
 */
export function plain(text: string): string {
  if (/^[\u0020-\u007e]*$/.test(text)) return text.trim();
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Nd}/gu, digit)
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Ten digits of one script stand in a row, the zero first, and before it there is none. */
function digit(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  let zero = point;
  while (point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String(point - zero);
}

/** The day first, as nearly everywhere, and the hour first, as in Vietnam. */
const dayFirst =
  /^(?<lead>\D{0,12})(?<first>\d{1,4})(?<gap>[^\d:]{1,4})(?<second>\d{1,2})(?<other>[^\d:]{1,4})(?<third>\d{1,4})(?<before>\D{1,20})(?<hour>\d{1,2})\D{1,6}(?<minute>\d{1,2})(?:\D{1,6}(?<seconds>\d{1,2}))?(?<after>\D.*)?$/;
const hourFirst =
  /^(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<seconds>\d\d))?(?<before>\D{1,12}?)(?<first>\d{1,4})(?<gap>[^\d:]{1,4})(?<second>\d{1,2})(?<other>[^\d:]{1,4})(?<third>\d{1,4})(?<after>\D{0,4})$/;

/** Reads the moments of one file, in which few days are named often. Null for a cell that holds none. */
export function stampReader(): (cell: string) => Stamp | null {
  const known = new Map<string, Days | null>();
  return cell => {
    if (cell.length > longestStamp || !startsLikeNumber.test(cell)) return null;
    const text = plain(cell);
    const parts = (dayFirst.exec(text) ?? hourFirst.exec(text))?.groups;
    if (!parts) return null;
    const { lead = '', first = '', gap = '', second = '', other = '', third = '', before = '', after = '' } = parts;
    const [hour, minute, seconds] = [parts.hour, parts.minute, parts.seconds ?? 0].map(Number) as [
      number,
      number,
      number,
    ];
    if (hour > 24 || minute > 59 || seconds > 60) return null;
    if (!isGapOfDate(gap) || !isGapOfDate(other) || lettersOf(lead + before + after).length > 20) return null;
    // What follows may be a fraction of a second or an offset, and no more.
    if ((after.match(/\d+/g)?.length ?? 0) > 2) return null;
    const key = `${first} ${second} ${third}`;
    if (!known.has(key)) known.set(key, daysOf(first, second, third));
    const days = known.get(key);
    if (!days) return null;
    const word = lettersOf(before).replace(/^[日일]/u, '') + lettersOf(after);
    return {
      days,
      hour,
      minute,
      second: seconds,
      word: word === 't' || word === 'tz' || word === 'z' ? '' : word,
      american: /[AP]M/.test(before + after),
    };
  };
}

/** Digits of any script, after a weekday or a mark of direction at most. */
const startsLikeNumber = /^[^\p{Nd}]{0,12}\p{Nd}/u;

/** A day alone, and a time of day alone: what becomes of a moment where a comma was taken for the end of a cell. */
export function isDay(cell: string): boolean {
  const parts = /^(\d{1,4})(\D{1,4})(\d{1,2})(\D{1,4})(\d{1,4})\D{0,2}$/.exec(cell.length > 20 ? '' : plain(cell));
  if (!parts) return false;
  const [, first = '', one = '', second = '', other = '', third = ''] = parts;
  return daysOf(first, second, third) !== null && isGapOfDate(one) && isGapOfDate(other);
}

export function isTimeOfDay(cell: string): boolean {
  return /^\D{0,12}\d{1,2}[:.]\d\d(?:[:.]\d\d)?\D{0,12}$/.test(cell.length > 32 ? '' : plain(cell));
}

/** Null for what is no day in any way. */
function daysOf(first: string, second: string, third: string): Days | null {
  if (first.length === 3 || third.length === 3 || first.length + third.length > 6) return null;
  const days = ways.map(way => dateIn([first, second, third], way));
  return days.some(day => day !== null) ? days : null;
}

function isGapOfDate(gap: string): boolean {
  return gap.length <= 4 && /^\s*(?:[./\-‐–年月년월]|г\.?)?\s*$/u.test(gap) && gap !== '';
}

function lettersOf(text: string): string {
  if (text === '' || /^[ :.,]*$/.test(text)) return '';
  return text.toLowerCase().replace(/[^\p{L}\p{M}]/gu, '');
}

const orders = ['year-first', 'day-first', 'month-first'] as const;
type Order = (typeof orders)[number];

/** Calendars in which programs write days, with the years that may be meant and the century of those of two digits. */
const calendars = {
  gregory: { from: 2000, to: 2199, century: 2000 },
  buddhist: { from: 2543, to: 2742, century: 2500 },
  persian: { from: 1379, to: 1499, century: 1400 },
} as const;
type Calendar = keyof typeof calendars;

interface Way {
  readonly order: Order;
  readonly calendar: Calendar;
}

const ways: readonly Way[] = (['gregory', 'buddhist', 'persian'] as const).flatMap(calendar =>
  orders.map(order => ({ order, calendar })),
);

/** How the moments of one file are to be read. */
export interface StampReading {
  /** The place of one of {@link ways}. */
  readonly way: number;
  /** What is said beside an hour of the second half of the day where the word itself is not known. */
  readonly afternoon: string | null;
}

/** What is known beside the moments themselves. */
export interface Hints {
  /** The moment that the first of them should be close to, in the seconds that {@link secondsOf} counts. */
  readonly near?: number;
  /** Whether the file is in a language of East Asia, where the year stands first. */
  readonly yearFirst: boolean;
}

/**
 * The one way to read all moments of a file: in which most of them are moments at all, nobody leaves before they came,
 * and they lie closest together, for a meeting is short. What is left open then the hints decide, and where there are
 * none, custom: the American order with AM and PM, the year first in East Asia, the day first everywhere else.
 * @param pairs beginnings and ends that belong together
 */
export function readingOf(
  stamps: readonly Stamp[],
  pairs: readonly (readonly [Stamp, Stamp])[],
  hints: Hints,
): StampReading {
  const afternoons = [null, ...unknownWords(stamps)];
  const tried = ways.flatMap((_way, way) =>
    afternoons.map(afternoon => weighed(stamps, pairs, { way, afternoon }, hints)),
  );
  const [best] = tried.toSorted(
    (one, other) =>
      other.read - one.read ||
      one.backwards - other.backwards ||
      one.days - other.days ||
      one.distance - other.distance ||
      one.custom - other.custom,
  );
  return best?.reading ?? { way: 0, afternoon: null };
}

interface Weighed {
  readonly reading: StampReading;
  /** How many moments can be read so. */
  readonly read: number;
  /** How many end before they begin. */
  readonly backwards: number;
  /** From the first to the last. */
  readonly days: number;
  /** How many half days the first is from where it should be. */
  readonly distance: number;
  /** How unusual this way is, by custom. */
  readonly custom: number;
}

function weighed(
  stamps: readonly Stamp[],
  pairs: readonly (readonly [Stamp, Stamp])[],
  reading: StampReading,
  { near, yearFirst }: Hints,
): Weighed {
  let read = 0;
  let [first, last] = [Infinity, -Infinity];
  for (const stamp of stamps) {
    const seconds = secondsOf(stamp, reading);
    if (seconds === null) continue;
    read++;
    first = Math.min(first, seconds);
    last = Math.max(last, seconds);
  }
  const { order = 'day-first', calendar = 'gregory' } = ways[reading.way] ?? {};
  const american = stamps.some(stamp => stamp.american);
  const usual: Order = yearFirst ? 'year-first' : american ? 'month-first' : 'day-first';
  return {
    reading,
    read,
    backwards: pairs.filter(([from, to]) => (secondsOf(from, reading) ?? 0) > (secondsOf(to, reading) ?? Infinity))
      .length,
    days: Math.floor((last - first) / 86_400),
    distance: near === undefined ? 0 : Math.floor(Math.abs(first - near) / 43_200),
    custom:
      (calendar === 'gregory' ? 0 : 10) +
      (order === usual ? 0 : 1 + orders.toReversed().indexOf(order)) +
      (reading.afternoon === null ? 0 : 5),
  };
}

/** Words beside hours which may mean the second half of the day, in a file of which no hour is past twelve. */
function unknownWords(stamps: readonly Stamp[]): readonly string[] {
  const words = new Set(stamps.map(({ word }) => word));
  if (words.size > 3 || stamps.some(({ hour }) => hour > 12)) return [];
  return [...words].filter(word => word !== '' && !forenoon.has(word) && !afternoon.has(word));
}

/** The halves of the day as Unicode's CLDR names them in the languages of Teams that count hours to twelve. */
const forenoon: ReadonlySet<string> = new Set(words.forenoon);
const afternoon: ReadonlySet<string> = new Set(words.afternoon);

/**
 * A moment in seconds since 1970 by the clock it was written by, as if that were UTC: two of them can be compared, and
 * no more is known. Null for what is no moment, read so.
 */
export function secondsOf(stamp: Stamp, reading: StampReading): number | null {
  const date = stamp.days[reading.way] ?? null;
  if (date === null) return null;
  const { hour, minute, second, word } = stamp;
  const late = afternoon.has(word) || word === reading.afternoon;
  const early = !late && (forenoon.has(word) || (word !== '' && reading.afternoon !== null));
  const hours = late && hour < 12 ? hour + 12 : early && hour === 12 ? 0 : hour;
  return date + hours * 3600 + minute * 60 + second;
}

/** The beginning of a day in seconds since 1970; null for no day. */
function dateIn(numbers: readonly [string, string, string], { order, calendar }: Way): number | null {
  const [first, second, third] = numbers;
  const [year, month, day] =
    order === 'year-first'
      ? [first, second, third]
      : order === 'day-first'
        ? [third, second, first]
        : [third, first, second];
  if (day.length > 2 || month.length > 2 || (year.length !== 2 && year.length !== 4)) return null;
  const { from, to, century } = calendars[calendar];
  const whole = Number(year) + (year.length === 2 ? century : 0);
  if (whole < from || whole > to || Number(month) > 12 || Number(day) > 31) return null;
  try {
    const wanted = { calendar, year: whole, month: Number(month), day: Number(day) };
    const {
      year: y,
      month: m,
      day: d,
    } = Temporal.PlainDate.from(wanted, { overflow: 'reject' }).withCalendar('iso8601');
    return Date.UTC(y, m - 1, d) / 1000;
  } catch {
    return null;
  }
}

/** A moment as ISO writes one without a zone. */
export function localIso(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19);
}

/** A length of time, with one to four numbers that fall from days to seconds; null for anything else. */
export function lengthOf(cell: string): Length | null {
  if (cell.length > longestStamp || !/\p{Nd}/u.test(cell)) return null;
  const text = plain(cell);
  const clock = /^(\d{1,3}):(\d\d):(\d\d)$/.exec(text);
  if (clock) return [':h', ':m', ':s'].map((unit, place) => ({ count: Number(clock[place + 1]), unit }));
  if (/[@:/_]/.test(text)) return null;
  const numbers = text.match(/\d+/g) ?? [];
  if (numbers.length > 4 || numbers.some(({ length }) => length > 6)) return null;
  const words = text.split(/\d+/).map(lettersOf);
  // The word stands behind its number, except in languages in which none stands behind the last.
  const units = words.at(-1) === '' ? words.slice(0, -1) : words.slice(1);
  if (units.some(unit => unit === '' || unit.length > 16)) return null;
  return numbers.map((number, place) => ({ count: Number(number), unit: units[place] ?? '' }));
}

const sizes = [86_400, 3600, 60, 1] as const;

/** What the words for days, hours, minutes and seconds mean in a file, in seconds. */
type Units = ReadonlyMap<string, number>;

/**
 * Learns the words from lengths of which the seconds are known. A length without its seconds, and one that is a second
 * short, fit as well.
 */
export function unitsOf(known: readonly { readonly length: Length; readonly seconds: number }[]): Units {
  const votes = new Map<string, Map<number, number>>();
  for (const { length, seconds } of known) {
    const fitting = meanings(length).filter(meaning => fits(total(length, meaning), seconds, meaning));
    const [meaning, ...more] = fitting;
    if (!meaning || more.length > 0) continue;
    for (const [place, { unit }] of length.entries()) {
      const of = votes.get(unit) ?? new Map<number, number>();
      const size = meaning[place] ?? 0;
      votes.set(unit, of.set(size, (of.get(size) ?? 0) + 1));
    }
  }
  const fixed = [
    [':h', 3600],
    [':m', 60],
    [':s', 1],
  ] as const;
  const learnt = [...votes].map(([unit, of]) => {
    const [most] = [...of].toSorted((one, other) => other[1] - one[1]);
    return [unit, most?.[0] ?? 0] as const;
  });
  return new Map([...learnt, ...fixed]);
}

/** In seconds: by the words, and where they are not known the longest that fits into what there was. */
export function secondsIn(length: Length, units: Units, most: number): number | null {
  const meaning = length.map(({ unit }) => units.get(unit));
  if (meaning.every(size => size !== undefined)) return total(length, meaning);
  const fitting = meanings(length)
    .filter(sized => length.every(({ unit }, place) => (units.get(unit) ?? sized[place]) === sized[place]))
    .map(sized => total(length, sized))
    .filter(seconds => seconds <= most + 1);
  return fitting.length > 0 ? Math.max(...fitting) : null;
}

function total(length: Length, meaning: readonly number[]): number {
  return length.reduce((sum, { count }, place) => sum + count * (meaning[place] ?? 0), 0);
}

function fits(total: number, seconds: number, meaning: readonly number[]): boolean {
  const short = seconds - total;
  return short >= -1 && short <= (meaning.at(-1) === 60 && meaning.includes(3600) ? 60 : 1);
}

/** Every way in which so many numbers fall from larger units to smaller ones. */
const falling: readonly (readonly (readonly number[])[])[] = [0, 1, 2, 3, 4].map(count => sizesOf(count, 0));

function meanings(length: Length): readonly (readonly number[])[] {
  return falling[length.length] ?? [];
}

function sizesOf(count: number, from: number): readonly (readonly number[])[] {
  if (count === 0) return [[]];
  return sizes.slice(from).flatMap((size, place) => sizesOf(count - 1, from + place + 1).map(rest => [size, ...rest]));
}

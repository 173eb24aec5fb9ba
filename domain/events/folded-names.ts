import { folded } from '../folded.ts';
import words from './report-words.json' with { type: 'json' };

/**
 * Names of people as they are written in one place and in another: with and without accents, the last name first, in
 * part, with initials.
 */

/** One way to look for a name, and whether the only person who is found by it is the one. */
interface Lookup {
  readonly key: string;
  readonly sure: boolean;
}

/** Everything by which somebody of this name is found. */
export function keysOfName(name: string): ReadonlySet<string> {
  const { names, first, last } = partsOf(name);
  if (name.trim() === '') return new Set();
  if (first === '') return new Set([whole(name)]);
  const keys = [whole(name), sorted('all', names), sorted('plain', names.map(withoutUmlauts)), `first ${first}`];
  if (last === '') return new Set(keys);
  keys.push(sorted('ends', [first, last]), `initials ${first.slice(0, 1)} ${last.slice(0, 1)}`);
  if (isInitial(first)) keys.push(`short ${first} ${last}`);
  else keys.push(`initial ${first.slice(0, 1)} ${last}`, `${first} initial ${last.slice(0, 1)}`);
  return new Set(keys);
}

/**
 * Ways to look for a name, the surest first: as it is written; its parts in any order; with umlauts written in two
 * letters; without the names in the middle, where one of both has none; and with an initial for the first name or the
 * last. A first name alone, initials alone, and a full name for which only an initial is kept, are never sure.
 */
export function lookupsOf(name: string): readonly Lookup[] {
  const { names, first, last } = partsOf(name);
  const ways = [sure(whole(name))];
  if (names.length === 0) return ways;
  if (last === '')
    return [...ways, sure(sorted('all', names)), sure(sorted('plain', [first])), unsure(`first ${first}`)];
  if (isInitial(first) && isInitial(last)) return [...ways, unsure(`initials ${first} ${last}`)];
  if (isInitial(first)) return [...ways, sure(sorted('all', names)), sure(`initial ${first} ${last}`)];
  if (isInitial(last)) return [...ways, sure(sorted('all', names)), sure(`${first} initial ${last}`)];
  ways.push(sure(sorted('all', names)), sure(sorted('plain', names.map(withoutUmlauts))));
  ways.push(sure(sorted(names.length === 2 ? 'ends' : 'plain', [first, last])));
  return [...ways, unsure(`short ${first.slice(0, 1)} ${last}`)];
}

const sure = (key: string): Lookup => ({ key, sure: true });
const unsure = (key: string): Lookup => ({ key, sure: false });

function whole(name: string): string {
  // Somebody who is called by an emoji is called nothing else.
  return `whole ${folded(name) || name.trim()}`;
}

function sorted(kind: string, names: readonly string[]): string {
  return [kind, ...names.toSorted()].join(' ');
}

interface NameParts {
  /** All of them in the order in which they are called; initials in the middle are left out. */
  readonly names: readonly string[];
  /** Umlauts in one letter. */
  readonly first: string;
  /** Empty for somebody of one name. */
  readonly last: string;
}

/** Without titles and what stands in brackets: `Okafor, Dr. Amara J. (EXT)`. */
function partsOf(name: string): NameParts {
  const bare = name.replace(/[([{（【][^)\]}）】]*[)\]}）】]/gu, ' ').split('|')[0] ?? '';
  const parts = bare.split(/[,،、]/u).map(part =>
    folded(part)
      .split(' ')
      .filter(word => word !== '' && !titles.has(word)),
  );
  const [last = [], first = [], ...more] = parts.filter(words => words.length > 0);
  const called = [...first, ...last, ...more.flat()];
  const names = called.filter((word, place) => place === 0 || place === called.length - 1 || !isInitial(word));
  const end = names.length > 1 ? withoutUmlauts(names.at(-1) ?? '') : '';
  return { names, first: withoutUmlauts(names[0] ?? ''), last: end };
}

const titles: ReadonlySet<string> = new Set(words.titles);

/** One letter. A single character of Chinese or Japanese is a name. */
function isInitial(word: string): boolean {
  return /^\p{L}$/u.test(word) && !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(word);
}

/** `mueller` and `muller` are how one keyboard and another write Müller. */
function withoutUmlauts(word: string): string {
  return word.replace(/(?<=[aou])e/g, '');
}

import { stemmer } from 'stemmer';
import en from './words.en.json' with { type: 'json' };

/** One word of a sentence, and where it stands there. */
export interface Word {
  /** In lower case, without accents. */
  readonly text: string;
  /** What it is compared by: its stem, or that of the word it means the same as. */
  readonly stem: string;
  readonly from: number;
  readonly to: number;
}

interface Expression {
  readonly meaning: string;
  readonly words: readonly string[];
}

/** Longer ones are cut: nobody asks in so many words, and no text may take long to read. */
export const longestSentence = 600;
/** Of a text that is searched. */
export const longestText = 4_000;
/** Stands in a phrase for what varies. */
export const slot = '…';

const wordPattern = /@?[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*|…|\p{Extended_Pictographic}/gu;

const contractions: ReadonlyMap<string, string> = new Map(Object.entries(en.contractions));
const synonyms: ReadonlyMap<string, string> = new Map(
  Object.entries(en.synonyms).flatMap(([meaning, words]) =>
    words.map(word => [stemOf(word), stemOf(meaning)] as const),
  ),
);
/** Several words that mean one: its text, and theirs, by the first of them and the longest first. */
const expressions: ReadonlyMap<string, readonly Expression[]> = Map.groupBy(
  Object.entries(en.expressions)
    .flatMap(([meaning, said]) => said.map((one): Expression => ({ meaning, words: one.split(' ') })))
    .toSorted((one, other) => other.words.length - one.words.length),
  ({ words: [first = ''] }) => first,
);
const stops: ReadonlySet<string> = new Set(en.stop.map(meant));
const persons: ReadonlySet<string> = new Set(en.me.map(meant));
const questions: ReadonlySet<string> = new Set(en.questions.map(meant));

/** The words of a text, up to so many of its characters. */
export function wordsOf(text: string, longest = longestSentence): readonly Word[] {
  const words: Word[] = [];
  for (const { 0: found, index } of text.slice(0, longest).matchAll(wordPattern)) {
    if (found === slot || found.startsWith('@')) {
      words.push({ text: found, stem: found, from: index, to: index + found.length });
      continue;
    }
    const plain = folded(found);
    const parts = contractions.has(plain) ? [plain] : plain.split('-').filter(part => part !== '');
    for (const text of parts.flatMap(part => (contractions.get(part) ?? part.replace(/'s$/, '')).split(' ')))
      words.push({ text, stem: meant(text), from: index, to: index + found.length });
  }
  return withExpressions(words);
}

/** "Get rid of your messages" says what "stop your messages" says. */
function withExpressions(words: readonly Word[]): readonly Word[] {
  const all: Word[] = [];
  for (let index = 0; index < words.length; index++) {
    const first = words[index]!;
    const found = expressions
      .get(first.text)
      ?.find(one => one.words.every((text, at) => words[index + at]?.text === text));
    if (!found) {
      all.push(first);
      continue;
    }
    index += found.words.length - 1;
    all.push({ text: found.meaning, stem: meant(found.meaning), from: first.from, to: words[index]!.to });
  }
  return all;
}

/** The first words of a text that stand in quotation marks, in those of any language; empty where none do. */
export function quotedIn(text: string): string {
  const found = /["“”«»„]([^"“”«»„]+)["“”«»„]|^\s*['‘’`](.+)['‘’`]\W*$/su.exec(text.slice(0, longestSentence));
  return (found?.[1] ?? found?.[2] ?? '').trim();
}

/** Whether a text begins with somebody's words in quotation marks, in those of any language. */
export function beginsQuoted(text: string): boolean {
  return /^\s*(?:["“”«»„]|['‘’`].*['‘’`]\W*$)/su.test(text);
}

export function isStop(stem: string): boolean {
  return stops.has(stem);
}

export function isQuestion(stem: string): boolean {
  return questions.has(stem);
}

/** Whether a word does more than hold a sentence together, ask, or say "I". */
export function isTelling(stem: string): boolean {
  return !isStop(stem) && !isQuestion(stem) && !persons.has(stem) && !stem.startsWith('@');
}

/** Lower case, without accents and with one kind of apostrophe. */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('’', "'").toLowerCase().replaceAll('ß', 'ss');
}

function meant(word: string): string {
  const stem = stemOf(word);
  return synonyms.get(stem) ?? stem;
}

/** Some words have the stem of another one: "communication" is not "community". */
function stemOf(word: string): string {
  return /^[a-z]{3,30}$/.test(word) && !en.whole.includes(word) ? stemmer(word) : word;
}

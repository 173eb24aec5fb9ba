import { stemmer } from 'stemmer';
import { closestLocale, languages } from '../../domain/locale.ts';
import { germanStem } from './german-stem.ts';
import de from './words.de.json' with { type: 'json' };
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

/** What is known of the words of a language, all in lower case and without accents. */
interface WordList {
  readonly contractions: Readonly<Record<string, string>>;
  /** What sentences begin and end with and that says nothing. */
  readonly fillers: { readonly start: readonly string[]; readonly end: readonly string[] };
  readonly stop: readonly string[];
  readonly questions: readonly string[];
  /** What a question begins with. */
  readonly asks: readonly string[];
  readonly negations: readonly string[];
  readonly doubts: readonly string[];
  readonly me: readonly string[];
  readonly synonyms: Readonly<Record<string, readonly string[]>>;
  readonly day: {
    readonly before: readonly string[];
    readonly never: readonly string[];
    /** After these it is no day: "guten Morgen". */
    readonly notAfter: readonly string[];
  };
  /** From zero on. */
  readonly numbers: readonly string[];
  readonly telling: readonly string[];
  /** Words that have the stem of another one. */
  readonly whole: readonly string[];
  /** After these somebody says why; with a comma where they mean something else without one: "wer ist denn neu". */
  readonly reasons: readonly string[];
  readonly expressions: Readonly<Record<string, readonly string[]>>;
  readonly clauses: readonly string[];
  readonly embedding: readonly string[];
  readonly requests: readonly string[];
  readonly ends: readonly string[];
  /** What may be typed for the name of a command, alone or with the word that follows it; the first is shown. */
  readonly commands: Readonly<Record<string, string>>;
}

/** A language that sentences are read in. */
export interface Language {
  readonly code: string;
  readonly list: WordList;
  /** Whether a "not" may stand in the middle of what is to be written down: "Setz den Raum nicht auf den Plan". */
  readonly deniesInside: boolean;
  /** The words of a text, up to so many of its characters. */
  wordsOf(text: string, longest?: number): readonly Word[];
  isStop(stem: string): boolean;
  isQuestion(stem: string): boolean;
  /** Whether a word does more than hold a sentence together, ask, or say "I". */
  isTelling(stem: string): boolean;
}

/** How words of a language are read. */
interface Reading {
  /** A word as most people write it. */
  readonly spelt: (word: string) => string;
  readonly stemmed: (word: string) => string;
  readonly deniesInside: boolean;
}

function languageOf(code: string, list: WordList, { spelt, stemmed, deniesInside }: Reading): Language {
  const contractions = new Map(Object.entries(list.contractions));
  const whole = new Set(list.whole);
  const synonyms = new Map(
    Object.entries(list.synonyms).flatMap(([meaning, words]) =>
      words.map(word => [stemOf(word), stemOf(meaning)] as const),
    ),
  );
  const withExpressions = expressionsOf(list, meant);
  const stops = new Set(list.stop.map(meant));
  const persons = new Set(list.me.map(meant));
  const questions = new Set(list.questions.map(meant));

  function wordsOf(text: string, longest = longestSentence): readonly Word[] {
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

  function meant(word: string): string {
    const stem = stemOf(word);
    return synonyms.get(stem) ?? stem;
  }

  /** Some words have the stem of another one: "communication" is not "community". */
  function stemOf(word: string): string {
    const one = spelt(word);
    return /^[a-z]{3,30}$/.test(one) && !whole.has(one) ? stemmed(one) : one;
  }

  return {
    code,
    list,
    deniesInside,
    wordsOf,
    isStop: stem => stops.has(stem),
    isQuestion: stem => questions.has(stem),
    isTelling: stem => !stops.has(stem) && !questions.has(stem) && !persons.has(stem) && !stem.startsWith('@'),
  };
}

/** "Get rid of your messages" says what "stop your messages" says. */
function expressionsOf(list: WordList, meant: (word: string) => string): (words: readonly Word[]) => readonly Word[] {
  /** Several words that mean one: its text, and theirs, by the first of them and the longest first. */
  const expressions: ReadonlyMap<string, readonly Expression[]> = Map.groupBy(
    Object.entries(list.expressions)
      .flatMap(([meaning, said]) => said.map((one): Expression => ({ meaning, words: one.split(' ') })))
      .toSorted((one, other) => other.words.length - one.words.length),
    ({ words: [first = ''] }) => first,
  );
  return words => {
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
  };
}

export const english = languageOf('en', en, { spelt: word => word, stemmed: stemmer, deniesInside: false });
export const german = languageOf('de', de, { spelt: withoutUmlauts, stemmed: germanStem, deniesInside: true });

/** "ueberblick" is "überblick", whose dots are gone by then; "neue" and "quelle" are words as they are. */
function withoutUmlauts(word: string): string {
  return word.replaceAll(/(?<![aeq])ue|ae|oe/g, two => two[0]!);
}

/** What people are told to type for a command, in the language closest to a locale: "Woche" for `week`. */
export function commandNameIn(locale: string | null | undefined, name: string): string {
  const { list } = closestLocale(locale, languages).startsWith(german.code) ? german : english;
  const typed = Object.entries(list.commands).find(([, own]) => own === name || own.startsWith(`${name} `));
  return typed?.[0] ?? name;
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

/** Lower case, without accents and with one kind of apostrophe. */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('’', "'").toLowerCase().replaceAll('ß', 'ss');
}

import type { Member } from '../../domain/community.ts';
import { daysIn } from './days.ts';
import { comparable, matchPhrase, readingsOf } from './match.ts';
import type { Passages } from './passages.ts';
import { peopleIn } from './people.ts';
import type { Intent, Phrase, Phrases } from './phrases.ts';
import { longestSentence, slot, wordsOf, type Word } from './words.ts';
import en from './words.en.json' with { type: 'json' };

/** Something that a sentence may mean. */
export interface Meaning {
  /** What could be typed instead. */
  readonly typed: string;
  /** How a person would say it. */
  readonly label: string;
  /** From 0 to 1. */
  readonly certainty: number;
}

export interface Reader {
  readonly phrases: Phrases;
  readonly passages: Passages;
  readonly members: readonly Member[];
  /** Where the community is. */
  readonly today: string;
  readonly locale: string;
  /** Whether doing it changes something: then a question, a "not" and what somebody else said are none of it. */
  readonly changes: (typed: string) => boolean;
}

/** A word in its place, or several that name a day or people. */
type Token = Pick<Word, 'stem' | 'from' | 'to'>;

/** Below this a sentence has nothing to do with an example. */
const leastCertainty = 0.3;
/** How much is left where what varies is nothing that the community wrote, and what a whole name adds. */
const unnamedFactor = 0.5;
/** A passage answers only what no example does. */
const passageFactor = 0.9;
/** Words for what is done, but not as a wish. */
const notMeantFactor = 0.6;

/** What a sentence may mean, the surest first. */
export function meaningsOf(sentence: string, reader: Reader): readonly Meaning[] {
  const read = sentence.slice(0, longestSentence);
  const tokens = withoutFillers(tokensOf(read, reader));
  const stems = tokens.map(({ stem }) => stem);
  const { phrases } = reader;
  const compared = comparable(phrases, stems);
  const best = new Map<Intent, Meaning>();
  for (const phrase of phrases.like(readingsOf(phrases, stems))) {
    const { certainty, span } = matchPhrase(phrases, compared, phrase);
    if (certainty < leastCertainty || certainty <= (best.get(phrase.intent)?.certainty ?? 0)) continue;
    const filled = span && tokens.slice(...span);
    const meaning: Meaning = {
      typed: written(phrase.intent.typed, filled, read),
      label: written(phrase.intent.label, filled, read),
      certainty: certainty * named(phrase, filled, reader) * meant(phrase, read, tokens, reader),
    };
    if (meaning.certainty > (best.get(phrase.intent)?.certainty ?? 0)) best.set(phrase.intent, meaning);
  }
  return [...best.values(), ...inPassages(stems, reader)].toSorted((one, other) => other.certainty - one.certainty);
}

/** What the community wrote about it. */
function inPassages(stems: readonly string[], { passages }: Reader): readonly Meaning[] {
  return passages
    .find(stems)
    .slice(0, 3)
    .map(({ passage: { typed, title }, certainty }) => ({ typed, label: title, certainty: certainty * passageFactor }));
}

function tokensOf(sentence: string, { members, today, locale, phrases }: Reader): readonly Token[] {
  const words = wordsOf(sentence);
  const spans = [
    ...daysIn(sentence, { today, locale }).map(({ from, to }) => ({ stem: '@day', from, to })),
    ...peopleIn(sentence, words, { members, isKnown: phrases.isKnown }).map(({ from, to }) => ({
      stem: '@person',
      from,
      to,
    })),
  ];
  const tokens: Token[] = [];
  for (const word of words) {
    const span = spans.find(({ from, to }) => word.from >= from && word.to <= to);
    if (!span) tokens.push(/^\d+$/.test(word.text) ? { ...word, stem: '@number' } : word);
    else if (tokens.at(-1) !== span) tokens.push(span);
  }
  return tokens;
}

const starts = longestFirst(en.fillers.start);
const ends = longestFirst(en.fillers.end);

function longestFirst(all: readonly string[]): readonly (readonly string[])[] {
  return all.map(words => wordsOf(words).map(({ stem }) => stem)).toSorted((one, other) => other.length - one.length);
}

/** Without "Hi, could you please tell me" and "thanks", unless that is all there is. */
function withoutFillers(tokens: readonly Token[]): readonly Token[] {
  let [from, to] = [0, tokens.length];
  const isAt = (place: number, stems: readonly string[]): boolean =>
    stems.every((stem, index) => tokens[place + index]?.stem === stem);
  for (
    let found: readonly string[] | undefined;
    (found = starts.find(stems => from + stems.length < to && isAt(from, stems)));
  )
    from += found.length;
  for (
    let found: readonly string[] | undefined;
    (found = ends.find(stems => to - stems.length > from && isAt(to - stems.length, stems)));
  )
    to -= found.length;
  return tokens.slice(from, to);
}

/** What could be typed, or is said, with the sentence's own words in the place of what varies. */
function written(example: string, filled: readonly Token[] | null, sentence: string): string {
  const [first, last] = [filled?.[0], filled?.at(-1)];
  const words = first && last ? sentence.slice(first.from, last.to) : '';
  return example.replace(/…|@\p{L}+/u, () => words).trim();
}

/** Whether what varies is something that the community wrote, of the kind that the example wants. */
function named({ slot: wanted }: Phrase, filled: readonly Token[] | null, { passages }: Reader): number {
  if (wanted === null || wanted === slot || !filled) return 1;
  const [hit] = passages.find(
    filled.map(({ stem }) => stem),
    wanted.slice(1),
  );
  return unnamedFactor + (1 - unnamedFactor) * (hit?.certainty ?? 0);
}

/** "Is it done?", "not done" and "she said done" are no wish to have it done. */
function meant(
  { intent, before, after }: Phrase,
  sentence: string,
  tokens: readonly Token[],
  { changes }: Reader,
): number {
  if (!changes(intent.typed)) return 1;
  const first = tokens[0];
  const said = first ? wordsOf(sentence.slice(first.from)).map(({ text }) => text) : [];
  const example = new Set([...before, ...after]);
  const isAsked =
    en.asks.some(ask => ` ${said.join(' ')} `.startsWith(` ${ask} `)) &&
    !example.has(wordsOf(said[0] ?? '')[0]?.stem ?? '');
  const isDenied = wordsOf(said.join(' ')).some(({ text, stem }) => en.negations.includes(text) && !example.has(stem));
  const isQuoted = /["“”«»„][^"“”«»„]+["“”«»„]/.test(sentence) && !/^\W*["“”«»„]/.test(sentence);
  return isAsked || isDenied || isQuoted ? notMeantFactor : 1;
}

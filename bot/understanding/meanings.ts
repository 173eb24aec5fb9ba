import type { Member } from '../../domain/community.ts';
import { daysIn } from './days.ts';
import { comparable, matchPhrase, readingsOf } from './match.ts';
import type { Passages } from './passages.ts';
import { peopleIn } from './people.ts';
import { isClass, wholeSentence, type Phrase, type Phrases } from './phrases.ts';
import { beginsQuoted, english, folded, german, longestSentence, slot, type Language, type Word } from './words.ts';

/** Something that a sentence may mean. */
export interface Meaning {
  /** What could be typed instead. */
  readonly typed: string;
  /** How a person would say it. */
  readonly label: string;
  /** How like its words are to an example, from 0 to 1. */
  readonly certainty: number;
  /** How likely all examples together make it, from 0 to 1; null for what the community wrote. */
  readonly likelihood: number | null;
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
  /** How a guess is said in the reader's own language; undefined where that has no words for it. */
  readonly labelOf: (typed: string) => string | undefined;
}

/** A word in its place, or several that name a day or people. */
interface Token extends Pick<Word, 'stem' | 'to'> {
  /** Where it begins, as it is said again. */
  readonly from: number;
  /** Where its first word begins, when others before it belong to it. */
  readonly with?: number;
}

/** A sentence, with what stands in the place of what varies. */
interface Filled {
  readonly sentence: string;
  readonly tokens: readonly Token[];
  readonly filled: readonly Token[] | null;
}

/** Below this a sentence has nothing to do with an example. */
const leastCertainty = 0.3;
/** How much is left where what varies is nothing that the community wrote, and where it hardly is. */
const unnamedFactor = 0.4;
const hardlyNamedFactor = 0.7;
const leastNamed = 0.75;
/** In words: nothing that a community wrote is named by more. */
const longestName = 20;
/** How many examples are looked at for support, and how much of a doubt it takes away. */
const mostNear = 8;
const supportFactor = 0.35;
const leastSupported = 0.5;
/** A passage answers only what no example does. */
const passageFactor = 0.9;
/** Words for what is done, but not as a wish. */
const notMeantFactor = 0.6;
/** Words in quotation marks, which are asked about. */
const quotedFactor = 0.7;

/** What a sentence may mean, the surest first. */
export function meaningsOf(sentence: string, reader: Reader): readonly Meaning[] {
  const read = sentence.slice(0, longestSentence);
  const all = tokensOf(read, reader);
  const short = withoutFillers(all, reader.phrases.language);
  // "Great" begins a question, and thanks for a "great job".
  const meanings = (short.length === all.length ? [all] : [short, all]).flatMap(tokens =>
    meaningsIn(read, tokens, reader),
  );
  return meanings.toSorted((one, other) => other.certainty - one.certainty);
}

function meaningsIn(sentence: string, all: readonly Token[], reader: Reader): readonly Meaning[] {
  const { tokens, reason } = withoutReason(all, sentence, reader.phrases.language.list);
  const stems = tokens.map(({ stem }) => stem);
  const { phrases } = reader;
  const named = nameLookUp(reader);
  const compared = comparable(phrases, stems);
  const candidates = phrases.like(readingsOf(phrases, stems)).flatMap((phrase): Candidate[] => {
    const { certainty, span } = matchPhrase(phrases, compared, phrase);
    if (certainty < leastCertainty) return [];
    const filled = span && tokens.slice(...span);
    const factor = named(phrase, filled);
    // "What about the flurb?" asks about nothing that there is; what is to be done with it may be asked back.
    if (factor === unnamedFactor && !reader.changes(phrase.intent.typed)) return [];
    const likely = certainty * factor * meant(phrase, { sentence, tokens, filled }, reader);
    return [{ phrase, filled, certainty: likely }];
  });
  const likelihood = phrases.likelihood(compared.spelt);
  const supported = withSupport(candidates).map(
    ({ phrase: { intent }, filled, certainty }): Meaning => ({
      // Whoever changes something may say why; the command reads it.
      typed: `${written(intent.typed, { sentence, tokens, filled })}${reader.changes(intent.typed) ? reason : ''}`,
      label: written(reader.labelOf(intent.typed) ?? intent.label, { sentence, tokens, filled }),
      certainty,
      likelihood: likelihood(intent),
    }),
  );
  return [...supported, ...inPassages(stems, reader)];
}

interface Candidate {
  readonly phrase: Phrase;
  readonly filled: readonly Token[] | null;
  readonly certainty: number;
}

/** The best candidate of each intent, surer the more of the other likely ones mean the same. */
function withSupport(candidates: readonly Candidate[]): readonly Candidate[] {
  const likely = candidates.toSorted((one, other) => other.certainty - one.certainty);
  const near = likely.slice(0, mostNear);
  const all = near.reduce((sum, { certainty }) => sum + certainty, 0);
  return [...Map.groupBy(likely, ({ phrase }) => phrase.intent)].flatMap(([, [best, ...others]]) => {
    if (!best) return [];
    // Many that are hardly like it are no support.
    if (best.certainty < leastSupported) return [best];
    const same = [best, ...others].filter(one => near.includes(one)).reduce((sum, { certainty }) => sum + certainty, 0);
    return [
      { ...best, certainty: best.certainty + (1 - best.certainty) * supportFactor * (all === 0 ? 0 : same / all) },
    ];
  });
}

/** What the community wrote about it. */
function inPassages(stems: readonly string[], { passages }: Reader): readonly Meaning[] {
  return passages
    .find(stems)
    .slice(0, 3)
    .map(({ passage: { typed, title }, certainty }) => ({
      typed,
      label: title,
      certainty: certainty * passageFactor,
      likelihood: null,
    }));
}

function tokensOf(sentence: string, { members, today, locale, phrases }: Reader): readonly Token[] {
  const { language } = phrases;
  // "Who is new…?": only in examples it stands for something.
  const words = language.wordsOf(sentence).filter(({ stem }) => stem !== slot);
  const spans: readonly Token[] = [
    ...daysIn(sentence, { today, locale, language }).map(({ from, begins, to }) => ({
      stem: '@day',
      from: begins,
      with: from,
      to,
    })),
    ...peopleIn(sentence, words, { members, isKnown: stem => language.isStop(stem) || phrases.isKnown(stem) }).map(
      ({ from, to }) => ({
        stem: '@person',
        from,
        to,
      }),
    ),
  ];
  const tokens: Token[] = [];
  for (const word of words) {
    const span = spans.find(one => word.from >= (one.with ?? one.from) && word.to <= one.to);
    if (!span) tokens.push(/^\d+$/.test(word.text) ? { ...word, stem: '@number' } : word);
    else if (tokens.at(-1) !== span) tokens.push(span);
  }
  return tokens;
}

interface Fillers {
  readonly starts: readonly (readonly string[])[];
  readonly ends: readonly (readonly string[])[];
}

function fillersOf({ list, wordsOf }: Language): Fillers {
  const longestFirst = (all: readonly string[]): readonly (readonly string[])[] =>
    all.map(words => wordsOf(words).map(({ stem }) => stem)).toSorted((one, other) => other.length - one.length);
  return { starts: longestFirst(list.fillers.start), ends: longestFirst(list.fillers.end) };
}

const fillers: ReadonlyMap<Language, Fillers> = new Map(
  [english, german].map(language => [language, fillersOf(language)]),
);

/** Whether this says nothing but "hi, quick one". */
export function isFiller(sentence: string, language: Language): boolean {
  const { starts, ends } = fillers.get(language) ?? fillersOf(language);
  let left = language.wordsOf(sentence).map(({ stem }) => stem);
  for (
    let found: readonly string[] | undefined;
    left.length > 0 && (found = [...starts, ...ends].find(stems => stems.every((stem, index) => left[index] === stem)));
  )
    left = left.slice(found.length);
  return left.length === 0;
}

/** Without "Hi, could you please tell me" and "thanks", unless that is all there is. */
function withoutFillers(tokens: readonly Token[], language: Language): readonly Token[] {
  const { starts, ends } = fillers.get(language) ?? fillersOf(language);
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
  const left = tokens.slice(from, to);
  return left.every(({ stem }) => language.isStop(stem)) ? tokens : left;
}

/** "The report is stuck because nobody answers" is about the report. */
function withoutReason(
  tokens: readonly Token[],
  sentence: string,
  { reasons }: Language['list'],
): { readonly tokens: readonly Token[]; readonly reason: string } {
  const at = tokens.findIndex(({ from, to }, index) => {
    const word = folded(sentence.slice(from, to));
    const isAfterComma = /,\s*$/.test(sentence.slice(0, from));
    return index > 1 && (reasons.includes(word) || (isAfterComma && reasons.includes(`, ${word}`)));
  });
  const because = tokens[at];
  return because ? { tokens: tokens.slice(0, at), reason: ` ${sentence.slice(because.from)}` } : { tokens, reason: '' };
}

/** What could be typed, or is said, with the sentence's own words in the place of what varies. */
function written(example: string, { sentence, tokens, filled }: Filled): string {
  return example
    .replace(/…|@\p{L}+/gu, place => {
      if (place === wholeSentence) return sentence;
      const words = isClass(place) ? tokens.filter(({ stem }) => stem === place) : (filled ?? []);
      const [first, last] = [words[0], words.at(-1)];
      return first && last ? sentence.slice(first.from, last.to) : '';
    })
    .trim();
}

/**
 * Whether what varies is something that the community wrote, of the kind that an example wants; each is looked up once.
 */
function nameLookUp({ passages }: Reader): (phrase: Phrase, filled: readonly Token[] | null) => number {
  const known = new Map<string, number>();
  return ({ slot: wanted }, filled) => {
    if (wanted === null || wanted === slot || !filled) return 1;
    if (filled.length > longestName) return unnamedFactor;
    const stems = filled.map(({ stem }) => stem);
    const key = `${wanted} ${stems.join(' ')}`;
    const factor = known.get(key) ?? namedFactor(passages.find(stems, wanted.slice(1))[0]?.certainty ?? 0);
    known.set(key, factor);
    return factor;
  };
}

function namedFactor(certainty: number): number {
  return certainty < leastNamed ? unnamedFactor : hardlyNamedFactor + (1 - hardlyNamedFactor) * certainty;
}

/** "Is it done?", "not done" and "she said done" are no wish to have it done. */
function meant(
  { intent, before, after, slot: wanted }: Phrase,
  { sentence, tokens, filled }: Filled,
  { changes, phrases: { language } }: Reader,
): number {
  if (!changes(intent.typed)) return 1;
  const { list, wordsOf } = language;
  // What is to be written down may say anything.
  const isWritten = wanted === slot && filled !== null && filled[0] !== tokens[0];
  const words = isWritten ? tokens.filter(token => !filled.includes(token)) : tokens;
  const said = words.flatMap(({ from, to }) => wordsOf(sentence.slice(from, to)));
  const example = new Set([...before, ...after]);
  const isAsked =
    (list.asks.some(ask => `${said.map(({ text }) => text).join(' ')} `.startsWith(`${ask} `)) ||
      isOpenQuestion(sentence, language)) &&
    !example.has(said[0]?.stem ?? '');
  // "Do not stop sending me messages" takes back what "do not send me messages" says.
  const mayDeny = language.deniesInside ? wordsOf(sentence) : said;
  const isDenied = mayDeny.some(
    ({ text, stem }) => (list.negations.includes(text) || list.ends.includes(stem)) && !example.has(stem),
  );
  const isTold = said.some(({ text }) => list.telling.includes(text));
  // "Not sure the shelf is done", also where that is no part of what is compared.
  const all = ` ${wordsOf(sentence)
    .map(({ text }) => text)
    .join(' ')} `;
  const isDoubted = !isWritten && list.doubts.some(doubt => all.includes(` ${doubt} `));
  // "Remind me of what I took on" wants to know it.
  const isQuestionWritten = language.isQuestion(filled?.find(({ stem }) => !language.isStop(stem))?.stem ?? '');
  if (isQuoted(sentence, filled)) return quotedFactor;
  return isAsked || isQuestionWritten || isDenied || isTold || isDoubted ? notMeantFactor : 1;
}

/** "Finished stuff?" asks; "could you mark it as done?" is a wish. */
function isOpenQuestion(sentence: string, { list, wordsOf }: Language): boolean {
  return /\?\s*$/.test(sentence) && !wordsOf(sentence).some(({ text }) => list.requests.includes(text));
}

/** Somebody else's words; not those that say what is meant. */
function isQuoted(sentence: string, filled: readonly Token[] | null): boolean {
  const quoted = /["“”«»„]([^"“”«»„]+)["“”«»„]/.exec(sentence);
  if (!quoted) return beginsQuoted(sentence);
  const [first, last] = [filled?.[0], filled?.at(-1)];
  return !(first && last && quoted.index >= first.from - 1 && quoted.index + quoted[0].length <= last.to + 1);
}

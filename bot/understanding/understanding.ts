import { timeZoneOf, type Community } from '../../domain/community.ts';
import { localDay } from '../../domain/schedule.ts';
import type { Command, Feature, Found } from '../feature.ts';
import type { Clock, Log, Roster } from '../ports.ts';
import type { Texts } from '../text.ts';
import { clausesOf } from './clauses.ts';
import { asked, decide, isLikeIt, isSureToChange, type Decision, type Exact } from './decision.ts';
import { readFound } from './found.ts';
import { createKnownPassages } from './known-passages.ts';
import { isFiller, meaningsOf, type Meaning, type Reader } from './meanings.ts';
import { readPhrases, type Phrases } from './phrases.ts';
import { beginsQuoted, english, german, longestSentence, quotedIn, type Language } from './words.ts';

/** What somebody said, and where. */
interface Sentence {
  readonly text: string;
  readonly community: Community;
  readonly locale: string | null | undefined;
  /** The command whose name it begins with; null for none. */
  readonly exact: Exact | null;
}

/** What a sentence means, or may mean. */
export type Reading =
  | { readonly kind: 'sure'; readonly name: string; readonly rest: string; readonly found: Found }
  | Exclude<Decision, { kind: 'sure' }>;

/** Reads sentences. Nothing is done, nothing is kept, and nothing leaves the server. */
export interface Understanding {
  /** What is to be done with a sentence. */
  read(sentence: Sentence): Promise<Reading>;
  /** Something of this community has changed. */
  changed(community: string): void;
}

export interface UnderstandingParts {
  /** Their phrases, passages and commands. */
  readonly features: readonly Feature[];
  readonly roster: Pick<Roster, 'members'>;
  readonly texts: Texts;
  readonly clock: Clock;
  readonly log: Log;
}

export function createUnderstanding(parts: UnderstandingParts): Understanding {
  const { features, roster, clock } = parts;
  const inEnglish = readPhrases(features, english);
  const inGerman = readPhrases(features, german);
  const known = createKnownPassages(parts);
  const commands = features.flatMap(feature => feature.commands ?? []);
  const { commandOf, changes, showsFirst, takesQuestions } = knowing(commands);

  async function readerFor({ text, community, locale }: Sentence) {
    const own = locale?.toLowerCase().startsWith(german.code) ? inGerman : inEnglish;
    const phrases = languageSpoken(text, own === inGerman ? [inGerman, inEnglish] : [inEnglish, inGerman]);
    const { language } = phrases;
    const [members, passages] = await Promise.all([
      roster.members(community.id),
      known.of(community, locale ?? 'en', language),
    ]);
    const today = localDay(clock(), timeZoneOf(community));
    return { members, passages, today, locale: locale ?? 'en', language, phrases, changes, labelOf: own.labelOf };
  }

  /**
   * Words in quotation marks that would change something are asked about, unless they are what is to be written down.
   */
  function orAsked(
    decision: Decision,
    { text, said }: { readonly text: string; readonly said: readonly Meaning[] },
    reader: Reader,
  ): Decision {
    const quoted = quotedIn(text);
    const isShown = decision.kind === 'sure' && showsFirst(decision.typed) && quoted !== '';
    if (decision.kind === 'sure' && changes(decision.typed) && !isShown) return decision;
    const act = meaningsOf(quoted, reader).find(({ typed, certainty }) => changes(typed) && isSureToChange(certainty));
    return act ? asked([act, ...said.filter(({ typed }) => typed !== act.typed)]) : decision;
  }

  async function read(sentence: Sentence): Promise<Reading> {
    const reader = await readerFor(sentence);
    const isKept = sentence.exact !== null && takesQuestions(sentence.exact.name);
    if (isKept && asksFirst(sentence.exact.rest, reader.language)) return surely(sentence.exact, reader);
    const { text, exact } = asMeant(sentence, { language: reader.language, changes });
    const meanings = exact?.rest === '' ? [] : meaningsOf(text, reader);
    const isWhole = exact !== null && (!changes(exact.name) || isLikeIt(meanings, exact, commandOf));
    const said = isWhole ? meanings : withClauses(meanings, text, reader);
    const decision = orAsked(decide(said, exact, { commandOf, changes, showsFirst }), { text, said }, reader);
    const isUnknown = (typed: string): boolean => isForOthers(commandIn(commands, typed), typed, text);
    if (decision.kind === 'guesses') return withoutUnknown(decision.guesses, isUnknown);
    if (decision.kind !== 'sure') return decision;
    const { typed } = decision;
    const command = commandIn(commands, typed);
    if (command === undefined) return { kind: 'unknown' };
    const { name } = command;
    const rest = typed.slice(name.length).trim();
    if (isUnknown(typed)) return { kind: 'unknown' };
    return surely({ name, rest }, reader);
  }

  return { read, changed: known.changed };
}

/** What is known of commands, by their name or by what was typed for one. */
function knowing(commands: readonly Command[]) {
  return {
    commandOf: (typed: string): string | undefined => commandIn(commands, typed)?.name,
    changes: (typed: string): boolean => commandIn(commands, typed)?.changes ?? false,
    showsFirst: (typed: string): boolean => commandIn(commands, typed)?.showsFirst ?? false,
    takesQuestions: (name: string): boolean => commands.find(one => one.name === name)?.takesQuestions ?? false,
  };
}

function surely(
  { name, rest }: Exact,
  reader: Omit<Parameters<typeof readFound>[1], 'isKnown'> & { readonly phrases: Phrases },
): Extract<Reading, { kind: 'sure' }> {
  const { language, isKnown } = reader.phrases;
  return { kind: 'sure', name, rest, found: readFound(rest, { ...reader, language, isKnown }) };
}

/** So like an example a guess must be that stands behind what nobody knows. */
const likeEnough = 0.6;

/** “done” in quotation marks is somebody's word, and "remind me who coordinates" asks who does. */
function asMeant(
  { text, exact }: Sentence,
  { language, changes }: { readonly language: Language; readonly changes: (typed: string) => boolean },
): Pick<Sentence, 'text' | 'exact'> {
  if (exact === null || !changes(exact.name)) return { text, exact };
  if (beginsQuoted(text) || (language.deniesInside && isDenied(exact.rest, language))) return { text, exact: null };
  return asksFirst(exact.rest, language) ? { text: exact.rest, exact: null } : { text, exact };
}

function asksFirst(rest: string, { wordsOf, isQuestion }: Language): boolean {
  const [first] = wordsOf(rest.slice(0, longestSentence));
  return first !== undefined && isQuestion(first.stem);
}

function isDenied(rest: string, { wordsOf, list }: Language): boolean {
  return wordsOf(rest).some(({ text }) => list.negations.includes(text));
}

/**
 * The language that most words of a sentence are of, the first of these where they are of several: those that hold
 * sentences together, and those of examples.
 */
function languageSpoken(sentence: string, [first, ...others]: readonly [Phrases, ...Phrases[]]): Phrases {
  const count = ({ language, isKnown }: Phrases): number =>
    language
      .wordsOf(sentence)
      .reduce(
        (sum, { stem }) =>
          sum +
          (language.isStop(stem) || language.isQuestion(stem) ? 2 : language.isTelling(stem) && !isKnown(stem) ? 0 : 1),
        0,
      );
  return others.reduce((best, other) => (count(other) > count(best) ? other : best), first);
}

/** One clause of several says less than the whole, and is no wish: what stands around it may take it back. */
const clauseFactor = 0.95;
/** So sure a question must be to count alone: "I am new here. What is on the plan?" asks for the plan. */
const sureQuestion = 0.64;

/** What is asked in one clause of several is asked, whatever the others say. */
function withClauses(whole: readonly Meaning[], text: string, reader: Reader): readonly Meaning[] {
  const { language } = reader.phrases;
  const telling = clausesOf(text.slice(0, longestSentence), language).filter(
    ({ text: clause }) => !isFiller(clause, language),
  );
  const clauses = telling.map(({ text: clause, isQuestion }) => ({
    isQuestion,
    // "Who are they?" asks about what was said before.
    tells: language.wordsOf(clause).some(({ stem }) => language.isTelling(stem)),
    meanings: meaningsOf(clause, reader)
      .filter(({ typed }) => !reader.changes(typed))
      .map(one => ({ ...one, certainty: one.certainty * clauseFactor })),
  }));
  const questions = clauses.filter(
    ({ isQuestion, meanings: [best], tells }) => isQuestion && tells && best && best.certainty >= sureQuestion,
  );
  const asked = questions.length > 0 ? questions : clauses;
  if (asked.length === 0) return whole;
  const besides = questions.length > 0 ? whole.filter(({ typed }) => reader.changes(typed)) : whole;
  return [...besides, ...asked.flatMap(({ meanings }) => meanings)].toSorted(
    (one, other) => other.certainty - one.certainty,
  );
}

/** Whether it is like what no feature knows: that is passed on as it was said. */
function isForOthers(command: Command | undefined, typed: string, text: string): boolean {
  return (
    command?.fallback === true && typed.slice(command.name.length).trim() === text.slice(0, longestSentence).trim()
  );
}

/** Guesses without what nobody knows; where that comes first, the others are offered only when they are like it, too. */
function withoutUnknown(
  guesses: readonly Meaning[],
  isUnknown: (typed: string) => boolean,
): Exclude<Decision, { kind: 'sure' }> {
  const known = guesses.filter(({ typed }) => !isUnknown(typed));
  const isLike = known[0] === guesses[0] || (known[0]?.certainty ?? 0) >= likeEnough;
  return isLike ? { kind: 'guesses', guesses: known } : { kind: 'unknown' };
}

/** The command that is typed so: of several that fit, the longest. */
function commandIn(commands: readonly Command[], typed: string): Command | undefined {
  return commands
    .filter(({ name }) => `${typed} `.startsWith(`${name} `))
    .toSorted((one, other) => other.name.length - one.name.length)[0];
}

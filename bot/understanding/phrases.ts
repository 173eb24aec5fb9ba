import MiniSearch from 'minisearch';
import { z } from 'zod';
import type { Feature } from '../feature.ts';
import { learnt, type Classifier } from './classifier.ts';
import { similarity } from './similarity.ts';
import { slot, type Language } from './words.ts';

/** What a sentence may mean: something that could be typed instead. */
interface Intent {
  /** The name of a command and what follows it, such as `plan overdue`; for what varies a slot. */
  readonly typed: string;
  /** How a person would say it: its first phrase. */
  readonly label: string;
  /** What fills the slot of its phrases: anything, or what the community wrote of this kind; null without a slot. */
  readonly takes: string | null;
}

/** An example of what people say. */
export interface Phrase {
  readonly intent: Intent;
  /** Stems before what varies, and after it; all of them before when nothing does. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** What varies: `…` for anything, `@action` for something the community wrote. */
  readonly slot: string | null;
}

/** Every example, and which of them share words with a sentence. */
export interface Phrases {
  readonly language: Language;
  readonly intents: readonly Intent[];
  isKnown(stem: string): boolean;
  /** How a person would say what could be typed; undefined where there is no example of it. */
  labelOf(typed: string): string | undefined;
  /** Stems of the examples that a misspelt or cut word may stand for, each with how alike they are, from 0 to 1. */
  near(stem: string): ReadonlyMap<string, number>;
  /** How much a stem says about what is meant, 0 for nothing: what stands in many examples says little. */
  weight(stem: string): number;
  /** How likely a sentence of these stems means each intent, learnt from all examples together. */
  likelihood(stems: readonly string[]): (intent: Intent) => number;
  /** The examples that have some of these stems, the most alike first. */
  like(stems: readonly string[]): readonly Phrase[];
}

/** In what could be typed: all that was said, for a command that reads the whole of it. */
export const wholeSentence = '@sentence';

const Examples = z.record(z.string(), z.array(z.string()).min(1));
/** Stand for themselves: a sentence's own people, days and figures are put in the same words. */
const classes: ReadonlySet<string> = new Set(['@person', '@day', '@number', wholeSentence]);
const mostAlike = 60;
/** In letters: shorter words have no stem that a mistake would spoil. */
const shortestMisspelt = 6;

/** Whether a word of an example stands for somebody, a day or a figure. */
export function isClass(word: string): boolean {
  return classes.has(word);
}

/** Reads the examples of all features in a language. */
export function readPhrases(sources: readonly Pick<Feature, 'text'>[], language: Language): Phrases {
  const { wordsOf } = language;
  const intents: Intent[] = [];
  const phrases: Phrase[] = [];
  const spellings = new Map<string, string>();
  for (const { text } of sources)
    for (const [typed, examples] of Object.entries(examplesIn(text[language.code] ?? {}))) {
      const parsed = examples.map(example => split(wordsOf(example).map(({ stem }) => stem)));
      for (const { text: spelt, stem } of examples.flatMap(example => wordsOf(example))) spellings.set(spelt, stem);
      const intent = { typed, label: examples[0]!, takes: parsed.find(one => one.slot !== null)?.slot ?? null };
      intents.push(intent);
      // What could be typed is an example too, of what its phrases take.
      const itself = split(wordsOf(typed).flatMap(({ stem }) => (stem === wholeSentence ? [] : [stem])));
      for (const one of [...parsed, { ...itself, slot: itself.slot && intent.takes }]) phrases.push({ intent, ...one });
    }
  return indexed(intents, phrases, { spellings, language });
}

function examplesIn(sentences: object): z.infer<typeof Examples> {
  return 'phrases' in sentences ? Examples.parse(sentences.phrases) : {};
}

function split(stems: readonly string[]): Pick<Phrase, 'before' | 'after' | 'slot'> {
  const at = stems.findIndex(stem => stem === slot || (stem.startsWith('@') && !isClass(stem)));
  if (at < 0) return { before: stems, after: [], slot: null };
  return { before: stems.slice(0, at), after: stems.slice(at + 1), slot: stems[at]! };
}

function indexed(
  intents: readonly Intent[],
  phrases: readonly Phrase[],
  { spellings, language }: { readonly spellings: ReadonlyMap<string, string>; readonly language: Language },
): Phrases {
  const search = new MiniSearch({
    fields: ['stems'],
    tokenize: text => text.split(' '),
    processTerm: term => term,
  });
  search.addAll(phrases.map(({ before, after }, id) => ({ id, stems: [...before, ...after].join(' ') })));
  const whole = [...spellings];
  const words = new MiniSearch({ fields: ['spelt'], tokenize: text => [text], processTerm: term => term });
  words.addAll(whole.map(([spelt], id) => ({ id, spelt })));
  const users = new Map<string, Set<string>>();
  for (const { intent, before, after } of phrases)
    for (const stem of [...before, ...after]) users.set(stem, (users.get(stem) ?? new Set()).add(intent.typed));

  const places = new Map(intents.map((intent, place) => [intent, place]));
  // Learnt when somebody first says something: many a server of a test is never spoken to.
  let classify: Classifier | undefined;
  const learnAll = (): Classifier =>
    learnt(
      phrases.map(({ intent, before, after }) => ({ label: places.get(intent) ?? 0, stems: [...before, ...after] })),
      intents.length,
      language.isStop,
    );

  return {
    language,
    intents,
    labelOf: typed => intents.find(intent => intent.typed === typed)?.label,
    likelihood(stems) {
      classify ??= learnAll();
      const shares = classify(stems);
      return intent => shares[places.get(intent) ?? -1] ?? 0;
    },
    isKnown: stem => users.has(stem),
    near(stem) {
      const near = new Map<string, number>();
      const found = search.search(stem, { fuzzy: stem.length >= 4 ? 2 : 1, prefix: true });
      for (const other of new Set(found.flatMap(({ match }) => Object.keys(match))))
        near.set(other, similarity(stem, other));
      // A misspelt word has no stem, or a wrong one, so it is looked for among whole words, too.
      for (const { id } of stem.length >= shortestMisspelt ? words.search(stem, { fuzzy: 2 }) : []) {
        const [spelt, of] = whole[id as number]!;
        near.set(of, Math.max(near.get(of) ?? 0, similarity(stem, spelt)));
      }
      return near;
    },
    weight: stem => Math.max(0.3, 1.2 - 0.22 * Math.log(users.get(stem)?.size ?? 1)),
    like: stems =>
      search
        .search(stems.join(' '))
        .slice(0, mostAlike)
        .map(({ id }) => phrases[id as number]!),
  };
}

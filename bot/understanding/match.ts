import type { Phrase, Phrases } from './phrases.ts';

/** How well a sentence fits an example. */
export interface Match {
  /** From 0 to 1: 1 when every word of the one is in the other. */
  readonly certainty: number;
  /** Which of the sentence's words stand in the place of what varies: from the first up to, without, the second. */
  readonly span: readonly [number, number] | null;
}

/** A sentence's words as they are compared. */
export interface Compared {
  readonly stems: readonly string[];
  /** The same as examples spell them, where one of theirs is near. */
  readonly spelt: readonly string[];
  /** How alike a word of the sentence, by its place, and a stem of an example are. */
  alike(place: number, stem: string): number;
  /** How much the words at this place say. */
  weight(place: number): number;
}

/** Words that say little, words that ask, and words no example has, which say that something else is meant. */
const weightOfStop = 0.1;
const weightOfQuestion = 0.45;
const weightOfUnknown = 1;
/** What is taken for something that varies is explained, though not as well as by words. */
const slotFactor = 0.94;
/** How many words may stand between those of an example and what varies. */
const mostBetween = 4;

function weightOf(phrases: Phrases, stem: string): number {
  if (phrases.language.isStop(stem)) return weightOfStop;
  if (phrases.language.isQuestion(stem)) return weightOfQuestion;
  return phrases.isKnown(stem) ? phrases.weight(stem) : weightOfUnknown;
}

/** Makes a sentence comparable: each of its words is looked up once. */
export function comparable(phrases: Phrases, stems: readonly string[]): Compared {
  const readings = stems.map(stem => {
    if (phrases.isKnown(stem) || phrases.language.isStop(stem)) return new Map([[stem, 1]]);
    return new Map([...phrases.near(stem)].filter(([, alike]) => alike > 0));
  });
  const nearest = (place: number): string | undefined =>
    [...(readings[place] ?? [])].toSorted(([, one], [, other]) => other - one)[0]?.[0];
  return {
    stems,
    spelt: stems.map((stem, place) => nearest(place) ?? stem),
    alike: (place, stem) => readings[place]?.get(stem) ?? 0,
    weight: place => weightOf(phrases, nearest(place) ?? stems[place] ?? ''),
  };
}

/** Other stems that a sentence's words may stand for, to find examples by. */
export function readingsOf(phrases: Phrases, stems: readonly string[]): readonly string[] {
  return stems.flatMap(stem =>
    phrases.isKnown(stem) || phrases.language.isStop(stem)
      ? [stem]
      : [...phrases.near(stem)].flatMap(([other, alike]) => (alike > 0 ? [other] : [])),
  );
}

export function matchPhrase(phrases: Phrases, sentence: Compared, phrase: Phrase): Match {
  const { before, after, slot } = phrase;
  const end = sentence.stems.length;
  if (slot === null) return { certainty: fit(phrases, sentence, [{ stems: before, from: 0, to: end }]), span: null };

  let best: Match = { certainty: 0, span: null };
  const lastFrom = Math.min(end - 1, before.length + mostBetween);
  const firstTo = after.length === 0 ? end : Math.max(1, end - after.length - mostBetween);
  for (let from = before.length === 0 ? 0 : Math.max(0, before.length - 2); from <= lastFrom; from++)
    for (let to = Math.max(from + 1, firstTo); to <= end; to++) {
      const parts = [
        { stems: before, from: 0, to: from },
        { stems: after, from: to, to: end },
      ];
      const certainty = fit(phrases, sentence, parts) * slotFactor;
      if (certainty > best.certainty) best = { certainty, span: [from, to] };
    }
  return best;
}

/** Some stems of an example, and where in the sentence they are looked for. */
interface Part {
  readonly stems: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** How much of the example is in the sentence, and how much of the sentence in the example, as one number. */
function fit(phrases: Phrases, sentence: Compared, parts: readonly Part[]): number {
  let [wanted, found, said, explained] = [0, 0, 0, 0];
  for (const { stems, from, to } of parts) {
    const used = new Set<number>();
    for (const stem of stems) {
      const weight = weightOf(phrases, stem);
      wanted += weight;
      let [place, alike] = [-1, 0];
      for (let at = from; at < to; at++) {
        const one = used.has(at) ? 0 : sentence.alike(at, stem);
        if (one > alike) [place, alike] = [at, one];
      }
      if (place < 0) continue;
      used.add(place);
      found += weight * alike;
      explained += sentence.weight(place) * alike;
    }
    for (let at = from; at < to; at++) said += sentence.weight(at);
  }
  if (wanted === 0 || said === 0) return 0;
  const [ofExample, ofSentence] = [found / wanted, Math.min(1, explained / said)];
  return ofExample + ofSentence === 0 ? 0 : (2 * ofExample * ofSentence) / (ofExample + ofSentence);
}

/** An example as it is learnt from: the words of something that is meant, in their order. */
export interface Labelled {
  /** What is meant, by its place among everything that can be meant. */
  readonly label: number;
  readonly stems: readonly string[];
}

/** How likely it is, of each thing that can be meant, that these words mean it; together they make 1. */
export type Classifier = (stems: readonly string[]) => readonly number[];

/** How often all examples are gone through: more learns them by heart, and understands other sentences no better. */
const rounds = 4;
const firstRate = 0.3;
/** By how much less each round changes, and the part that all words share. */
const slowing = 0.1;
const sharedRate = 0.1;
/** A sentence's words together weigh as much, however many there are. */
const length = 3;
/** Examples of one thing stand together; taken this far apart, every round sees all of them mixed, and always alike. */
const stride = 1009;

/** A word's place among all words, and its weight. */
type Feature = readonly [place: number, weight: number];

/**
 * Multinomial logistic regression over words and pairs of neighbours, each weighed by how rare it is. It weighs what all
 * examples of one thing have in common against those of everything else, where likeness to single examples sees one at a
 * time. Learnt at start, from the examples alone, and the same each time.
 * @param isStop whether a word says nothing by itself
 */
export function learnt(examples: readonly Labelled[], labels: number, isStop: (stem: string) => boolean): Classifier {
  const words = new Map<string, number>();
  const uses: number[] = [];
  for (const { stems } of examples)
    for (const word of new Set(wordsAndPairs(stems))) {
      const place = words.get(word) ?? words.size;
      words.set(word, place);
      uses[place] = (uses[place] ?? 0) + 1;
    }
  const rarities = uses.map(count => Math.log((examples.length + 1) / count));

  function featuresOf(stems: readonly string[]): readonly Feature[] {
    const known = [...new Set(wordsAndPairs(stems))].flatMap((word): Feature[] => {
      const place = words.get(word);
      return place === undefined ? [] : [[place, rarities[place] ?? 0]];
    });
    // A word that no example has says that something else may be meant, so the others say less.
    const unknown = stems.filter(stem => !words.has(stem) && !isStop(stem)).map(() => Math.log(examples.length + 1));
    const all = Math.hypot(...known.map(([, weight]) => weight), ...unknown) || 1;
    return known.map(([place, weight]) => [place, (weight / all) * length]);
  }

  const weights = new Float32Array(words.size * labels);
  const shared = new Float32Array(labels);
  function classify(features: readonly Feature[]): Float32Array {
    const scores = Float32Array.from(shared);
    for (const [place, weight] of features)
      for (let label = 0; label < labels; label++) scores[label]! += weights[place * labels + label]! * weight;
    return asShares(scores);
  }

  const learning = examples.map(({ label, stems }) => ({ label, features: featuresOf(stems) }));
  for (let round = 0, at = 0; round < rounds; round++) {
    const rate = firstRate / (1 + round * slowing);
    for (let taken = 0; taken < learning.length; taken++) {
      at = (at + stride) % learning.length;
      const { label: right, features } = learning[at]!;
      const off = classify(features);
      off[right]! -= 1;
      for (let label = 0; label < labels; label++) shared[label]! -= off[label]! * rate * sharedRate;
      for (const [place, weight] of features)
        for (let label = 0; label < labels; label++) weights[place * labels + label]! -= off[label]! * rate * weight;
    }
  }
  return stems => [...classify(featuresOf(stems))];
}

function wordsAndPairs(stems: readonly string[]): readonly string[] {
  return [...stems, ...stems.slice(1).map((stem, index) => `${stems[index] ?? ''} ${stem}`)];
}

/** In place: all above zero, and 1 together. */
function asShares(scores: Float32Array): Float32Array {
  const most = scores.reduce((one, other) => Math.max(one, other), -Infinity);
  let sum = 0;
  for (let label = 0; label < scores.length; label++) sum += scores[label] = Math.exp(scores[label]! - most);
  for (let label = 0; label < scores.length; label++) scores[label]! /= sum;
  return scores;
}

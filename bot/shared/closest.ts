import MiniSearch from 'minisearch';

/** What somebody may have meant by their words. */
export interface Closest<One> {
  /** Every word they said is in these, perhaps misspelt or only begun. */
  readonly sure: readonly One[];
  /** When nothing has all the words: what has some of them, the likeliest first. */
  readonly perhaps: readonly One[];
}

/** More words than this are a story and no title. */
const mostWords = 40;
const mostGuesses = 5;
/** A guess that scores less than this part of the best one is noise. */
const worthGuessing = 0.5;

/**
 * Which of these somebody means who writes a few words of a title.
 * @param skip words that mean nothing here, such as `the` and `my`
 */
export function closest<One>(
  words: string,
  ones: readonly One[],
  textOf: (one: One) => string,
  skip: ReadonlySet<string>,
): Closest<One> {
  const meant = wordsOf(words);
  const same = ones.filter(one => wordsOf(textOf(one)).join(' ') === meant.join(' '));
  if (same.length > 0 && meant.length > 0) return { sure: same, perhaps: [] };
  const telling = meant.filter(word => !skip.has(word));
  if (telling.length === 0 || meant.length > mostWords) return { sure: [], perhaps: [] };

  const index = new MiniSearch({ fields: ['text'], tokenize: text => [...wordsOf(text)] });
  index.addAll(ones.map((one, id) => ({ id, text: textOf(one) })));
  const found = (combineWith: 'AND' | 'OR') =>
    index.search(telling.join(' '), { combineWith, prefix: mayBeBegun, fuzzy: mayBeMisspelt });
  const all = found('AND');
  if (all.length > 0) return { sure: all.flatMap(({ id }) => ones[id as number] ?? []), perhaps: [] };
  const some = found('OR');
  const best = some[0]?.score ?? 0;
  return {
    sure: [],
    perhaps: some
      .filter(({ score }) => score >= best * worthGuessing)
      .slice(0, mostGuesses)
      .flatMap(({ id }) => ones[id as number] ?? []),
  };
}

/** The words of a text in any script, also of those that put no space between them. */
export function wordsOf(text: string): readonly string[] {
  return [...new Intl.Segmenter('en', { granularity: 'word' }).segment(text.normalize('NFKC').toLowerCase())].flatMap(
    ({ segment, isWordLike }) => (isWordLike ? [segment] : []),
  );
}

function mayBeBegun(word: string): boolean {
  return word.length > 2 && !/\d/.test(word);
}

/** Another number is another thing, and a short word with another letter another word. */
function mayBeMisspelt(word: string): number | false {
  return word.length > 3 && !/\d/.test(word) ? 0.2 : false;
}

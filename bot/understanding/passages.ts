import MiniSearch from 'minisearch';
import type { Passage } from '../feature.ts';
import { similarity } from './similarity.ts';
import { isQuestion, isStop, longestText, wordsOf } from './words.ts';

/** A passage that some words name or speak of. */
export interface Hit {
  readonly passage: Passage;
  /** From 0 to 1: 1 when every word that says something is in its title. */
  readonly certainty: number;
}

/** What a community wrote, to be searched. */
export interface Passages {
  /** Those that these words name, the surest first; of one kind, or of all. */
  find(stems: readonly string[], kind?: string): readonly Hit[];
}

const inText = 0.7;
const mostHits = 20;

export function indexPassages(passages: readonly Passage[]): Passages {
  const search = new MiniSearch({
    fields: ['title', 'text'],
    tokenize: text => text.split(' '),
    processTerm: term => term,
    searchOptions: {
      boost: { title: 4 },
      prefix: term => term.length >= 4,
      fuzzy: term => (term.length >= 4 ? 0.25 : false),
    },
  });
  const stemsOf = passages.map(({ title, text }) => ({ title: stemsIn(title), text: stemsIn(text) }));
  search.addAll(stemsOf.map(({ title, text }, id) => ({ id, title: [...title].join(' '), text: [...text].join(' ') })));

  return {
    find(stems, kind) {
      const wanted = telling(stems);
      if (wanted.length === 0) return [];
      return search
        .search(wanted.join(' '), {
          filter: ({ id }) => kind === undefined || passages[id as number]!.kind === kind,
        })
        .slice(0, mostHits)
        .map(({ id, score }) => ({
          passage: passages[id as number]!,
          certainty: coverage(wanted, stemsOf[id as number]!),
          score,
        }))
        .toSorted((one, other) => other.certainty - one.certainty || other.score - one.score);
    },
  };
}

/** Without what only holds a sentence together, unless there is nothing else. */
function telling(stems: readonly string[]): readonly string[] {
  const some = stems.filter(stem => !isStop(stem) && !isQuestion(stem) && !stem.startsWith('@'));
  return some.length > 0 ? some : stems.filter(stem => !stem.startsWith('@'));
}

function coverage(
  wanted: readonly string[],
  { title, text }: { readonly title: ReadonlySet<string>; readonly text: ReadonlySet<string> },
): number {
  const best = wanted.map(stem => Math.max(nearest(stem, title), inText * nearest(stem, text)));
  return best.reduce((sum, one) => sum + one, 0) / wanted.length;
}

function nearest(stem: string, stems: ReadonlySet<string>): number {
  if (stems.has(stem)) return 1;
  let best = 0;
  for (const other of stems) best = Math.max(best, similarity(stem, other));
  return best;
}

function stemsIn(text: string): ReadonlySet<string> {
  return new Set(wordsOf(text, longestText).map(({ stem }) => stem));
}

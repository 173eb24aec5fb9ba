import MiniSearch from 'minisearch';
import type { Passage } from '../feature.ts';
import { similarity } from './similarity.ts';
import { longestText, type Language } from './words.ts';

/** A passage that some words name or speak of. */
interface Hit {
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
/** How much words must say to be enough: a rare one is, a common one is soon found somewhere. */
const enough = 0.8;
const mostHits = 20;
/** Shorter ones are right or wrong. */
const shortestMisspelt = 4;

/** The stems of a passage, where they stand. */
interface Stems {
  readonly title: ReadonlySet<string>;
  readonly text: ReadonlySet<string>;
}

export function indexPassages(passages: readonly Passage[], language: Language): Passages {
  const stemsIn = (text: string): ReadonlySet<string> =>
    new Set(language.wordsOf(text, longestText).map(({ stem }) => stem));
  const stemsOf = passages.map(({ title, text }): Stems => ({ title: stemsIn(title), text: stemsIn(text) }));
  const holders = new Map<string, number>();
  for (const { title, text } of stemsOf)
    for (const stem of new Set([...title, ...text])) holders.set(stem, (holders.get(stem) ?? 0) + 1);
  const search = indexOf(stemsOf);

  /** As it stands somewhere, where it is misspelt; else as it is. */
  function spelt(stem: string): string {
    if (holders.has(stem)) return stem;
    const near = [...new Set(search.search(stem).flatMap(({ terms }) => terms))];
    return (
      near
        .toSorted((one, other) => similarity(stem, other) - similarity(stem, one))
        .find(one => similarity(stem, one) > 0) ?? stem
    );
  }

  /** From 0 for what is in every passage to 1 for what is in one. */
  function rarity(stem: string): number {
    return Math.log(passages.length / (holders.get(stem) ?? 1)) / Math.log(Math.max(2, passages.length));
  }

  return {
    find(stems, kind) {
      const wanted = stems.filter(language.isTelling).map(stem => ({ stem, rarity: rarity(spelt(stem)) }));
      if (wanted.length === 0) return [];
      return search
        .search(wanted.map(({ stem }) => stem).join(' '), {
          filter: ({ id }) => kind === undefined || passages[id as number]!.kind === kind,
        })
        .slice(0, mostHits)
        .map(({ id, score }) => {
          const certainty = coverage(wanted, stemsOf[id as number]!);
          return { passage: passages[id as number]!, certainty, score };
        })
        .toSorted((one, other) => other.certainty - one.certainty || other.score - one.score);
    },
  };
}

function indexOf(stemsOf: readonly Stems[]): MiniSearch {
  const search = new MiniSearch({
    fields: ['title', 'text'],
    tokenize: text => text.split(' '),
    processTerm: term => term,
    searchOptions: {
      boost: { title: 4 },
      prefix: term => term.length >= shortestMisspelt,
      fuzzy: term => (term.length >= shortestMisspelt ? 2 : false),
    },
  });
  search.addAll(stemsOf.map(({ title, text }, id) => ({ id, title: [...title].join(' '), text: [...text].join(' ') })));
  return search;
}

function coverage(
  wanted: readonly { readonly stem: string; readonly rarity: number }[],
  { title, text }: Stems,
): number {
  const found = wanted.map(({ stem }) => Math.max(nearest(stem, title), inText * nearest(stem, text)));
  const mean = found.reduce((sum, one) => sum + one, 0) / wanted.length;
  const told = wanted.reduce((sum, { rarity }, index) => sum + (found[index]! > 0 ? rarity : 0), 0);
  return mean * Math.min(1, told / enough);
}

function nearest(stem: string, stems: ReadonlySet<string>): number {
  if (stems.has(stem)) return 1;
  let best = 0;
  for (const other of stems) best = Math.max(best, similarity(stem, other));
  return best;
}

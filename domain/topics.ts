import { z } from 'zod';
import { folded } from './folded.ts';
import { line } from './text.ts';

/** In characters. */
const longestTopic = 40;
/** Of one question, or of one item of the library. */
export const mostTopics = 5;

/** What something is about, in a word or three. There is no list of topics: what is used is offered. */
const Topic = line(longestTopic).min(1);
export const Topics = z.array(Topic).max(mostTopics);

/** By this two texts say the same: their words after folding, or as they stand where they have none. */
export function wordsOf(text: string): string {
  return folded(text) || text.trim();
}

/** Topics as somebody wrote them: each once, whatever its capitals and accents, at most so many. */
export function topicsFrom(texts: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const text of texts) {
    const topic = Topic.safeParse(text).data;
    if (topic !== undefined && !seen.has(wordsOf(topic))) seen.set(wordsOf(topic), topic);
  }
  return [...seen.values()].slice(0, mostTopics);
}

/** A topic in the words in which most write it, and how often it is used. */
export interface UsedTopic {
  readonly topic: string;
  readonly count: number;
}

/** Topics that are used, the most frequent first. `SPC` and `spc` are one. */
export function usedTopics(items: readonly { readonly topics: readonly string[] }[]): UsedTopic[] {
  const used = new Map<string, Map<string, number>>();
  for (const topic of items.flatMap(({ topics }) => topics)) {
    const spellings = used.get(wordsOf(topic)) ?? new Map<string, number>();
    spellings.set(topic, (spellings.get(topic) ?? 0) + 1);
    used.set(wordsOf(topic), spellings);
  }
  return [...used.values()]
    .map(spellings => {
      const inOrder = [...spellings].toSorted(([one, some], [other, more]) => more - some || one.localeCompare(other));
      return { topic: inOrder[0]?.[0] ?? '', count: inOrder.reduce((sum, [, count]) => sum + count, 0) };
    })
    .toSorted((one, other) => other.count - one.count || one.topic.localeCompare(other.topic));
}

/**
 * Says of texts whether every word of a search is somewhere in them, in part or whole, whatever its accents and capitals:
 * `named` when all of them are in what something is called, `said` when the rest is in what is said of it.
 */
export function searchFor(searched: string): (called: readonly string[], said: string) => 'named' | 'said' | null {
  const words = folded(searched).split(' ');
  return (called, said) => {
    const name = folded(called.join(' '));
    const missing = words.filter(word => !name.includes(word));
    if (missing.length === 0) return 'named';
    const text = folded(said);
    return missing.every(word => text.includes(word)) ? 'said' : null;
  };
}

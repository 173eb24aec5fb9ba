import { z } from 'zod';
import type { Person } from '../community.ts';
import { usedTopics, wordsOf, type UsedTopic } from '../topics.ts';
import { isOpen, type KeptQuestion } from './question.ts';

/** What somebody says about a question of somebody else. */
export const says = ['me-too', 'can-help'] as const;
export const Says = z.enum(says);
export type Says = z.infer<typeof Says>;

/** One person about one question. */
export interface Voice {
  readonly person: Person;
  readonly says: Says;
  /** ISO instant. */
  readonly at: string;
}

/** Who has the same question, and who can help, each in the order in which they said so. */
export function heard(voices: readonly Voice[]): {
  readonly meToo: readonly Person[];
  readonly helpers: readonly Person[];
} {
  const inOrder = voices.toSorted((one, other) => one.at.localeCompare(other.at));
  const whoSaid = (wanted: Says) => inOrder.filter(voice => voice.says === wanted).map(({ person }) => person);
  return { meToo: whoSaid('me-too'), helpers: whoSaid('can-help') };
}

type Weighed = Pick<KeptQuestion, 'title' | 'askedAt'> & { readonly meToo: number };

/** What most people ask first; of the same weight, what has waited longest. */
export function byWeight(one: Weighed, other: Weighed): number {
  return other.meToo - one.meToo || one.askedAt.localeCompare(other.askedAt) || one.title.localeCompare(other.title);
}

/** So many open questions about one thing, and nothing to read about it, are a gap. */
const gapOf = 2;

/**
 * Topics that several open questions are about and nothing in the library that somebody has checked.
 * @param known the topics of what was checked
 */
export function gapsIn(
  questions: readonly Pick<KeptQuestion, 'topics' | 'state'>[],
  known: readonly string[],
): UsedTopic[] {
  const covered = new Set(known.map(wordsOf));
  return usedTopics(questions.filter(isOpen)).filter(
    ({ topic, count }) => count >= gapOf && !covered.has(wordsOf(topic)),
  );
}

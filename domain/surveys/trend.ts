import { z } from 'zod';
import { fewest, isSameQuestion, type QuestionResults, type Results, type Survey } from './survey.ts';

/** What came of one question, the last time and now. */
const QuestionTrend = z.object({
  id: z.string(),
  text: z.string(),
  /** Of a rating the average, from 1 to 5; null for a choice. */
  average: z.object({ before: z.number(), now: z.number() }).nullable(),
  /** Of a choice each option with the share of those who chose it, from 0 to 1; empty for a rating. */
  shares: z.array(z.object({ label: z.string(), before: z.number(), now: z.number() })),
});
export type QuestionTrend = z.infer<typeof QuestionTrend>;

export const Trend = z.object({
  /** The day on which the earlier one closed. */
  since: z.string(),
  /** Those that can be compared. */
  questions: z.array(QuestionTrend),
});
export type Trend = z.infer<typeof Trend>;

/** A survey with what its reader may see of it. */
export interface Counted {
  readonly survey: Pick<Survey, 'questions'>;
  readonly results: Results;
}

/**
 * What has changed since the same questions were asked before. A question is compared where it has the same id and words
 * both times, and five people answered it both times, with or without names: under that, a change is one person.
 */
export function trendOf(before: Counted, now: Counted): readonly QuestionTrend[] {
  if (before.results.state === 'hidden' || now.results.state === 'hidden') return [];
  const [earlier, later] = [before.results.questions, now.results.questions];
  return later.flatMap((question): QuestionTrend[] => {
    const was = earlier.find(({ id }) => id === question.id);
    if (!was || !isComparable(was) || !isComparable(question) || !isSame(question.id, before, now)) return [];
    const { id, text, kind } = question;
    if (kind === 'rating') {
      if (was.average === null || question.average === null) return [];
      return [{ id, text, average: { before: was.average, now: question.average }, shares: [] }];
    }
    const shares = question.bars.map(({ label, count }, place) => ({
      label,
      before: (was.bars[place]?.count ?? 0) / was.answered,
      now: count / question.answered,
    }));
    return [{ id, text, average: null, shares }];
  });
}

/**
 * How a share has changed, in points of a hundred: the difference of the two as they are written, so that it never
 * contradicts them.
 */
export function pointsOf({ before, now }: { readonly before: number; readonly now: number }): number {
  return Math.round(now * 100) - Math.round(before * 100);
}

function isComparable({ kind, hidden, answered }: QuestionResults): boolean {
  return kind !== 'text' && !hidden && answered >= fewest;
}

function isSame(id: string, before: Counted, now: Counted): boolean {
  const [one, other] = [before, now].map(({ survey }) => survey.questions.find(question => question.id === id));
  return one !== undefined && other !== undefined && isSameQuestion(one, other);
}

import { longestTitle } from '../plan/plan.ts';

/** What the last day of a week asks about the next one, in its order (seed N, Friday). */
export const planningQuestions = ['events', 'plans', 'posts', 'people'] as const;
export type PlanningQuestion = (typeof planningQuestions)[number];

/** Most actions from one answer. */
const most = 5;
/** Leaves room for what stands before a line. */
const longest = longestTitle - 40;

/** An answer's lines, each of them something to do. */
export function linesOf(answer: string): readonly string[] {
  const lines = answer
    .split(/\r?\n/)
    .map(line => line.replace(/^\s*[-*•]\s+/, '').trim())
    .filter(line => line !== '')
    .map(line => [...line].slice(0, longest).join(''));
  return [...new Set(lines)].slice(0, most);
}

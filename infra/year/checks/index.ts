import type { Diary } from '../diary.ts';
import { addresseeRules } from './addressees.ts';
import { budgetRules } from './budget.ts';
import type { Finding, Rule } from './finding.ts';
import { openQuestionRules } from './open-questions.ts';
import { repeatRules } from './repeats.ts';
import { truthRules } from './truth.ts';

/** Everything that a year is held to. */
export const rules: readonly Rule[] = [
  ...budgetRules,
  ...repeatRules,
  ...addresseeRules,
  ...openQuestionRules,
  ...truthRules,
];

export interface Checked {
  readonly rule: string;
  readonly findings: readonly Finding[];
}

export function checkYear(diary: Diary): readonly Checked[] {
  return rules.map(({ name, check }) => ({ rule: name, findings: check(diary) }));
}

import { z } from 'zod';
import type { WordedTemplate } from '../../../domain/surveys/method.ts';
import {
  Audience,
  offersOptions,
  opensNotBefore,
  questionKinds,
  SurveyDraft,
  type Following,
  type Question,
} from '../../../domain/surveys/survey.ts';

const QuestionInput = z.object({
  id: z.string(),
  kind: z.enum(questionKinds),
  text: z.string(),
  options: z.string(),
  low: z.string(),
  high: z.string(),
});
export type QuestionInput = z.infer<typeof QuestionInput>;

/** A survey while it is being written: choices stand one a line, and any text may be typed. */
export const DraftInput = z.object({
  title: z.string(),
  intro: z.string(),
  questions: z.array(QuestionInput),
  anonymous: z.boolean(),
  audience: Audience,
  opensOn: z.string(),
  closesOn: z.string(),
});
export type DraftInput = z.infer<typeof DraftInput>;

/** A template, or an empty page for null, opening today. */
export function draftFrom(template: WordedTemplate | null, today: string): DraftInput {
  const days = template?.days ?? 7;
  return {
    title: template?.title ?? '',
    intro: template?.intro ?? '',
    anonymous: template?.anonymous ?? true,
    audience: template?.audience ?? 'channel',
    opensOn: today,
    closesOn: laterBy(today, days - 1),
    questions: template
      ? template.questions.map(question => ({ ...question, options: question.options.join('\n') }))
      : [newQuestion([])],
  };
}

/** A survey that exists, to be changed. */
export function inputOf(draft: SurveyDraft): DraftInput {
  return {
    ...draft,
    questions: draft.questions.map(question => ({ ...question, options: question.options.join('\n') })),
  };
}

/** A question to fill in, with an id that none of the others has. */
export function newQuestion(others: readonly Pick<Question, 'id'>[]): QuestionInput {
  const free = Array.from({ length: others.length + 1 }, (_, index) => `q${index + 1}`).find(id =>
    others.every(other => other.id !== id),
  );
  return { id: free ?? 'q', kind: 'choice', text: '', options: '', low: '', high: '' };
}

/** Where a draft does not fit, as the path of its field: `title`, `closesOn`, `questions.0.options`. */
export type DraftFaults = ReadonlySet<string>;

/** @param others the surveys there are, without the one that is being changed */
export function checkDraft(
  input: DraftInput,
  today: string,
  others: readonly Omit<Following, 'closedOn'>[] = [],
): { readonly draft: SurveyDraft } | { readonly faults: DraftFaults; readonly opensNotBefore: string | null } {
  const parsed = SurveyDraft.safeParse(asDraft(input));
  const faults = new Set(parsed.success ? [] : parsed.error.issues.map(({ path }) => path.slice(0, 3).join('.')));
  if (input.opensOn !== '' && input.opensOn < today) faults.add('opensOn');
  const day = parsed.success
    ? opensNotBefore(
        parsed.data,
        others.map(other => ({ ...other, closedOn: null })),
      )
    : null;
  if (day !== null) faults.add('opensOn');
  return parsed.success && faults.size === 0 ? { draft: parsed.data } : { faults, opensNotBefore: day };
}

/** What is sent of a form that was checked. */
export function draftIn(input: DraftInput): SurveyDraft {
  const draft = asDraft(input);
  return SurveyDraft.safeParse(draft).data ?? draft;
}

function asDraft(input: DraftInput): SurveyDraft {
  const questions = input.questions.map(question => ({
    ...question,
    options: offersOptions(question.kind) ? linesOf(question.options) : [],
  }));
  return { ...input, questions };
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
}

function laterBy(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

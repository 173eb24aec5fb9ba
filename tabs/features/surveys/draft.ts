import { z } from 'zod';
import { Day } from '../../../domain/community.ts';
import type { SurveysView } from '../../../domain/surveys/api.ts';
import type { WordedTemplate } from '../../../domain/surveys/method.ts';
import {
  Audience,
  longestIntro,
  offersOptions,
  opensNotBefore,
  Question,
  questionKinds,
  SurveyDraft,
  type Following,
} from '../../../domain/surveys/survey.ts';

const QuestionInput = z.object({
  id: z.string(),
  kind: z.enum(questionKinds),
  text: z.string(),
  options: z.string(),
  low: z.string(),
  high: z.string(),
  required: z.boolean().default(false),
});
export type QuestionInput = z.infer<typeof QuestionInput>;

/** A survey while it is being written: choices stand one a line, and any text may be typed. */
export const DraftInput = z.object({
  title: z.string(),
  intro: z.string(),
  questions: z.array(QuestionInput),
  anonymous: z.boolean(),
  audience: Audience,
  /** Null for what is no feedback on an event. */
  event: z.string().nullable().default(null),
  tellsResults: z.boolean().default(false),
  everyQuarter: z.boolean().default(false),
  repeats: z.string().nullable().default(null),
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
    event: template?.feedback ? '' : null,
    tellsResults: false,
    everyQuarter: false,
    repeats: null,
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

/** A survey that has closed, to be asked once more with the same questions, from today on and for as long as it was open. */
export function againFrom(draft: SurveyDraft & { readonly id: string }, today: string): DraftInput {
  const { id, ...start } = { ...inputOf(draft), id: draft.id };
  return { ...start, ...moved(start, today), repeats: id };
}

/** A question to fill in, with an id that none of the others has. */
export function newQuestion(others: readonly Pick<Question, 'id'>[]): QuestionInput {
  const free = Array.from({ length: others.length + 1 }, (_, index) => `q${index + 1}`).find(id =>
    others.every(other => other.id !== id),
  );
  return { id: free ?? 'q', kind: 'choice', text: '', options: '', low: '', high: '', required: false };
}

/** The same question once more, right behind the first. */
export function twice(questions: readonly QuestionInput[], place: number): QuestionInput[] {
  const copied = questions[place];
  return copied ? questions.toSpliced(place + 1, 0, { ...copied, id: newQuestion(questions).id }) : [...questions];
}

/** The questions with this one at another place, which is kept within what there is. */
export function placed(questions: readonly QuestionInput[], from: number, to: number): QuestionInput[] {
  const one = questions[from];
  if (!one) return [...questions];
  return questions.toSpliced(from, 1).toSpliced(Math.max(to, 0), 0, one);
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

/**
 * What of a form can be shown as a card already: the questions that are finished, and what stands for words that are
 * not there yet; null while no question is finished.
 */
export function drawable(
  input: DraftInput,
  today: string,
  standIn: { readonly title: string; readonly event: string },
): SurveyDraft | null {
  const draft = asDraft(input);
  const questions = draft.questions.filter(question => Question.safeParse(question).success);
  const opensOn = Day.safeParse(draft.opensOn).data ?? today;
  const parsed = SurveyDraft.safeParse({
    ...draft,
    title: draft.title.trim() || standIn.title,
    event: draft.event === null ? null : draft.event.trim() || standIn.event,
    intro: draft.intro.slice(0, longestIntro),
    questions,
    opensOn,
    closesOn: draft.closesOn >= opensOn ? draft.closesOn : opensOn,
  });
  return parsed.data ?? null;
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

/** The same survey from another day on, open as long. */
export function moved({ opensOn, closesOn }: DraftInput, day: string): Pick<DraftInput, 'opensOn' | 'closesOn'> {
  const days = Math.round((Date.parse(closesOn) - Date.parse(opensOn)) / 86_400_000);
  return { opensOn: day, closesOn: laterBy(day, Number.isFinite(days) ? days : 0) };
}

/** Why a survey that opens in this month would reach nobody, or how many it would reach. */
export function reachOf(
  { audience, opensOn }: Pick<DraftInput, 'audience' | 'opensOn'>,
  today: string,
  reach: SurveysView['reach'],
): { readonly kind: 'all' | 'empty' | 'full' | 'some'; readonly people: number; readonly free: number } {
  const found = reach[audience];
  const { people, free } = found ?? { people: 0, free: 0 };
  if (!found) return { kind: 'all', people, free };
  if (people === 0) return { kind: 'empty', people, free };
  // Nobody was sent anything yet in a month that has not begun.
  if (opensOn.slice(0, 7) !== today.slice(0, 7) || free === people) return { kind: 'all', people, free: people };
  return { kind: free === 0 ? 'full' : 'some', people, free };
}

/** The first day of the month after this one. */
export function nextMonth(today: string): string {
  const [year = 0, month = 0] = today.split('-').map(Number);
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

function laterBy(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

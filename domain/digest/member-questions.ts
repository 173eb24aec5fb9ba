import { asAsked, type MemberQuestion, type SentDigest } from './digest.ts';
import { addDays } from '../schedule.ts';
import { sponsorQuestion } from '../surveys/method.ts';
import { phaseOf, type Sheet, type Survey } from '../surveys/survey.ts';

/** For how many days after its close a survey's questions are offered. */
const offeredFor = 100;
const mostOffered = 12;

export interface AskedSurvey {
  readonly survey: Survey;
  /** As they are kept: with the person where the survey is one with names. */
  readonly answers: readonly { readonly person: { readonly name: string } | null; readonly sheets: readonly Sheet[] }[];
}

/** Whether a survey asks members what to put to the sponsor, and has closed lately. */
export function putsToSponsor(survey: Survey, today: string): boolean {
  return (
    survey.questions.some(({ id, kind }) => id === sponsorQuestion.text && kind === 'text') &&
    phaseOf(survey, today) === 'closed' &&
    (survey.closedOn ?? survey.closesOn) >= addDays(today, -offeredFor)
  );
}

/**
 * What members asked their sponsor, for coordinators to choose from. A name goes with a question where whoever asked it
 * said so; what a digest has put to the sponsor already is left out.
 */
export function questionsFor(
  surveys: readonly AskedSurvey[],
  sent: readonly Pick<SentDigest, 'words'>[],
): MemberQuestion[] {
  const put = new Set(sent.flatMap(({ words }) => words.questions.map(({ text }) => text)));
  return surveys
    .flatMap(({ answers }) =>
      answers.flatMap(({ person, sheets }) =>
        sheets.flatMap(sheet => {
          const text = sheet[sponsorQuestion.text];
          return typeof text === 'string' ? [asAsked(text, agreed(sheet) ? (person?.name ?? null) : null)] : [];
        }),
      ),
    )
    .filter(({ text }) => !put.has(text))
    .slice(0, mostOffered);
}

function agreed(sheet: Sheet): boolean {
  const answer = sheet[sponsorQuestion.name];
  return Array.isArray(answer) && answer.includes(sponsorQuestion.yes);
}

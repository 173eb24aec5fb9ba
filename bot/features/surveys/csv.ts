import type { FileAnswer } from '../../../domain/endpoint.ts';
import { ratingLabel, type Question, type Results, type Sheet, type Survey } from '../../../domain/surveys/survey.ts';
import { csvFile } from '../../shared/csv.ts';
import type { AnswerRow } from '../../lists/model.ts';
import type { Translate } from '../../text.ts';

export interface Exported {
  readonly survey: Survey;
  readonly results: Extract<Results, { state: 'shown' }>;
  /** Of a survey with names. */
  readonly answers: readonly AnswerRow[];
}

/**
 * With names: a row a person. Anonymous: the numbers as the tab shows them, so that a file never says more.
 */
export function fileOf({ survey, results, answers }: Exported, t: Translate): FileAnswer {
  return csvFile(`survey-${survey.opensOn}.csv`, survey.anonymous ? numbers(results, t) : people(survey, answers, t));
}

function numbers({ questions }: Exported['results'], t: Translate): string[][] {
  const rows = questions.flatMap(({ text, hidden, bars, texts }) => {
    if (hidden) return [[text, t('csv.few'), '']];
    return [...bars.map(({ label, count }) => [text, label, String(count)]), ...texts.map(words => [text, words, ''])];
  });
  return [[t('csv.question'), t('csv.answer'), t('csv.count')], ...rows];
}

function people({ questions }: Survey, answers: readonly AnswerRow[], t: Translate): string[][] {
  const rows = answers
    .toSorted((one, other) => (one.person?.name ?? '').localeCompare(other.person?.name ?? ''))
    .map(({ person, day, sheets }) => [
      person?.name ?? '',
      day,
      ...questions.map(question => cell(question, sheets[0]?.[question.id])),
    ]);
  return [[t('csv.name'), t('csv.day'), ...questions.map(({ text }) => text)], ...rows];
}

function cell(question: Question, answer: Sheet[string] | undefined): string {
  if (Array.isArray(answer)) return answer.map(place => question.options[place] ?? '').join('; ');
  return typeof answer === 'number' ? ratingLabel(answer, question) : (answer ?? '');
}

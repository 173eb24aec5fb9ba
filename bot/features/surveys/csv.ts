import type { FileAnswer } from '../../../domain/endpoint.ts';
import { ratingLabel, type Question, type Results, type Sheet, type Survey } from '../../../domain/surveys/survey.ts';
import type { Trend } from '../../../domain/surveys/trend.ts';
import { csvFile } from '../../shared/csv.ts';
import { onDay } from '../../shared/days.ts';
import type { AnswerRow } from '../../lists/model.ts';
import type { Translate } from '../../text.ts';

export interface Exported {
  readonly survey: Survey;
  readonly results: Extract<Results, { state: 'shown' }>;
  /** Beside what came of the one that it repeats; null where nothing can be compared. */
  readonly trend: Trend | null;
  /** Of a survey with names. */
  readonly answers: readonly AnswerRow[];
}

/**
 * With names: a row a person, and below them what has changed. Anonymous: the numbers as the tab shows them, so that a
 * file never says more.
 */
export function fileOf({ survey, results, trend, answers }: Exported, t: Translate): FileAnswer {
  const rows = survey.anonymous
    ? numbers({ results, trend }, t)
    : [...people(survey, answers, t), ...(trend ? [[], ...changes(trend, t)] : [])];
  return csvFile(`survey-${survey.opensOn}.csv`, rows);
}

function numbers({ results: { questions }, trend }: Pick<Exported, 'results' | 'trend'>, t: Translate): string[][] {
  const rows = questions.flatMap(({ id, text, hidden, bars, texts }) => {
    if (hidden) return [[text, t('csv.few'), '']];
    const { average = null, shares = [] } = trend?.questions.find(question => question.id === id) ?? {};
    return [
      ...bars.map(({ label, count }, place) => [text, label, String(count), ...sharesIn(shares[place])]),
      ...(average ? [[text, t('csv.average'), '', ...averagesIn(average, t)]] : []),
      ...texts.map(words => [text, words, '']),
    ];
  });
  return [[t('csv.question'), t('csv.answer'), t('csv.count'), ...(trend ? timesOf(trend, t) : [])], ...rows];
}

function changes(trend: Trend, t: Translate): string[][] {
  const rows = trend.questions.flatMap(({ text, average, shares }) => [
    ...(average ? [[text, t('csv.average'), ...averagesIn(average, t)]] : []),
    ...shares.map(share => [text, share.label, ...sharesIn(share)]),
  ]);
  return [[t('csv.question'), t('csv.answer'), ...timesOf(trend, t)], ...rows];
}

function timesOf({ since }: Trend, t: Translate): string[] {
  return [t('csv.before', onDay(since)), t('csv.now')];
}

interface BothTimes {
  readonly before: number;
  readonly now: number;
}

function averagesIn({ before, now }: BothTimes, t: Translate): string[] {
  return [before, now].map(value => t('csv.number', { value }));
}

/** As every spreadsheet reads them, whatever its language. */
function sharesIn(share: BothTimes | undefined): string[] {
  return share ? [share.before, share.now].map(value => `${Math.round(value * 100)}%`) : [];
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

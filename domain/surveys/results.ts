import {
  answersLost,
  fewest,
  isFeedback,
  offersOptions,
  ratingLabel,
  type Answer,
  type Question,
  type QuestionResults,
  type Results,
  type Sheet,
  type Survey,
  type SurveyPhase,
  type WhyHidden,
} from './survey.ts';

export interface ResultsAsked {
  readonly survey: Survey;
  readonly phase: SurveyPhase;
  /** How many answered; null while that has not been settled. */
  readonly answered: number | null;
  /** Why nobody can open the box of an anonymous survey, when nobody can. */
  readonly shut?: 'gone' | 'locked' | null;
  /** What the list has. An anonymous survey’s answers stand one question a sheet. */
  readonly sheets: readonly Sheet[];
  /**
   * Whether the reader looks after the survey: such readers see names elsewhere, texts here, and a named survey before
   * its end.
   */
  readonly coordinates: boolean;
}

/**
 * The one door to results: tab, card and export all come through it. An anonymous survey has a single state that
 * anybody ever sees, the one after its close, and only with five answers to a question; so there are no two results to
 * subtract. Five is also the least that members see of a survey with names. Of feedback on an event, those who prepare
 * the next one read the words from the first on, and nothing else; see `isFeedback`.
 */
export function resultsOf({ survey, phase, answered, shut = null, sheets, coordinates }: ResultsAsked): Results {
  if (answered === answersLost || (answered === null && shut === 'gone')) return { state: 'hidden', why: 'lost' };
  if (answered === null && shut === 'locked') return { state: 'hidden', why: 'locked' };
  const early = coordinates && !survey.anonymous;
  const prepares = coordinates && isFeedback(survey);
  if (phase !== 'closed' && !(early && phase === 'open')) return { state: 'hidden', why: 'until-close' };
  if (answered === null && !early) return { state: 'hidden', why: 'being-counted' };
  const count = answered ?? sheets.length;
  if (count < (early || prepares ? 1 : fewest))
    return { state: 'hidden', why: phase === 'closed' ? whyNot(survey, early || prepares) : 'until-close' };
  return {
    state: 'shown',
    answered: count,
    questions: survey.questions.map(question =>
      questionResults(question, sheets, early ? 1 : leastOf(question, survey), coordinates),
    ),
  };
}

function whyNot(survey: Survey, knowsNumber: boolean): WhyHidden {
  if (knowsNumber) return 'nobody';
  if (isFeedback(survey)) return 'words-only';
  return survey.anonymous ? 'too-few' : 'for-coordinators';
}

/** How many answers to a question of an anonymous survey there must be before any is written down, or read. */
function leastOf({ kind }: Question, survey: Pick<Survey, 'event'>): number {
  return isFeedback(survey) && kind === 'text' ? 1 : fewest;
}

function questionResults(
  question: Question,
  sheets: readonly Sheet[],
  least: number,
  withTexts: boolean,
): QuestionResults {
  const { id, kind, text } = question;
  const answers = sheets.map(sheet => sheet[id]).filter(answer => answer !== undefined);
  // An anonymous survey keeps nothing of such a question, so that none and four look the same.
  const hidden = least === fewest && answers.length < least;
  if (hidden) return { id, kind, text, answered: 0, hidden, bars: [], average: null, texts: [] };

  const ratings = kind === 'rating' ? answers.filter(answer => typeof answer === 'number') : [];
  return {
    id,
    kind,
    text,
    answered: answers.length,
    hidden,
    bars: barsOf(question, answers),
    average:
      ratings.length === 0
        ? null
        : Math.round((ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length) * 10) / 10,
    // Sorted by the words themselves: the order says nothing about who or when.
    texts: kind === 'text' && withTexts ? answers.filter(answer => typeof answer === 'string').toSorted() : [],
  };
}

function barsOf({ kind, options, low, high }: Question, answers: readonly Answer[]): QuestionResults['bars'] {
  if (offersOptions(kind))
    return options.map((label, place) => ({
      label,
      count: answers.filter(answer => Array.isArray(answer) && answer.includes(place)).length,
    }));
  if (kind !== 'rating') return [];
  return [1, 2, 3, 4, 5].map(rating => ({
    label: ratingLabel(rating, { low, high }),
    count: answers.filter(answer => answer === rating).length,
  }));
}

/**
 * How many have answered, as anybody may know while an anonymous survey is open: by fives. Whoever watched the exact
 * number would see whose press made it grow, and could close the survey in the moment that suits them.
 */
export function shownCount({ anonymous }: Pick<Survey, 'anonymous'>, count: number): number {
  return anonymous ? count - (count % fewest) : count;
}

/** The answers to one question, each alone on its sheet. */
export interface TornQuestion {
  readonly question: string;
  readonly sheets: Sheet[];
}

/**
 * How an anonymous survey’s answers are put down when it has closed: torn into single questions, each shuffled anew,
 * and nothing of a question that fewer than five answered; so of fewer than five answers altogether nothing at all. Of
 * feedback the words are put down however few they are.
 */
export function tornSheets(
  survey: Pick<Survey, 'questions' | 'event'>,
  sheets: readonly Sheet[],
  shuffled: (sheets: readonly Sheet[]) => Sheet[],
): TornQuestion[] {
  return survey.questions.flatMap(question => {
    const { id } = question;
    const answers = sheets.flatMap((sheet): Sheet[] => (sheet[id] === undefined ? [] : [{ [id]: sheet[id] }]));
    return answers.length < leastOf(question, survey) ? [] : [{ question: id, sheets: shuffled(answers) }];
  });
}

/**
 * The number that is kept of how many answered: of fewer than five to an anonymous survey not even that. Whoever reads
 * the words of feedback may know how many gave it.
 */
export function keptCount(survey: Pick<Survey, 'event'>, answered: number): number {
  return answered < fewest && !isFeedback(survey) ? 0 : answered;
}

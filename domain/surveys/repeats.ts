import { addMonths } from '../schedule.ts';
import { phaseOf, type Survey } from './survey.ts';

const quarter = 3;

type Repeated = Pick<Survey, 'id' | 'everyQuarter' | 'repeats' | 'opensOn' | 'closesOn' | 'closedOn'>;

/** The day from which a survey of every quarter is proposed anew: three months after it opened. */
export function dueAgainOn({ opensOn }: Pick<Survey, 'opensOn'>): string {
  return addMonths(opensOn, quarter);
}

/**
 * The surveys of every quarter that have closed and that nobody has asked anew, planned ones included. When their day
 * comes they are proposed, and go out only when somebody presses: one that nobody looked at asks about what is over.
 */
export function toRepeat<One extends Repeated>(surveys: readonly One[], today: string): readonly One[] {
  const repeated = new Set(
    surveys.flatMap(survey =>
      survey.repeats === null || phaseOf(survey, today) === 'taken back' ? [] : [survey.repeats],
    ),
  );
  return surveys.filter(
    survey => survey.everyQuarter && phaseOf(survey, today) === 'closed' && !repeated.has(survey.id),
  );
}

/** Those of them whose quarter has passed. */
export function dueAgain<One extends Repeated>(surveys: readonly One[], today: string): readonly One[] {
  return toRepeat(surveys, today).filter(survey => today >= dueAgainOn(survey));
}

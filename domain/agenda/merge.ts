import { mergeEdits } from '../merge.ts';
import { changedFields, type Question, type QuestionField } from './question.ts';

/** Two edits of one question put together, field by field. */
interface MergedQuestion {
  /** Theirs where only they changed something, otherwise mine. */
  readonly question: Question;
  /** What only they changed, and details that both changed in different places. */
  readonly theirs: readonly QuestionField[];
  /** What both changed, differently: mine stands in `question` until somebody chooses. */
  readonly clashes: readonly QuestionField[];
}

/** @param base what both began from; null when there was no question, so that every difference is a clash. */
export function mergeQuestions(base: Question | null, mine: Question, current: Question): MergedQuestion {
  const byMe = base && new Set(changedFields(base, mine));
  const byThem = base && new Set(changedFields(base, current));
  let question = mine;
  const theirs: QuestionField[] = [];
  const clashes: QuestionField[] = [];
  for (const field of changedFields(mine, current)) {
    const isBoth = base && byMe?.has(field) && byThem?.has(field);
    const together = isBoth && field === 'details' ? mergeEdits(base.details, mine.details, current.details) : null;
    if (together?.kind === 'merged') {
      question = { ...question, details: together.text };
      theirs.push(field);
    } else if (byMe && !byMe.has(field)) {
      question = takeField(field, question, current);
      theirs.push(field);
    } else if (!byThem || byThem.has(field)) clashes.push(field);
  }
  return { question, theirs, clashes };
}

/** `into` with one field of `from`. */
export function takeField(field: QuestionField, into: Question, from: Question): Question {
  return { ...into, [field]: from[field] };
}

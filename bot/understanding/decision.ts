import type { Meaning } from './meanings.ts';

/** What is done with a sentence. */
export type Decision =
  /** It means this. */
  | { readonly kind: 'sure'; readonly typed: string }
  /** It may mean one of these. */
  | { readonly kind: 'guesses'; readonly guesses: readonly Meaning[] }
  | { readonly kind: 'unknown' };

export interface Exact {
  /** The command whose name the sentence begins with. */
  readonly name: string;
  readonly rest: string;
}

/** So sure one must be to answer, and to change something; less than `guess` is no guess. */
const sureToAnswer = 0.72;
const sureToChange = 0.84;
const guess = 0.5;
/** How much surer than the next one, unless there is no doubt. */
const margin = 0.04;
const noDoubt = 0.93;
const mostGuesses = 3;

/**
 * Whoever types the name of a command means it, unless the whole sentence means something else more surely: "start the
 * week now" is no "start".
 * @param meanings the surest first
 */
export function decide(
  meanings: readonly Meaning[],
  exact: Exact | null,
  {
    commandOf,
    changes,
  }: { readonly commandOf: (typed: string) => string | undefined; readonly changes: (typed: string) => boolean },
): Decision {
  const [best] = meanings;
  if (exact) {
    const typed = `${exact.name} ${exact.rest}`.trim();
    const isOther = best && exact.rest !== '' && best.certainty >= sureToChange;
    // What follows a command that changes something is for the command to read.
    if (isOther && !(changes(exact.name) && commandOf(best.typed) === exact.name))
      return { kind: 'sure', typed: best.typed };
    return { kind: 'sure', typed };
  }
  if (!best) return { kind: 'unknown' };
  const other = meanings.find(({ typed }) => commandOf(typed) !== commandOf(best.typed));
  const isSure = best.certainty >= (changes(best.typed) ? sureToChange : sureToAnswer);
  const isClear = best.certainty >= noDoubt || !other || best.certainty - other.certainty >= margin;
  if (isSure && isClear) return { kind: 'sure', typed: best.typed };
  const guesses = meanings.filter(({ certainty }) => certainty >= guess);
  const different = guesses.filter(({ typed }, index) => guesses.findIndex(one => one.typed === typed) === index);
  return different.length === 0 ? { kind: 'unknown' } : { kind: 'guesses', guesses: different.slice(0, mostGuesses) };
}

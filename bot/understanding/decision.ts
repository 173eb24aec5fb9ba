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

/** So sure one must be to change something. */
const sureToChange = 0.8;
/** To show what would be changed, where all examples together make it so likely. */
const sureToShow = { certainty: 0.55, likelihood: 0.6 };
/**
 * So sure one must be to answer, and by how much surer than of anything else: what is most like one thing alone may be
 * less like it.
 */
const noDoubt = 0.93;
const sureToAnswer: readonly { readonly certainty: number; readonly margin: number }[] = [
  { certainty: noDoubt, margin: 0 },
  { certainty: 0.75, margin: 0.01 },
  { certainty: 0.62, margin: 0.03 },
  { certainty: 0.57, margin: 0.08 },
];
/**
 * How sure it is that a command is meant whose name a sentence begins with; `unlike` where what follows is like nothing
 * that is said to it: "start a survey" is no "start".
 */
const begunWith = { changes: 0.83, answers: 0.7, unlike: 0.66 };
/** Less like than this, something is not said to a command. */
const leastLike = 0.6;
/**
 * What all examples together say of it, which is asked second: so likely something is taken though no single example is
 * like it, and so unlikely it is asked about first, unless there is an example that is very like it.
 */
const likely = 0.45;
const unlikely = 0.1;
const likeEnough = 0.8;
/** Less like any example than this nothing is taken, or is a guess, however likely. */
const hardlyLike = 0.35;
/** Less is no guess, unless it is as likely as this. */
const guess = 0.58;
const likelyGuess = 0.2;
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
    showsFirst,
  }: {
    readonly commandOf: (typed: string) => string | undefined;
    readonly changes: (typed: string) => boolean;
    /** Whether it shows what it would change, and waits for a press. */
    readonly showsFirst: (typed: string) => boolean;
  },
): Decision {
  if (exact?.rest === '') return { kind: 'sure', typed: exact.name };
  const [best] = meanings;
  if (exact) {
    // What follows a command that changes something is for the command to read, unless there is no doubt.
    const isSame = best && changes(exact.name) && commandOf(best.typed) === exact.name && best.certainty < noDoubt;
    const isLike = isLikeIt(meanings, exact, commandOf);
    const least = changes(exact.name) ? (isLike ? begunWith.changes : begunWith.unlike) : begunWith.answers;
    const isOther = best && !isSame && best.certainty > (changes(best.typed) ? Math.max(least, sureToChange) : least);
    return { kind: 'sure', typed: isOther ? best.typed : `${exact.name} ${exact.rest}` };
  }
  if (!best) return { kind: 'unknown' };
  // To show something harms nobody, so an act that is as likely is no reason to ask.
  const isRival = ({ typed }: Meaning) => commandOf(typed) !== commandOf(best.typed) && !changes(typed);
  const other = meanings.find(isRival)?.certainty ?? 0;
  const isSure = changes(best.typed)
    ? best.certainty >= sureToChange
    : sureToAnswer.some(({ certainty, margin }) => best.certainty >= certainty && best.certainty - other >= margin);
  const isBorneOut =
    best.likelihood === null || best.likelihood >= unlikely || (!changes(best.typed) && best.certainty >= likeEnough);
  if (isSure && isBorneOut) return { kind: 'sure', typed: best.typed };
  const shown = meanings.find(
    ({ typed, certainty, likelihood }) =>
      showsFirst(typed) && certainty >= sureToShow.certainty && (likelihood ?? 0) >= sureToShow.likelihood,
  );
  if (shown) return { kind: 'sure', typed: shown.typed };
  const likeliest = meanings.find(
    ({ typed, certainty, likelihood }) => (likelihood ?? 0) >= likely && certainty >= hardlyLike && !changes(typed),
  );
  if (likeliest) return { kind: 'sure', typed: likeliest.typed };
  return asked(meanings.toSorted((one, other) => sumOf(other) - sumOf(one)));
}

function sumOf({ certainty, likelihood }: Meaning): number {
  return certainty + (likelihood ?? 0);
}

/** The likeliest of these as guesses, if there are any. */
export function asked(meanings: readonly Meaning[]): Decision {
  const guesses = meanings.filter(
    ({ certainty, likelihood }) => certainty >= guess || (certainty >= hardlyLike && (likelihood ?? 0) >= likelyGuess),
  );
  const different = guesses.filter(({ typed }, index) => guesses.findIndex(one => one.typed === typed) === index);
  return different.length === 0 ? { kind: 'unknown' } : { kind: 'guesses', guesses: different.slice(0, mostGuesses) };
}

export function isSureToChange(certainty: number): boolean {
  return certainty >= sureToChange;
}

/** Whether the sentence is like something that is said to the command whose name it begins with. */
export function isLikeIt(
  meanings: readonly Meaning[],
  exact: Exact,
  commandOf: (typed: string) => string | undefined,
): boolean {
  return meanings.some(({ typed, certainty }) => commandOf(typed) === exact.name && certainty >= leastLike);
}

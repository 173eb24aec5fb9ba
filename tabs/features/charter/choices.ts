import type { MergedPart } from '../../../domain/merge.ts';

/** What to take where two people changed the same place. */
export type Choice = 'mine' | 'current' | 'both';

/** Somebody choosing between two versions, place by place, or writing the result by hand. */
export interface Choosing {
  readonly parts: readonly MergedPart[];
  /** By the index of the clash among the parts. */
  readonly choices: Readonly<Record<number, Choice>>;
  /** The result as written by hand, or null while it follows the choices. */
  readonly byHand: string | null;
}

export function startChoosing(parts: readonly MergedPart[]): Choosing {
  return { parts, choices: {}, byHand: null };
}

/** Takes one side of one clash. A result written by hand stays as it is. */
export function choose(choosing: Choosing, index: number, choice: Choice): Choosing {
  return { ...choosing, choices: { ...choosing.choices, [index]: choice } };
}

export function writeByHand(choosing: Choosing, text: string): Choosing {
  return { ...choosing, byHand: text };
}

/** Back from writing by hand to what was chosen. */
export function followChoices(choosing: Choosing): Choosing {
  return { ...choosing, byHand: null };
}

/** The text to save. Where nothing is chosen yet both versions stand, so that nothing is lost by accident. */
export function resultOf({ parts, choices, byHand }: Choosing): string {
  if (byHand !== null) return byHand;
  return parts
    .map((part, index) => (part.kind === 'same' ? part.text : textOf(part, choices[index] ?? 'both')))
    .join('');
}

/** How many places still wait for a choice; none when the result was written by hand. */
export function openChoices({ parts, choices, byHand }: Choosing): number {
  if (byHand !== null) return 0;
  return parts.filter((part, index) => part.kind === 'clash' && choices[index] === undefined).length;
}

function textOf(clash: { readonly mine: string; readonly current: string }, choice: Choice): string {
  if (choice === 'mine') return clash.mine;
  if (choice === 'current') return clash.current;
  const between =
    clash.mine === '' || clash.current === '' || /\s$/.test(clash.mine) || /^\s/.test(clash.current) ? '' : '\n\n';
  return clash.mine + between + clash.current;
}

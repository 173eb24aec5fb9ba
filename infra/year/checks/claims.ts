import type { Diary, Received } from '../diary.ts';

/** A sentence and what must be so for it to be true: undefined when it is, else what is so instead. */
export interface Claim {
  readonly says: RegExp;
  readonly but: (match: RegExpMatchArray, card: Received, diary: Diary, lineBefore: string) => string | undefined;
}

export function equal(said: string | undefined, is: number): string | undefined {
  return Number(said) === is ? undefined : `it is ${is}`;
}

export function sameDay(said: string, is: string | null | undefined): string | undefined {
  return said === is ? undefined : `the day is ${is ?? 'not set'}`;
}

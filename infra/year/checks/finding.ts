import { spokenDay } from '../days.ts';
import type { Diary, Received } from '../diary.ts';
import { nameOf } from '../report.ts';

/** Something that should not have happened, with where to read it. */
export interface Finding {
  readonly week: number;
  readonly day: string;
  readonly to: string;
  readonly kind: string;
  /** The words that are wrong, when it is about words. */
  readonly sentence: string;
  readonly why: string;
}

/** What a year is held to. */
export interface Rule {
  /** As it is said to whoever breaks it. */
  readonly name: string;
  readonly check: (diary: Diary) => readonly Finding[];
}

export function finding({ week, day, to, kind }: Received, why: string, sentence = ''): Finding {
  return { week, day, to, kind, sentence, why };
}

export function toldFinding({ week, day, to, kind, sentence, why }: Finding): string {
  const about = sentence === '' ? '' : `\n      “${sentence}”`;
  return `week ${week}, ${spokenDay(day)}, ${nameOf(to)}, ${kind}: ${why}${about}`;
}

/** What somebody got without having done anything for it. */
export function isUnasked({ cause, edit, kind }: Received): boolean {
  return cause !== 'act' && !edit && kind !== 'answer';
}

export function isToPerson({ to }: Received): boolean {
  return to !== 'channel';
}

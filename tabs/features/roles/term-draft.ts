import { z } from 'zod';
import type { Term } from '../../../domain/roles/roles.ts';

/** A term while it is typed: an empty day is none. */
export const TermDraft = z.object({ since: z.string(), until: z.string(), note: z.string() });
export type TermDraft = z.infer<typeof TermDraft>;

/** What is wrong with it, if anything. */
export function faultOf({ since, until }: TermDraft): 'missing' | 'wrong' | null {
  if (since === '') return 'missing';
  return until !== '' && until < since ? 'wrong' : null;
}

/** As it is saved; only for a draft without a fault. */
export function termFrom({ since, until, note }: TermDraft): Term {
  return { since, until: until === '' ? null : until, note: note.trim() };
}

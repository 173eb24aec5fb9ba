import { z } from 'zod';
import {
  longestAsk,
  longestIntro,
  longestStory,
  MemberQuestion,
  mostTimes,
  type DigestWords,
} from '../../../domain/digest/digest.ts';
import type { Merged } from '../../lib/save-version.ts';

/**
 * Words as they stand in the form: a field for each time that can be offered, empty ones too; any text may be typed.
 */
export const WordsInForm = z.object({
  intro: z.string(),
  ask: z.string(),
  story: z.string(),
  /** Chosen from what members asked. */
  questions: z.array(MemberQuestion).default([]),
  times: z.array(z.string()),
  sendOn: z.string().nullable(),
});
export type WordsInForm = z.infer<typeof WordsInForm>;

/** What can be changed on its own, in the order of the form. */
const wordFields = [
  'intro',
  'ask',
  'story',
  'questions',
  'times',
  'sendOn',
] as const satisfies readonly (keyof WordsInForm)[];
export type WordField = (typeof wordFields)[number];

export const limits = { intro: longestIntro, ask: longestAsk, story: longestStory } as const;
export type LongField = keyof typeof limits;

export function toForm(words: DigestWords): WordsInForm {
  return { ...words, times: Array.from({ length: mostTimes }, (_, place) => words.times[place] ?? '') };
}

/** What is saved of a form: spaces at the ends and empty times are left out. */
export function fromForm(form: WordsInForm): DigestWords {
  const { intro, ask, story, questions, sendOn } = form;
  return {
    intro: intro.trim(),
    ask: ask.trim(),
    story: story.trim(),
    questions,
    times: form.times.map(time => time.trim()).filter(time => time !== ''),
    sendOn,
  };
}

export function sameWords(one: WordsInForm, other: WordsInForm): boolean {
  return wordFields.every(field => sameField(field, one, other));
}

export function sameField(field: WordField, one: WordsInForm, other: WordsInForm): boolean {
  return JSON.stringify(fromForm(one)[field]) === JSON.stringify(fromForm(other)[field]);
}

/** Two edits of one draft put together, field by field. */
export function mergeWords(base: WordsInForm, mine: WordsInForm, theirs: WordsInForm): Merged<WordsInForm, WordField> {
  const differing = wordFields.filter(field => !sameField(field, mine, theirs));
  const kept = differing.filter(field => sameField(field, base, mine));
  const clashes = differing.filter(field => !sameField(field, base, mine) && !sameField(field, base, theirs));
  return { value: kept.reduce((words, field) => ({ ...words, [field]: theirs[field] }), mine), theirs: kept, clashes };
}

/** Whether every text fits. */
export function fits(words: DigestWords): boolean {
  return (Object.keys(limits) as LongField[]).every(field => words[field].length <= limits[field]);
}

/** How long a mail's address may be before programs cut it. */
const longestAddress = 1_900;

/** Where a mail with this text begins; the text is left out where it would be cut. */
export function mailAddress({
  to,
  subject,
  text,
}: {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}): { readonly address: string; readonly whole: boolean } {
  const bare = `mailto:${encodeURIComponent(to)}?subject=${encodeURIComponent(subject)}`;
  const full = `${bare}&body=${encodeURIComponent(text.replaceAll('\n', '\r\n'))}`;
  return full.length <= longestAddress ? { address: full, whole: true } : { address: bare, whole: false };
}

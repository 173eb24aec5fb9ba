import { longestAsk, longestIntro, longestStory, mostTimes, type DigestWords } from '../../../domain/digest.ts';

/** Words as they stand in the form: a field for each time that can be offered, empty ones too. */
export interface WordsInForm extends Omit<DigestWords, 'times'> {
  readonly times: readonly string[];
}

export const limits = { intro: longestIntro, ask: longestAsk, story: longestStory } as const;
export type LongField = keyof typeof limits;

export function toForm(words: DigestWords): WordsInForm {
  return { ...words, times: Array.from({ length: mostTimes }, (_, place) => words.times[place] ?? '') };
}

/** What is saved of a form: spaces at the ends and empty times are left out. */
export function fromForm(form: WordsInForm): DigestWords {
  const { intro, ask, story, sendOn } = form;
  return {
    intro: intro.trim(),
    ask: ask.trim(),
    story: story.trim(),
    times: form.times.map(time => time.trim()).filter(time => time !== ''),
    sendOn,
  };
}

export function sameWords(one: DigestWords, other: DigestWords): boolean {
  return JSON.stringify(fromForm(one)) === JSON.stringify(fromForm(other));
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

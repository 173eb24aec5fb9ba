import type { SaidDay } from '../said-days.ts';

/** Words of a language between what is to be done and its day; several, divided by commas. */
export interface LinkWords {
  /** Until when it is due. */
  readonly by: string;
  /** On which day. */
  readonly on: string;
  /** A day that follows one of these is not the day on which something is due. */
  readonly notDue: string;
}

/**
 * A title without the day with which it ended: "Book a room by Friday" is "Book a room". "Book a room for May" and "what
 * we learnt last Friday" stay as they are: such a day is a part of what is to be done.
 *
 * @param said the day with which the text ends
 */
export function titleAndDue(
  text: string,
  said: SaidDay | undefined,
  { today, words }: { readonly today: string; readonly words: LinkWords },
): { readonly title: string; readonly due: string | null } {
  const linked = said && beforeLink(said, words);
  if (!said || !linked || linked.odd || (said.day < today && !linked.isDue)) return { title: text, due: null };
  return { title: linked.text.replace(/[\s,;:–-]+$/u, ''), due: said.day };
}

/**
 * What stands before a day, without the word that leads to it.
 *
 * @returns odd: the word before it says that this is not the day by which something is due
 */
export function beforeLink({ before }: SaidDay, { by, on, notDue }: LinkWords) {
  const ends = (words: string) => new RegExp(`(?:^|[\\s,:])(${alternatives(words)}):?$`, 'iu').exec(before);
  const due = ends(by);
  const link = due ?? ends(on);
  return {
    text: (link ? before.slice(0, link.index) : before).trim(),
    isDue: due !== null,
    odd: ends(notDue) !== null,
  };
}

/** Words of a sentence's own language, longest first, as a regular expression reads them. */
export function alternatives(words: string): string {
  return words
    .split(',')
    .map(word => word.trim())
    .toSorted((one, other) => other.length - one.length)
    .map(word => word.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll(' ', '\\s+'))
    .join('|');
}

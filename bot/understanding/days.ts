import { daysInText } from '../shared/day-in-words.ts';
import { folded, type Language } from './words.ts';

/** A day that a sentence says, and where it says it. */
export interface SaidDay {
  /** YYYY-MM-DD. */
  readonly day: string;
  /** With the words before it that belong to it: "by Friday". */
  readonly from: number;
  /** Where the day itself begins. */
  readonly begins: number;
  readonly to: number;
}

export interface DaysReadBy {
  readonly today: string;
  /** How the reader writes days. */
  readonly locale: string;
  /** What the sentence is said in. */
  readonly language: Language;
}

/** The days that a sentence says, as of this day and in its own order. A weekday is the next one. */
export function daysIn(sentence: string, { today, locale, language }: DaysReadBy): readonly SaidDay[] {
  const isOwn = language.code === 'en' || locale.toLowerCase().startsWith(language.code);
  return daysInText(sentence, { today, locale: isOwn ? locale : language.code })
    .filter(({ text, index }) => {
      const { never, notAfter } = language.list.day;
      const [before = ''] = /\p{L}+(?=\s*$)/u.exec(sentence.slice(0, index)) ?? [];
      return !never.includes(folded(text)) && !notAfter.includes(folded(before));
    })
    .map(({ day, index, text }): SaidDay => {
      return { day, from: startOf(sentence, index, language), begins: index, to: index + text.length };
    })
    .toSorted((one, other) => one.from - other.from)
    .filter((day, index, all) => all.findIndex(other => other.from <= day.from && other.to > day.from) === index);
}

/** With the words before it that belong to it: "by Friday", "on the 3rd". */
function startOf(sentence: string, index: number, { list }: Language): number {
  const [before = ''] =
    new RegExp(`(?:\\b(?:${list.day.before.join('|')})\\s{1,3}){0,2}$`, 'i').exec(sentence.slice(0, index)) ?? [];
  return index - before.length;
}

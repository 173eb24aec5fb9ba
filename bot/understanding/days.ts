import { daysInText } from '../shared/day-in-words.ts';
import { folded } from './words.ts';
import en from './words.en.json' with { type: 'json' };

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

const never: ReadonlySet<string> = new Set(en.day.never);

/** The days that a sentence says, as of this day and in its own order. A weekday is the next one. */
export function daysIn(
  sentence: string,
  reading: { readonly today: string; readonly locale: string },
): readonly SaidDay[] {
  return daysInText(sentence, reading)
    .filter(({ text }) => !never.has(folded(text)))
    .map(({ day, index, text }): SaidDay => {
      return { day, from: startOf(sentence, index), begins: index, to: index + text.length };
    })
    .toSorted((one, other) => one.from - other.from)
    .filter((day, index, all) => all.findIndex(other => other.from <= day.from && other.to > day.from) === index);
}

/** With the words before it that belong to it: "by Friday", "on the 3rd". */
function startOf(sentence: string, index: number): number {
  const [before = ''] =
    new RegExp(`(?:\\b(?:${en.day.before.join('|')})\\s{1,3}){0,2}$`, 'i').exec(sentence.slice(0, index)) ?? [];
  return index - before.length;
}

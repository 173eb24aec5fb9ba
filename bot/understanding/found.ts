import type { Member } from '../../domain/community.ts';
import type { Found, Named } from '../feature.ts';
import { daysIn } from './days.ts';
import type { Passages } from './passages.ts';
import { peopleIn } from './people.ts';
import { folded, longestSentence, type Language } from './words.ts';

export interface FoundBy {
  /** Where the community is. */
  readonly today: string;
  readonly locale: string;
  readonly language: Language;
  readonly members: readonly Member[];
  readonly passages: Passages;
  /** Whether a word is one that sentences are made of. */
  readonly isKnown: (stem: string) => boolean;
}

/** Less sure than this, something is not named but only spoken of. */
const leastNamed = 0.5;

/** What these words name: a day, people, a number, and what the community wrote. */
export function readFound(rest: string, { today, locale, language, members, passages, isKnown }: FoundBy): Found {
  const read = rest.slice(0, longestSentence);
  const [said] = daysIn(read, { today, locale, language });
  const text = said === undefined ? rest : without(rest, said);
  const words = language.wordsOf(text);
  const people = peopleIn(text, words, { members, isKnown: stem => language.isStop(stem) || isKnown(stem) }).flatMap(
    one => one.people,
  );
  return {
    day: said?.day ?? null,
    people: [...new Set(people)],
    number: numberIn(text, language),
    text,
    named: passages
      .find(words.map(({ stem }) => stem))
      .filter(({ certainty }) => certainty >= leastNamed)
      .map(({ passage: { kind, id, title }, certainty }): Named => ({ kind, id, title, certainty })),
  };
}

function without(text: string, { from, to }: { readonly from: number; readonly to: number }): string {
  return `${text.slice(0, from).trimEnd()} ${text.slice(to).trimStart()}`.replace(/\s+([.,;!?])/g, '$1').trim();
}

function numberIn(text: string, { list: { numbers } }: Language): number | null {
  const figures = /(?<![\p{L}\d.,/-])\d{1,6}(?![\p{L}\d/-]|[.,]\d)/u.exec(text)?.[0];
  if (figures !== undefined) return Number(figures);
  const word = folded(text)
    .split(/[^\p{L}]+/u)
    .find(one => numbers.indexOf(one) > 1 || one === numbers[0]);
  return word === undefined ? null : numbers.indexOf(word);
}

import { later } from '../days.ts';
import type { Received } from '../diary.ts';
import { sameDay, type Claim } from './claims.ts';
import { sectionsOf } from './lists.ts';
import { dayFrom, saidDay } from './said-days.ts';

export function reviewDay({ facts }: Received): string | null | undefined {
  return sectionsOf(facts).find(({ section }) => section === 'review')?.reviewOn;
}

/** In days: a weekend and the morning of the week's card may lie between. */
const askedWithin = 5;

/** On a card of its own, or as a line among others. */
function isReviewAsked(line: string): boolean {
  return line.startsWith('Time to look at the charter of ') || line === 'The day has come to look at the charter again';
}

export const ofTheCharter: readonly Claim[] = [
  {
    says: new RegExp(`The day you chose for it (?:is here: |was )${saidDay}`),
    but: (match, card) => sameDay(dayFrom(match, card.day), reviewDay(card)),
  },
  {
    says: new RegExp(`has looked after the review\\. The next one is on ${saidDay}`),
    but: (match, card, { received, days }) => {
      const next = dayFrom(match, card.day);
      // Where the week's card or others take that morning, it is asked on one of the next.
      const mornings = Array.from({ length: askedWithin }, (_, index) => later(next, index));
      if (!mornings.every(day => days.has(day))) return undefined;
      return received.some(({ day, edit, lines }) => mornings.includes(day) && !edit && lines.some(isReviewAsked))
        ? undefined
        : 'nobody was asked on that day, or on a morning soon after';
    },
  },
];

import type { Received } from '../diary.ts';
import { sameDay, type Claim } from './claims.ts';
import { sectionsOf } from './lists.ts';
import { dayFrom, saidDay } from './said-days.ts';

export function reviewDay({ facts }: Received): string | null | undefined {
  return sectionsOf(facts).find(({ section }) => section === 'review')?.reviewOn;
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
      if (!days.has(next)) return undefined;
      return received.some(({ kind, day, edit }) => kind === 'charter.review' && day === next && !edit)
        ? undefined
        : 'nobody was asked on that day';
    },
  },
];

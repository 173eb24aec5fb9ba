import { daysBetween } from '../../lib/dates.ts';

/** How far away the next review is. */
export type ReviewState =
  | { readonly kind: 'none' }
  | { readonly kind: 'overdue'; readonly days: number }
  | { readonly kind: 'today' }
  | { readonly kind: 'days'; readonly days: number }
  | { readonly kind: 'weeks'; readonly weeks: number };

/** Up to this many days we count in days, then in whole weeks. */
const countedInDays = 13;

/** @param on the day of the review. @param today the day it is. Both YYYY-MM-DD. */
export function reviewState(on: string | null, today: string): ReviewState {
  if (on === null) return { kind: 'none' };
  const days = daysBetween(today, on);
  if (days < 0) return { kind: 'overdue', days: -days };
  if (days === 0) return { kind: 'today' };
  if (days <= countedInDays) return { kind: 'days', days };
  return { kind: 'weeks', weeks: Math.round(days / 7) };
}

import { Temporal } from 'temporal-polyfill';

/** How many months until the next review one can choose with one press. */
export const reviewMonths = [3, 6, 12] as const;

/**
 * The day so many months after this one, both YYYY-MM-DD; from the 31st it leads to the last day of a shorter month.
 */
export function reviewIn(months: number, today: string): string {
  return Temporal.PlainDate.from(today).add({ months }).toString();
}

/** Whether the day of the review has come. Both YYYY-MM-DD. */
export function isReviewDue(on: string | null, today: string): on is string {
  return on !== null && on <= today;
}

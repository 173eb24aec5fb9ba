import { isOverdue, type Action } from './plan.ts';

/** What one may ask for by its day. Weeks begin on Monday. */
export const dueFilters = ['overdue', 'this-week', 'next-week', 'no-date'] as const;
export type DueFilter = (typeof dueFilters)[number];

/** @param today the calendar day in the community's zone. */
export function isDue(filter: DueFilter, action: Pick<Action, 'state' | 'due'>, today: string): boolean {
  const { due } = action;
  if (filter === 'overdue') return isOverdue(action, today);
  if (due === null || filter === 'no-date') return due === null && filter === 'no-date';
  const { monday, sunday } = weekOf(today, filter === 'next-week' ? 1 : 0);
  return due >= monday && due <= sunday;
}

const dayLength = 86_400_000;

/** Calendar days alone, in no zone: so that a page needs nothing that knows zones to count them. */
function weekOf(day: string, weeksLater: number): { readonly monday: string; readonly sunday: string } {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const sinceMonday = (new Date(midnight).getUTCDay() + 6) % 7;
  const monday = midnight + (7 * weeksLater - sinceMonday) * dayLength;
  const named = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
  return { monday: named(monday), sunday: named(monday + 6 * dayLength) };
}

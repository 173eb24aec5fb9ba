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

/** Stretches of days, in their order. */
export const dueGroups = ['overdue', 'today', 'this-week', 'next-week', 'later', 'no-date', 'done'] as const;
export type DueGroup = (typeof dueGroups)[number];

/** The stretch an action's day lies in; what is done has its own. */
export function dueGroup(action: Pick<Action, 'state' | 'due'>, today: string): DueGroup {
  if (action.state === 'done') return 'done';
  if (action.due === null) return 'no-date';
  if (isOverdue(action, today)) return 'overdue';
  if (action.due === today) return 'today';
  if (isDue('this-week', action, today)) return 'this-week';
  return isDue('next-week', action, today) ? 'next-week' : 'later';
}

const quickDays = ['today', 'tomorrow', 'friday', 'next-week'] as const;
type QuickDay = (typeof quickDays)[number];

/** The days that people mostly mean, each once; `next-week` is its Monday. None lies in the past. */
export function quickDaysFrom(today: string): readonly { readonly name: QuickDay; readonly day: string }[] {
  const { monday, sunday } = weekOf(today, 0);
  const days: Readonly<Record<QuickDay, string>> = {
    today,
    tomorrow: daysLater(today, 1),
    friday: daysLater(monday, 4),
    'next-week': daysLater(sunday, 1),
  };
  return quickDays
    .map(name => ({ name, day: days[name] }))
    .filter(({ day }, place, all) => day >= today && all.findIndex(other => other.day === day) === place);
}

function daysLater(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayLength).toISOString().slice(0, 10);
}

/** Calendar days alone, in no zone: so that a page needs nothing that knows zones to count them. */
function weekOf(day: string, weeksLater: number): { readonly monday: string; readonly sunday: string } {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const sinceMonday = (new Date(midnight).getUTCDay() + 6) % 7;
  const monday = midnight + (7 * weeksLater - sinceMonday) * dayLength;
  const named = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
  return { monday: named(monday), sunday: named(monday + 6 * dayLength) };
}

import { isOpenDay, openDayBefore, type Rest } from '../attention/open-days.ts';
import type { Person } from '../community.ts';
import { isDue } from './due.ts';
import { isOverdue, type Action } from './plan.ts';
import { addDays, localDay, momentOn } from '../schedule.ts';

/** A week after the day it was due; of what is overdue, a week from today. */
export function weekLater(due: string, today: string): string {
  return addDays(due < today ? today : due, 7);
}

/** How many are not done, and due from today to the end of the week: what is late is told of by name. */
export function dueInWeek(actions: readonly Pick<Action, 'state' | 'due'>[], today: string): number {
  return actions.filter(
    action => action.state !== 'done' && isDue('this-week', action, today) && !isOverdue(action, today),
  ).length;
}

/**
 * The two days on which owners hear of an action: the last open day on which it can be done in time, which is mostly the
 * day it is due, and the open day before that.
 */
export interface ReminderDays {
  readonly before: string;
  readonly on: string;
}

/**
 * A day that a zone skips (Apia had no 30 December 2011) is kept on the day after, as every time that the clocks skip;
 * the day before it is the last one that there was.
 */
export function reminderDays(due: string, { timeZone, rest }: Where): ReminderDays {
  const real = realDay(due, timeZone);
  const on = isOpenDay(real, rest) ? real : openDayThatWas(real, { timeZone, rest });
  return { before: openDayThatWas(on, { timeZone, rest }), on };
}

function openDayThatWas(day: string, { timeZone, rest }: Where): string {
  let before = openDayBefore(day, rest);
  while (realDay(before, timeZone) !== before) before = openDayBefore(before, rest);
  return before;
}

/** Which days are open, in which zone. */
export interface Where {
  readonly timeZone: string;
  readonly rest: Rest;
}

/** `last`: its own day is off, and this is the last open day before. */
export type When = 'today' | 'last' | 'tomorrow' | 'soon';

/** Whether owners are reminded of this action today, and when it is due. */
export function remindsOf(due: string | null, today: string, where: Where): When | null {
  if (due === null) return null;
  const { before, on } = reminderDays(due, where);
  if (on !== today && before !== today) return null;
  const day = realDay(due, where.timeZone);
  if (on === today) return day === today ? 'today' : 'last';
  return day === realDay(addDays(today, 1), where.timeZone) ? 'tomorrow' : 'soon';
}

/** Somebody with everything that they are reminded of today. */
export interface Reminder<Kept> {
  readonly person: Person;
  readonly actions: readonly Kept[];
}

/** One reminder a person, however many of their actions are due; none for what is done. */
export function remindersFor<Kept extends Pick<Action, 'state' | 'due' | 'owners'>>(
  actions: readonly Kept[],
  today: string,
  where: Where,
): readonly Reminder<Kept>[] {
  const due = actions.filter(action => action.state !== 'done' && remindsOf(action.due, today, where) !== null);
  const people = new Map(due.flatMap(({ owners }) => owners).map(owner => [owner.id, owner]));
  return [...people.values()].map(person => ({
    person,
    actions: due.filter(({ owners }) => owners.some(({ id }) => id === person.id)),
  }));
}

function realDay(day: string, timeZone: string): string {
  return localDay(momentOn(day, '12:00', timeZone), timeZone);
}

import type { Community, Person, Settings, Weekday, WeekSize } from '../community.ts';
import { facilitationWeek, minutesIn, tasksOf, type FacilitationTask } from './method.ts';
import { addDays, localDay, momentOn, weekdayOf } from '../schedule.ts';

/** Five working days of one community. */
export interface Week {
  /** The calendar day it starts on, YYYY-MM-DD: its name in lists and messages. */
  readonly key: string;
  /** Its five calendar days in order; the method's first day is the first. */
  readonly days: readonly string[];
}

/** That somebody did a task of a week. */
export interface Tick {
  readonly week: string;
  readonly task: string;
  readonly tickedBy: Person;
  /** ISO instant. */
  readonly tickedAt: string;
}

type TaskState =
  | { readonly kind: 'open' }
  | { readonly kind: 'ticked'; readonly by: Person; readonly at: string }
  /** There is nothing to do, or the product did it: nobody's tick. */
  | { readonly kind: 'by-itself'; readonly why: ByItself }
  /** Its day is over, and nobody has ticked it. */
  | { readonly kind: 'carried-over' };

/** Why a task needs nobody. */
export type ByItself =
  | { readonly reason: 'nobody-new' }
  | { readonly reason: 'survey'; readonly title: string }
  | { readonly reason: 'digest'; readonly on: string };

export interface BoardTask extends FacilitationTask {
  readonly state: TaskState;
}

export interface BoardDay {
  readonly date: string;
  readonly state: 'past' | 'today' | 'future';
  readonly tasks: readonly BoardTask[];
  readonly minutes: Minutes;
}

/** Minutes of tasks that somebody ticked, of those that needed nobody, and of all. */
interface Minutes {
  readonly done: number;
  readonly spared: number;
  readonly of: number;
}

/** A week as it stands. */
export interface Board {
  readonly week: string;
  /** The calendar day it is in the community; before, in or after the week's days. */
  readonly today: string;
  readonly days: readonly BoardDay[];
  readonly minutes: Minutes;
}

/**
 * The days on which a community works, in order from its first: five in a row from Saturday or Sunday, else Monday to
 * Friday.
 */
export function workingDays(first: Weekday): readonly Weekday[] {
  const days: readonly Weekday[] = first === 6 ? [6, 7, 1, 2, 3] : first === 7 ? [7, 1, 2, 3, 4] : [1, 2, 3, 4, 5];
  const start = days.indexOf(first);
  return [...days.slice(start), ...days.slice(0, start)];
}

/** The week that starts on this calendar day. */
export function weekFrom(key: string): Week {
  const first = weekdayOf(key);
  return { key, days: workingDays(first).map(day => addDays(key, daysFrom(first, day))) };
}

/**
 * The running week: it starts when its card goes out, so that before this time on the first day the week before still
 * runs.
 */
export function weekOf(
  { timeZone, facilitation: { day, time } }: Pick<Settings, 'timeZone' | 'facilitation'>,
  now: Date,
): Week {
  const today = localDay(now, timeZone);
  const start = addDays(today, -daysFrom(day, weekdayOf(today)));
  return weekFrom(now < momentOn(start, time, timeZone) ? addDays(start, -7) : start);
}

/**
 * Where a week stands from now. A week that began under other settings goes on until the next one starts, so that
 * nobody holds a dead card because the day or the time was changed.
 */
export function phaseOf(
  week: string,
  settings: Pick<Settings, 'timeZone' | 'facilitation'>,
  now: Date,
): 'over' | 'running' | 'to come' {
  if (week > localDay(now, settings.timeZone)) return 'to come';
  return week < weekOf(settings, now).key ? 'over' : 'running';
}

/**
 * The first day that has tasks: nothing is owed from before the app came, before somebody set it up, or from a pause.
 * Null where all of that is unknown.
 */
export function firstDayOf({ settings, installedAt }: Pick<Community, 'settings' | 'installedAt'>): string | null {
  if (!settings) return null;
  const days = [settings.facilitation.from, installedAt && localDay(new Date(installedAt), settings.timeZone)];
  return (
    days
      .filter(day => day !== undefined && day !== '')
      .toSorted()
      .at(-1) ?? null
  );
}

/** What else a board is made from. */
export interface BoardChoices {
  readonly size?: WeekSize;
  /** Days before it have no tasks; see {@link firstDayOf}. */
  readonly from?: string | null;
  /** Tasks that need nobody, by their ids. */
  readonly byItself?: ReadonlyMap<string, ByItself>;
}

/**
 * A week as it stands. What somebody ticked stays on it, even where the size chosen since has no such task.
 * @param ticks of this week; those of other weeks or for unknown tasks are left out.
 */
export function boardFor(
  week: Week,
  ticks: readonly Tick[],
  now: Date,
  timeZone: string,
  { size = 'full', from = null, byItself = new Map() }: BoardChoices = {},
): Board {
  const today = localDay(now, timeZone);
  const ticked = new Map(ticks.filter(tick => tick.week === week.key).map(tick => [tick.task, tick]));
  const tasks = tasksIn(size, week, ticked);
  const days = week.days.map((date, index): BoardDay => {
    const state = date < today ? 'past' : date === today ? 'today' : 'future';
    const ofDay = tasks
      .filter(task => task.day === index + 1 && (from === null || date >= from || ticked.has(task.id)))
      .map((task): BoardTask => ({ ...task, state: stateOf(ticked.get(task.id), byItself.get(task.id), state) }));
    return { date, state, tasks: ofDay, minutes: minutesOf(ofDay) };
  });
  return { week: week.key, today, days, minutes: minutesOf(days.flatMap(day => day.tasks)) };
}

/** Those of the size, and those of the whole week that somebody ticked, in the method's order. */
function tasksIn(size: WeekSize, week: Week, ticked: ReadonlyMap<string, Tick>): readonly FacilitationTask[] {
  const chosen = new Map(tasksOf(size, week.key).map(task => [task.id, task]));
  return facilitationWeek.flatMap(task => chosen.get(task.id) ?? (ticked.has(task.id) ? task : []));
}

/** A task of the method, or undefined when there is none with this id. */
export function findTask(id: string): FacilitationTask | undefined {
  return facilitationWeek.find(task => task.id === id);
}

/** A tick as it is to be kept: the first one stays, whoever comes second. */
export function tick(
  existing: Tick | undefined,
  {
    week,
    task,
    person,
    now,
  }: { readonly week: string; readonly task: string; readonly person: Person; readonly now: Date },
): Tick {
  return existing ?? { week, task, tickedBy: { id: person.id, name: person.name }, tickedAt: now.toISOString() };
}

/**
 * Whether this person may take a tick back: only who set it, so that nobody's work disappears by a slip of somebody
 * else's finger.
 */
export function mayUntick(existing: Tick, person: Pick<Person, 'id'>): boolean {
  return existing.tickedBy.id === person.id;
}

/** Days from one weekday to the next such day, 0 to 6. */
function daysFrom(from: Weekday, to: Weekday): number {
  return (to - from + 7) % 7;
}

function stateOf(tick: Tick | undefined, why: ByItself | undefined, day: BoardDay['state']): TaskState {
  if (tick) return { kind: 'ticked', by: tick.tickedBy, at: tick.tickedAt };
  if (why) return { kind: 'by-itself', why };
  return { kind: day === 'past' ? 'carried-over' : 'open' };
}

function minutesOf(tasks: readonly BoardTask[]): Minutes {
  const total = (kind: TaskState['kind']) => minutesIn(tasks.filter(task => task.state.kind === kind));
  return { done: total('ticked'), spared: total('by-itself'), of: minutesIn(tasks) };
}

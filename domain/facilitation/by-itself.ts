import type { Settings } from '../community.ts';
import { addDays, localDay, momentOn } from '../schedule.ts';
import type { ByItself, Tick, Week } from './facilitation.ts';
import { sizeOf, tasksOf } from './method.ts';

/** What the product can see of a community's week. */
export interface Seen {
  /** ISO instants at which people joined, as far as they are known. */
  readonly joined: readonly string[];
  /** Surveys that somebody sent to the members, with the day on which each opens. */
  readonly surveys: readonly { readonly title: string; readonly opensOn: string }[];
  /** ISO instants at which the members' digest went out. */
  readonly digests: readonly string[];
}

export const nothingSeen: Seen = { joined: [], surveys: [], digests: [] };

/**
 * Tasks of a week that need nobody, by their ids: as far as it has come, for nobody knows who joins tomorrow. It
 * follows from what is so now, and is kept nowhere; a tick by somebody stands before it.
 * @param ticks of the week, and where somebody joined in the week before, of that one
 */
export function byItselfIn(
  week: Week,
  seen: Seen,
  ticks: readonly Tick[],
  { settings, now }: { readonly settings: Pick<Settings, 'timeZone' | 'facilitation'>; readonly now: Date },
): ReadonlyMap<string, ByItself> {
  const { timeZone } = settings;
  const today = localDay(now, timeZone);
  const found = new Map<string, ByItself>();
  for (const task of greetingsUntil(today, week, settings)) {
    if (!needsGreeting(task, { seen, ticks })) found.set(task.id, { reason: 'nobody-new' });
  }
  const [first = week.key, last = week.key] = [week.days[0], week.days.at(-1)];
  const isInWeek = (day: string): boolean => day >= first && day <= last && day <= today;
  const survey = seen.surveys.find(({ opensOn }) => isInWeek(opensOn));
  if (survey) found.set('listen', { reason: 'survey', title: survey.title });
  const digest = seen.digests.map(at => localDay(new Date(at), timeZone)).find(isInWeek);
  if (digest !== undefined) found.set('newsletter', { reason: 'digest', on: digest });
  return found;
}

/** The task of one day to welcome people, and when those joined whom it is about. */
interface Greeting {
  readonly id: string;
  readonly since: Date;
  readonly until: Date | null;
}

/**
 * Whoever joins is one day's: they came since the card turned to the day of the greeting before, and on the day itself
 * until it turns to the next. The first day is about the whole week before, whose card nobody can tick any more.
 */
function greetingsUntil(
  today: string,
  week: Week,
  settings: Pick<Settings, 'timeZone' | 'facilitation'>,
): readonly Greeting[] {
  const {
    timeZone,
    facilitation: { time },
  } = settings;
  const tasks = tasksOf(sizeOf(settings), week.key).filter(({ words }) => words === 'newcomers');
  const days = tasks.map(task => ({ id: task.id, date: week.days[task.day - 1] ?? week.key }));
  return days.flatMap(({ id, date }, index) => {
    if (date > today) return [];
    const since = momentOn(days[index - 1]?.date ?? addDays(date, -7), time, timeZone);
    // On its own day it is about those as well who join after the card turned to it.
    return [{ id, since, until: date === today ? null : momentOn(date, time, timeZone) }];
  });
}

/** Somebody joined whom nobody has greeted since: a tick of any such task after they came counts. */
function needsGreeting(
  { since, until }: Greeting,
  { seen, ticks }: { readonly seen: Seen; readonly ticks: readonly Tick[] },
): boolean {
  const greeted = ticks.filter(({ task }) => task.startsWith('newcomers-')).map(({ tickedAt }) => Date.parse(tickedAt));
  return seen.joined
    .map(at => Date.parse(at))
    .some(
      at => at >= since.getTime() && (until === null || at < until.getTime()) && !greeted.some(moment => moment >= at),
    );
}

import type { Settings } from '../community.ts';
import { addDays, localDay } from '../schedule.ts';
import { weekOf, type Board } from './facilitation.ts';

type Rhythm = Pick<Settings, 'timeZone' | 'facilitation'>;

/** The day on which the week goes on, while it is on a pause; else null. */
export function pausedUntil({ timeZone, facilitation: { from } }: Rhythm, now: Date): string | null {
  return from !== undefined && from > localDay(now, timeZone) ? from : null;
}

/** In how many weeks in a row hardly anything was ticked before smaller ones, a pause or other hands are offered. */
export const quietEnough = 2;
/** How far back it is looked, in weeks. */
export const lookedBack = 4;

/**
 * The weeks before this one, newest first: those that had tasks from their first day on. None where it is not known
 * since when there are any.
 */
export function weeksBefore(week: string, from: string | null): readonly string[] {
  if (from === null) return [];
  const earlier = Array.from({ length: lookedBack }, (_, index) => addDays(week, -7 * (index + 1)));
  return earlier.filter(key => key >= from);
}

/** Whether less than a tenth of a week's minutes was ticked by anybody. */
export function wasQuiet({ minutes: { done, of } }: Pick<Board, 'minutes'>): boolean {
  return done * 10 < of;
}

/** The week as it goes on from today: neither open tasks nor quiet weeks of the time before are held against anybody. */
export function begunAfresh(week: Settings['facilitation'], today: string): Settings['facilitation'] {
  return week.from !== undefined && week.from >= today ? week : { ...week, from: today };
}

/** The days until which a pause can be chosen with one press: the beginnings of the weeks in two and in four weeks. */
export function pausesFrom(rhythm: Rhythm, now: Date): readonly string[] {
  const { key } = weekOf(rhythm, now);
  return [addDays(key, 14), addDays(key, 28)];
}

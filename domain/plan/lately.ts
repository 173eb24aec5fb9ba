import { addDays, localDay, momentOn } from '../schedule.ts';

/** For how many days what is done stays in sight. */
const latelyFor = 30;

/** The moment from which on what was done was done lately: the same one all day long. */
export function latelyFrom(now: Date, timeZone: string): Date {
  return momentOn(addDays(localDay(now, timeZone), -latelyFor), '00:00', timeZone);
}

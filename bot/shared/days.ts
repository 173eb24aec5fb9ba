import { timeZoneOf, type Community } from '../../domain/community.ts';
import { localDay } from '../../domain/schedule.ts';
import type { Clock } from '../ports.ts';

/** The calendar day where the community is. */
export function todayIn({ clock }: { readonly clock: Clock }, community: Pick<Community, 'settings'>): string {
  return localDay(clock(), timeZoneOf(community));
}

const inFull: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric' };

/** For a day that is near: the weekday helps, the year does not. */
export const nearDay: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long' };

/** The time of day: "14:05". */
export const clockTime: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };

/**
 * A calendar day as the values of a sentence that says `{{when, datetime}}`; no values for no day. It is noon in UTC and
 * written as of UTC, so that no zone moves it. The value is not called like an option of Intl (`day`, `weekday`): the
 * formatter would take it for one.
 */
export function onDay(day: string | null, format = inFull): Readonly<Record<string, unknown>> {
  if (day === null) return {};
  return { when: new Date(`${day}T12:00:00Z`), formatParams: { when: { ...format, timeZone: 'UTC' } } };
}

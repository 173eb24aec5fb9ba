import { z } from 'zod';
import { Day, Person, TimeOfDay, Weekday } from '../community.ts';
import { line } from '../text.ts';
import { EventAddress, longestEvent, longestPlace, longestTitle, modes, mostHosts, shortestEvent } from './event.ts';
import { eventAudiences, eventKindIds } from './method.ts';

/** Which of the weekdays of a month. */
export const nthWeekdays = [1, 2, 3, 4, 'last'] as const;
export type NthWeekday = (typeof nthWeekdays)[number];

/** How often something comes, counted from the first day on: in weeks on its weekday, or by a weekday of the month. */
export const RhythmRule = z.discriminatedUnion('every', [
  z.object({ every: z.literal('weeks'), weeks: z.number().int().min(1).max(8), from: Day }),
  z.object({
    every: z.literal('months'),
    months: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(6), z.literal(12)]),
    nth: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal('last')]),
    weekday: Weekday,
    from: Day,
  }),
]);
export type RhythmRule = z.infer<typeof RhythmRule>;

export const RhythmId = z
  .string()
  .regex(/^[a-z0-9-]{8,40}$/, { error: 'expected 8 to 40 small letters, digits and hyphens' });

/** A meeting that comes again and again: what its events begin with. */
export const Rhythm = z.object({
  title: line(longestTitle).min(1),
  kind: z.enum(eventKindIds),
  rule: RhythmRule,
  /** By the clock of the community. */
  time: TimeOfDay,
  minutes: z.number().int().min(shortestEvent).max(longestEvent),
  mode: z.enum(modes),
  place: line(longestPlace),
  link: EventAddress.nullable(),
  /** Who is invited by name is said of each event. */
  audience: z.enum(eventAudiences).exclude(['named']),
  hosts: z.array(Person).max(mostHosts),
  /** Its last day; null for no end. */
  until: Day.nullable(),
});
export type Rhythm = z.infer<typeof Rhythm>;

export interface KeptRhythm extends Rhythm {
  readonly changedBy: Person;
  readonly changedAt: string;
}

/**
 * The rhythms that may be meant when somebody names the first day: in weeks, or by its place in its month. The last
 * weekday of a month is offered beside its number, as both may be meant.
 */
export function rulesFrom(from: string): readonly RhythmRule[] {
  const date = new Date(`${from}T00:00:00Z`);
  const weekday = ((date.getUTCDay() + 6) % 7) + 1;
  const place = Math.ceil(date.getUTCDate() / 7);
  const isLast = new Date(date.getTime() + 7 * 86_400_000).getUTCMonth() !== date.getUTCMonth();
  const nths: readonly NthWeekday[] = [
    ...([1, 2, 3, 4] as const).filter(nth => nth === place),
    ...(isLast ? (['last'] as const) : []),
  ];
  return [
    ...[1, 2, 4].map((weeks): RhythmRule => ({ every: 'weeks', weeks, from })),
    ...([1, 2, 3, 6, 12] as const).flatMap(months =>
      nths.map((nth): RhythmRule => ({ every: 'months', months, nth, weekday, from })),
    ),
  ];
}

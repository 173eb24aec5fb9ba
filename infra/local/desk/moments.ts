import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

/**
 * Where the clock may be moved: back to real time, to a moment, on by days, or to the next such hour of the week in a
 * zone.
 */
export const Move = z.union([
  z.object({ moment: z.literal('reset') }).strict(),
  z.object({ moment: z.iso.datetime({ offset: true }) }).strict(),
  z.object({ days: z.number().int().min(-3650).max(3650), zone: z.string() }).strict(),
  z
    .object({
      weekday: z.number().int().min(1).max(7),
      time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
      zone: z.string(),
    })
    .strict(),
  z.object({ local: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/), zone: z.string() }).strict(),
]);
export type Move = z.infer<typeof Move>;

/**
 * The moment a move leads to, or null for real time. Days and hours are those of wall clocks in the zone;
 * an hour that daylight saving skips becomes the one after it.
 * @throws RangeError for a zone this runtime does not know or a day no calendar has.
 */
export function momentOf(move: Move, now: Date): Date | null {
  if ('moment' in move) return move.moment === 'reset' ? null : new Date(move.moment);
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(move.zone);
  if ('days' in move) return dateOf(here.add({ days: move.days }));
  if ('local' in move) return dateOf(Temporal.PlainDateTime.from(move.local).toZonedDateTime(move.zone));
  const today = here.with({ hour: 0, minute: 0, second: 0, millisecond: 0 });
  const day = today.add({ days: (move.weekday - today.dayOfWeek + 7) % 7 });
  const found = day.withPlainTime(move.time);
  return dateOf(
    Temporal.ZonedDateTime.compare(found, here) > 0 ? found : day.add({ days: 7 }).withPlainTime(move.time),
  );
}

function dateOf(moment: Temporal.ZonedDateTime): Date {
  return new Date(moment.epochMilliseconds);
}

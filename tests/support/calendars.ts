import { expect } from '@jest/globals';
import ical, { type VEvent } from 'node-ical';
import { convertIcsCalendar } from 'ts-ics';

/**
 * What a calendar file holds, as calendars read it: two parsers that know nothing of each other have to find the same in
 * it, so that no reading is the whim of one of them. Only for texts that do not play at being the format: one of the two
 * takes a title "BEGIN:VEVENT" for a beginning.
 */
export function eventsIn(text: string): readonly VEvent[] {
  const found = Object.values(ical.sync.parseICS(text)).filter(one => one?.type === 'VEVENT') as VEvent[];
  const read = convertIcsCalendar(undefined, text).events ?? [];
  const byUid = (one: { readonly uid: string }, other: { readonly uid: string }) => (one.uid < other.uid ? -1 : 1);
  expect(
    read
      .map(({ uid, summary, description, location, status, sequence, start, end }) => ({
        ...{ uid, summary, description, location, status, sequence: Number(sequence ?? 0) },
        start: instant(start.date, start.type === 'DATE'),
        end: end && instant(end.date, end.type === 'DATE'),
      }))
      .toSorted(byUid),
  ).toEqual(
    found
      .map(({ uid, summary, description, location, status, sequence, datetype, start, end }) => ({
        ...{ uid, summary: textOf(summary), description: textOf(description), location: textOf(location), status },
        sequence: Number(sequence),
        start: instant(start, false, datetype === 'date'),
        end: end && instant(end, false, datetype === 'date'),
      }))
      .toSorted(byUid),
  );
  return found;
}

/** Some values come with the parameters that stand before them. */
function textOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'val' in value ? value.val : value;
}

/** A day as such: one parser gives it as midnight of UTC, the other as midnight where this runs. */
function instant(date: Date, isDayOfUtc: boolean, isDayHere = false): string {
  if (isDayOfUtc) return date.toISOString().slice(0, 10);
  if (!isDayHere) return date.toISOString();
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(part => String(part).padStart(2, '0')).join('-');
}

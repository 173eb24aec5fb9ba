import { describe, expect, test } from '@jest/globals';
import ical, { type VEvent } from 'node-ical';
import { icsOf } from '../../../../bot/features/calendar/ics.ts';
import type { CalendarEntry } from '../../../../domain/plan/calendar.ts';
import { translateFor } from '../../../support/feature-parts.ts';
import { openCalendar } from './parts.ts';

const t = translateFor(openCalendar().feature);
const link = ({ id }: { readonly id: string }) =>
  `https://teams.example.org/l/entity/app/community?webUrl=${encodeURIComponent(`https://cop.example.org/?a=1,2;3&community=${id}`)}`;

function entry(choices: Partial<CalendarEntry> = {}): CalendarEntry {
  return {
    uid: 'book-the-room.cedar@cop-companion',
    sequence: 7,
    changedAt: '2026-11-03T09:00:00.000Z',
    day: '2026-11-27',
    title: 'Book the room',
    owners: ['Priya Raman', 'Tomasz Nowak'],
    community: { id: 'cedar', name: 'Data Storytellers' },
    ...choices,
  };
}
function file(entries: readonly CalendarEntry[], name: string | null = 'Plan'): string {
  return icsOf({ name, entries, link }, t);
}
/** As a calendar reads it. */
function eventsIn(text: string): readonly VEvent[] {
  return Object.values(ical.sync.parseICS(text)).filter(one => one?.type === 'VEVENT') as VEvent[];
}
/** A day as node-ical gives it: midnight where this test runs. */
function dayOf(date: Date): string {
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(part => String(part).padStart(2, '0')).join('-');
}

describe('an action in a calendar', () => {
  test('is a whole day, named, described, and linked to the plan', () => {
    const [event] = eventsIn(file([entry()]));

    expect({ ...event, start: dayOf(event!.start), end: dayOf(event!.end!) }).toMatchObject({
      uid: 'book-the-room.cedar@cop-companion',
      sequence: 7,
      summary: 'Book the room',
      description: `Owners: Priya Raman, Tomasz Nowak\nFrom the plan of Data Storytellers.\n${link({ id: 'cedar' })}`,
      url: { params: { VALUE: 'URI' }, val: link({ id: 'cedar' }) },
      datetype: 'date',
      start: '2026-11-27',
      end: '2026-11-28',
      transparency: 'TRANSPARENT',
      lastmodified: new Date('2026-11-03T09:00:00Z'),
      dtstamp: new Date('2026-11-03T09:00:00Z'),
    });
  });

  test.each([
    ['2026-03-29', '20260329', '20260330', 'a day with 23 hours in London'],
    ['2026-12-31', '20261231', '20270101', 'the last of the year'],
    ['2028-02-29', '20280229', '20280301', 'a leap day'],
    ['2011-12-30', '20111230', '20111231', 'a day that Samoa skipped'],
  ])('due on %s is that day in every zone: %s', (day, start, end) => {
    const text = file([entry({ day })]);

    expect(text).toContain(`\r\nDTSTART;VALUE=DATE:${start}\r\nDTEND;VALUE=DATE:${end}\r\n`);
    expect(text).not.toContain('TZID');
  });

  test.each([
    ['Tea, cake; and \\ more', 'commas, semicolons, backslashes'],
    ['🫖 Tee für alle 👩‍👩‍👧‍👦 '.repeat(9).trim(), 'emoji across folded lines'],
    ['לקבוע את החדר לפגישה הבאה', 'right to left'],
    ['BEGIN:VEVENT', 'what looks like the format'],
    [
      'A title of two hundred characters that says at length what could be said in brief, and then says it once more, so that a calendar has something to fold, and folds it twice, as the format asks for it.',
      'long lines',
    ],
  ])('keeps %j: %s', title => {
    const events = eventsIn(file([entry({ title })]));

    expect(events.map(({ summary }) => summary)).toEqual([title]);
  });

  test('is one line, whatever was typed: nobody writes a second event into it', () => {
    const events = eventsIn(file([entry({ title: 'Tea\r\nEND:VEVENT\r\nBEGIN:VEVENT\u0007\u2028SUMMARY:Forged' })]));

    expect(events.map(({ summary }) => summary)).toEqual(['Tea END:VEVENT BEGIN:VEVENT SUMMARY:Forged']);
  });

  test.each([
    [[], 'Nobody has taken this on yet.'],
    [['Priya Raman'], 'Owner: Priya Raman'],
  ])('says who does it: %j', (owners, says) => {
    const [event] = eventsIn(file([entry({ owners })]));

    expect(String(event?.description).split('\n')[0]).toBe(says);
  });
});

describe('the file', () => {
  test('has lines of at most 75 bytes that end as the format asks', () => {
    const text = file([entry({ title: '🫖 Tee für alle '.repeat(12) })]);

    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.split('\r\n').filter(line => Buffer.byteLength(line) > 75)).toEqual([]);
  });

  test('is the same to the last byte when nothing has changed', () => {
    expect(file([entry()])).toBe(file([entry()]));
  });

  test('to follow has a name and says when to ask again; to take over has neither', () => {
    expect(file([entry()], 'Plan of Data Storytellers')).toMatch(
      /X-WR-CALNAME:Plan of Data Storytellers\r\n[\s\S]*REFRESH-INTERVAL;VALUE=DURATION:PT1H/,
    );
    expect(file([entry()], null)).toMatch(/METHOD:PUBLISH\r\n(?![\s\S]*(CALNAME|REFRESH))/);
  });

  test('without anything due is a calendar all the same', () => {
    expect(file([])).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR\r?\n?$/);
    expect(eventsIn(file([]))).toEqual([]);
  });
});

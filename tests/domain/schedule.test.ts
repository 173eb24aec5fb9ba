import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { Weekday } from '../../domain/community.ts';
import {
  addDays,
  daysBetween,
  endOfDay,
  localDay,
  localTime,
  momentOn,
  nextAfterChange,
  nextOnDays,
  nextWeekly,
  weekdayOf,
} from '../../domain/schedule.ts';

describe('nextWeekly', () => {
  test.each<[string, Weekday, string, string, string, string]>([
    // zone, weekday, time, after, expected, reason
    ['Europe/London', 1, '09:00', '2026-11-18T12:00:00Z', '2026-11-23T09:00:00Z', 'later in the week'],
    ['Europe/London', 1, '09:00', '2026-11-23T08:59:59.999Z', '2026-11-23T09:00:00Z', 'a moment before it'],
    [
      'Europe/London',
      1,
      '09:00',
      '2026-11-23T09:00:00Z',
      '2026-11-30T09:00:00Z',
      'at the moment itself: strictly after',
    ],
    ['Europe/London', 1, '10:30', '2026-11-23T09:00:00Z', '2026-11-23T10:30:00Z', 'the hour was changed: still today'],
    [
      'Europe/London',
      1,
      '08:00',
      '2026-11-23T09:00:00Z',
      '2026-11-30T08:00:00Z',
      'the hour was changed to one gone by: next week',
    ],
    [
      'Europe/London',
      1,
      '09:00',
      '2026-03-23T09:00:00Z',
      '2026-03-30T08:00:00Z',
      'over the change to summer time: an hour less',
    ],
    [
      'Europe/London',
      1,
      '09:00',
      '2026-10-19T08:00:00Z',
      '2026-10-26T09:00:00Z',
      'over the change to winter time: an hour more',
    ],
    [
      'Europe/London',
      7,
      '01:30',
      '2026-03-28T12:00:00Z',
      '2026-03-29T01:30:00Z',
      'the clocks skip 01:30: it becomes 02:30 summer time',
    ],
    ['Europe/London', 7, '01:30', '2026-10-24T12:00:00Z', '2026-10-25T00:30:00Z', '01:30 comes twice: the first one'],
    [
      'Europe/London',
      7,
      '01:30',
      '2026-10-25T00:30:00Z',
      '2026-11-01T01:30:00Z',
      '01:30 comes twice: the second one does not count',
    ],
    ['America/New_York', 1, '09:00', '2026-03-02T14:00:00Z', '2026-03-09T13:00:00Z', 'over the change to summer time'],
    ['America/New_York', 1, '09:00', '2026-10-26T13:00:00Z', '2026-11-02T14:00:00Z', 'over the change to winter time'],
    [
      'America/New_York',
      7,
      '02:30',
      '2026-03-07T12:00:00Z',
      '2026-03-08T07:30:00Z',
      'the clocks skip 02:30: it becomes 03:30',
    ],
    [
      'America/New_York',
      7,
      '01:30',
      '2026-10-31T12:00:00Z',
      '2026-11-01T05:30:00Z',
      '01:30 comes twice: the first one',
    ],
    [
      'Australia/Sydney',
      1,
      '09:00',
      '2026-04-01T00:00:00Z',
      '2026-04-05T23:00:00Z',
      'winter begins in April; Monday there is Sunday in UTC',
    ],
    ['Australia/Sydney', 1, '09:00', '2026-10-01T00:00:00Z', '2026-10-04T22:00:00Z', 'summer begins in October'],
    [
      'Australia/Sydney',
      7,
      '02:30',
      '2026-10-03T00:00:00Z',
      '2026-10-03T16:30:00Z',
      'the clocks skip 02:30: it becomes 03:30',
    ],
    [
      'Asia/Kathmandu',
      1,
      '09:00',
      '2026-11-20T00:00:00Z',
      '2026-11-23T03:15:00Z',
      'an offset of five hours and three quarters',
    ],
    [
      'Africa/Casablanca',
      1,
      '09:00',
      '2026-02-10T00:00:00Z',
      '2026-02-16T09:00:00Z',
      'the clocks go back during Ramadan',
    ],
    [
      'Pacific/Apia',
      5,
      '09:00',
      '2011-12-29T00:00:00Z',
      '2011-12-30T19:00:00Z',
      'a Friday that never was: the same time on Saturday',
    ],
    [
      'Pacific/Apia',
      1,
      '09:00',
      '2026-11-22T00:00:00Z',
      '2026-11-22T20:00:00Z',
      'thirteen hours ahead: Monday begins on Sunday in UTC',
    ],
    ['Europe/London', 2, '09:00', '2028-02-28T12:00:00Z', '2028-02-29T09:00:00Z', 'on a leap day'],
    ['Europe/London', 3, '09:00', '2028-02-29T09:00:00Z', '2028-03-01T09:00:00Z', 'the day after a leap day'],
    ['UTC', 5, '00:00', '2026-12-31T23:59:00Z', '2027-01-01T00:00:00Z', 'midnight, in another year'],
  ])('%s, weekday %i, %s after %s is %s: %s', (timeZone, day, time, after, expected) => {
    const next = nextWeekly({ day, time, timeZone }, new Date(after));

    expect(next).toEqual(new Date(expected));
  });

  test('is after the moment asked, as asked on the wall clock, within 8 days and once a week, anywhere and any time', () => {
    const zones = [
      'Europe/London',
      'America/New_York',
      'Australia/Sydney',
      'Asia/Kathmandu',
      'Africa/Casablanca',
      'Australia/Lord_Howe',
      'America/St_Johns',
      'Pacific/Apia',
      'Africa/Cairo',
      'Asia/Tehran',
    ];
    const questions = fc.record({
      timeZone: fc.constantFrom(...zones),
      day: fc.constantFrom<Weekday[]>(1, 2, 3, 4, 5, 6, 7),
      time: fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `${two(hour)}:${two(minute)}`),
      // After 2011, when Apia lost a whole day and with it a Friday.
      after: fc.date({
        min: new Date('2015-01-01T00:00:00Z'),
        max: new Date('2035-01-01T00:00:00Z'),
        noInvalidDate: true,
      }),
    });

    fc.assert(
      fc.property(questions, ({ timeZone, day, time, after }) => {
        const next = nextWeekly({ day, time, timeZone }, after);
        const oneAfter = nextWeekly({ day, time, timeZone }, next);
        const wall = wallClock(next, timeZone);

        expect(next.getTime()).toBeGreaterThan(after.getTime());
        expect(next.getTime() - after.getTime()).toBeLessThanOrEqual(8 * 24 * 3_600_000);
        const shifted = Date.parse(`2000-01-01T${wall.time}Z`) - Date.parse(`2000-01-01T${time}Z`);
        expect(shifted).toBe(shifted === 0 ? 0 : gapBefore(next, timeZone));
        expect(weekdayOf(wall.day)).toBe(day);
        expect(Math.round((Date.parse(wallClock(oneAfter, timeZone).day) - Date.parse(wall.day)) / 86_400_000)).toBe(7);
      }),
      { numRuns: 500 },
    );
  });
});

describe('nextOnDays', () => {
  test.each<[Weekday[], string, string, string]>([
    [[2, 3, 4, 5], '2026-11-23T09:00:00Z', '2026-11-24T09:00:00Z', 'the next day'],
    [[2, 3, 4, 5], '2026-11-27T09:00:00Z', '2026-12-01T09:00:00Z', 'over the weekend'],
    [[1], '2026-11-23T08:00:00Z', '2026-11-23T09:00:00Z', 'still today'],
    [[4, 1], '2026-11-24T08:00:00Z', '2026-11-26T09:00:00Z', 'days in any order'],
  ])('%j after %s is %s: %s', (days, after, expected) => {
    const next = nextOnDays({ days, time: '09:00', timeZone: 'Europe/London' }, new Date(after));

    expect(next).toEqual(new Date(expected));
  });

  test('is never without days', () => {
    const next = nextOnDays({ days: [], time: '09:00', timeZone: 'Europe/London' }, new Date('2026-11-23T09:00:00Z'));

    expect(next).toBeNull();
  });
});

test.each([
  ['2026-11-23T23:30:00Z', 'Europe/London', '2026-11-23', 'no offset in winter'],
  ['2026-06-23T23:30:00Z', 'Europe/London', '2026-06-24', 'past midnight in summer'],
  ['2026-11-23T04:59:00Z', 'America/New_York', '2026-11-22', 'still the evening before'],
  ['2026-11-22T13:00:00Z', 'Australia/Sydney', '2026-11-23', 'the next day already'],
])('localDay of %s in %s is %s: %s', (now, timeZone, expected) => {
  const day = localDay(new Date(now), timeZone);

  expect(day).toBe(expected);
});

test.each([
  ['2026-11-23', 'Europe/London', '2026-11-24T00:00:00Z', 'an ordinary day'],
  ['2026-03-29', 'Europe/London', '2026-03-29T23:00:00Z', 'a day of 23 hours'],
  ['2026-10-25', 'Europe/London', '2026-10-26T00:00:00Z', 'a day of 25 hours'],
  [
    '2026-04-23',
    'Africa/Cairo',
    '2026-04-23T22:00:00Z',
    'the next day starts at 01:00, because its midnight is skipped',
  ],
])('endOfDay of %s in %s is %s: %s', (day, timeZone, expected) => {
  const end = endOfDay(day, timeZone);

  expect(end).toEqual(new Date(expected));
});

test('momentOn gives the moment of a wall-clock time', () => {
  const moment = momentOn('2026-06-01', '09:00', 'America/New_York');

  expect(moment).toEqual(new Date('2026-06-01T13:00:00Z'));
});

test.each([
  ['2026-02-28', 1, '2026-03-01', 'no leap year'],
  ['2028-02-28', 1, '2028-02-29', 'a leap year'],
  ['2026-01-01', -7, '2025-12-25', 'back over New Year'],
])('%s and %i days is %s: %s', (day, days, expected) => {
  const later = addDays(day, days);

  expect(later).toBe(expected);
});

test.each([
  ['2026-11-23', 1],
  ['2026-11-29', 7],
  ['2028-02-29', 2],
])('%s is ISO weekday %i', (day, expected) => {
  const weekday = weekdayOf(day);

  expect(weekday).toBe(expected);
});

test.each(['2026-02-30', '2026-13-01', 'soon', ''])('%p is no calendar day', day => {
  expect(() => addDays(day, 1)).toThrow(RangeError);
  expect(() => weekdayOf(day)).toThrow(RangeError);
  expect(() => daysBetween('2026-11-23', day)).toThrow(RangeError);
});

test('property: days are reckoned as Temporal reckons them', () => {
  const days = fc
    .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map(date => date.toISOString().slice(0, 10));
  fc.assert(
    fc.property(days, fc.integer({ min: -100_000, max: 100_000 }), (day, count) => {
      const date = Temporal.PlainDate.from(day);
      const later = date.add({ days: count });
      expect(weekdayOf(day)).toBe(date.dayOfWeek);
      expect(addDays(day, count)).toBe(later.toString());
      expect(daysBetween(day, later.toString())).toBe(count);
    }),
  );
});

test('property: the local day is the one that Temporal finds, in any zone at any moment', () => {
  const moments = fc.date({ min: new Date('0001-01-02'), max: new Date('+010000-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(moments, fc.constantFrom(...Intl.supportedValuesOf('timeZone'), 'UTC'), (moment, timeZone) => {
      const there = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone);
      expect(localDay(moment, timeZone)).toBe(there.toPlainDate().toString());
    }),
  );
});

/** Day and time on the wall clock, by the runtime's own calendar: a second opinion. */
function wallClock(moment: Date, timeZone: string): { day: string; time: string } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(moment);
  const part = (type: string) => parts.find(candidate => candidate.type === type)?.value;
  return { day: `${part('year')}-${part('month')}-${part('day')}`, time: `${part('hour')}:${part('minute')}` };
}

/** How far the clocks jumped forward in the two hours before this moment, in milliseconds. */
function gapBefore(moment: Date, timeZone: string): number {
  const earlier = new Date(moment.getTime() - 2 * 3_600_000);
  const shown = (at: Date) => Date.parse(`${wallClock(at, timeZone).day}T${wallClock(at, timeZone).time}Z`);
  return shown(moment) - shown(earlier) - 2 * 3_600_000;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

describe('nextAfterChange', () => {
  test.each<[string, string, string | null, string, string | null, string]>([
    // zone, time, pending, now, expected, reason; all on Mondays, pending under the settings before
    ['Europe/London', '09:00', null, '2026-11-22T10:00:00Z', '2026-11-23T09:00:00Z', 'nothing was pending'],
    [
      'Europe/London',
      '09:00',
      '2026-11-23T09:00:00Z',
      '2026-11-23T08:30:00Z',
      '2026-11-23T09:00:00Z',
      'something else was changed',
    ],
    [
      'Europe/London',
      '11:00',
      '2026-11-23T09:00:00Z',
      '2026-11-23T08:30:00Z',
      '2026-11-23T11:00:00Z',
      'a later hour, today',
    ],
    [
      'Europe/London',
      '08:00',
      '2026-11-23T09:00:00Z',
      '2026-11-23T08:30:00Z',
      '2026-11-23T08:00:00Z',
      'an hour that has just gone by: at once, not in a week',
    ],
    [
      'Europe/London',
      '08:00',
      '2026-11-30T09:00:00Z',
      '2026-11-23T09:30:00Z',
      '2026-11-30T08:00:00Z',
      'an hour that has gone by, but this week’s was sent',
    ],
    [
      'Europe/London',
      '10:00',
      '2026-11-30T09:00:00Z',
      '2026-11-24T08:00:00Z',
      '2026-11-30T10:00:00Z',
      'yesterday is not made up for',
    ],
    [
      'Pacific/Auckland',
      '09:00',
      '2026-11-23T09:00:00Z',
      '2026-11-23T08:30:00Z',
      '2026-11-22T20:00:00Z',
      'a zone where it is Monday evening already: at once',
    ],
    [
      'America/New_York',
      '09:00',
      '2026-11-23T09:00:00Z',
      '2026-11-23T08:30:00Z',
      '2026-11-23T14:00:00Z',
      'a zone where Monday is still to come',
    ],
    [
      'Europe/London',
      '11:00',
      '2026-11-23T09:00:00Z',
      '2026-11-23T09:00:30Z',
      '2026-11-23T09:00:00Z',
      'it was due, and nobody has looked yet',
    ],
    [
      'Europe/London',
      '09:00',
      '2026-11-16T09:00:00Z',
      '2026-11-20T09:00:00Z',
      '2026-11-16T09:00:00Z',
      'the server was down when it was due',
    ],
  ])('Mondays %s %s, with %s pending, at %s: %s (%s)', (timeZone, time, pending, now, expected) => {
    const next = nextAfterChange(
      after => nextWeekly({ day: 1, time, timeZone }, after),
      pending === null ? null : new Date(pending),
      new Date(now),
    );

    expect(next?.toISOString()).toBe(expected === null ? null : new Date(expected).toISOString());
  });

  test('what is due no more is not kept', () => {
    expect(nextAfterChange(() => null, new Date('2026-11-23T09:00:00Z'), new Date('2026-11-23T08:30:00Z'))).toBeNull();
  });

  test('property: however zone and hour are changed, each Monday has its occasion, and what a server misses is not forgotten', () => {
    const zones = [
      'Europe/London',
      'America/Los_Angeles',
      'Pacific/Auckland',
      'Asia/Kathmandu',
      'Pacific/Kiritimati',
      'Pacific/Pago_Pago',
    ];
    const change = fc.record({
      minutes: fc.integer({ min: 1, max: 6 * 24 * 60 }),
      zone: fc.constantFrom(...zones),
      hour: fc.integer({ min: 0, max: 23 }),
      looks: fc.boolean(),
    });

    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 40 }), changes => {
        const start = new Date('2026-02-25T12:00:00Z');
        let settings = { day: 1 as const, time: '09:00', timeZone: 'Europe/London' };
        let now = start;
        const next = (after: Date): Date => nextWeekly(settings, after);
        let due = next(now);
        const periods: string[] = [];
        /** As the calendar does it: one occasion for all that were missed; its job accounts for every week since. */
        function look(): void {
          if (due > now) return;
          for (let moment = due; moment <= now; moment = next(moment))
            periods.push(mondayOf(localDay(moment, settings.timeZone)));
          due = next(now);
        }

        for (const { minutes, zone, hour, looks } of [
          ...changes,
          { minutes: 8 * 24 * 60, zone: 'Europe/London', hour: 9, looks: true },
        ]) {
          now = new Date(now.getTime() + minutes * 60_000);
          if (looks) look();
          settings = { ...settings, timeZone: zone, time: `${String(hour).padStart(2, '0')}:00` };
          due = nextAfterChange(next, due, now) as Date;
          if (looks) look();
        }
        look();

        const seen = [...new Set(periods)].toSorted();
        const expected: string[] = [];
        for (let monday = seen[0] ?? ''; monday <= (seen.at(-1) ?? ''); monday = addDays(monday, 7))
          expected.push(monday);
        expect(seen).toEqual(expected);
        // The last Monday that is over everywhere on earth is among them.
        const last = mondayOf(addDays(localDay(now, 'Pacific/Pago_Pago'), -1));
        if (last > '2026-03-02') expect(seen.at(-1)! >= last).toBe(true);
      }),
      { numRuns: 300 },
    );

    function mondayOf(day: string): string {
      return addDays(day, 1 - weekdayOf(day));
    }
  });
});

test.each([
  ['2026-11-23T09:00:30Z', 'Europe/London', 'minute', '2026-11-23 09:00'],
  ['2026-11-23T20:00:05.999Z', 'Asia/Tokyo', 'second', '2026-11-24 05:00:05'],
  ['2026-07-01T09:00:00Z', 'UTC', 'second', '2026-07-01 09:00:00'],
] as const)('%s in %s to the %s is %s', (moment, timeZone, unit, expected) => {
  expect(localTime(new Date(moment), timeZone, unit)).toBe(expected);
});

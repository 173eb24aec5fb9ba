import { describe, expect, test } from '@jest/globals';
import { dayAtEnd, timeInText } from '../../../bot/shared/day-in-words.ts';

/** A Monday. */
const today = '2026-11-23';

describe('a text ends with a day', () => {
  test.each([
    ['leaflet to next Thursday', '2026-12-03', 'of next week'],
    ['leaflet on Friday', '2026-11-27', 'the coming one'],
    ['leaflet tomorrow', '2026-11-24', 'from today'],
    ['leaflet by 3 December.', '2026-12-03', 'a date, and a full stop'],
    ['leaflet by 30/11/2026', '2026-11-30', 'the day first'],
    ['leaflet in two weeks', '2026-12-07', 'a number of weeks'],
    ['leaflet at the end of the month', '2026-11-30', 'an end'],
    ['leaflet 3 May', '2027-05-03', 'what is over this year is next year'],
    ['leaflet last Friday', '2026-11-20', 'last Friday is over'],
    ['leaflet yesterday', '2026-11-22', 'so is yesterday'],
    ['leaflet 1 March 2020', '2020-03-01', 'and another year'],
  ])('%j: %s, %s', (text, day) => {
    expect(dayAtEnd(text, { today })?.day).toBe(day);
  });

  test('says what stood before it', () => {
    expect(dayAtEnd('The leaflet, by next Thursday!', { today })?.before).toBe('The leaflet, by');
  });

  test.each([
    ['', 'nothing'],
    ['leaflet', 'no day'],
    ['Friday leaflet', 'the day is not at the end'],
    ['Book a room for May', 'a month is no day'],
    ['leaflet next month', 'nor is the next'],
    ['a talk of 10 minutes', 'nor is a time'],
    ['leaflet now', 'nor is now'],
    ['leaflet 31 February', 'there is no such day'],
    ['Thursday week', 'half a day is none'],
    ['x'.repeat(10_000), 'a long word'],
    ['!'.repeat(10_000), 'many marks'],
  ])('%.20j has none: %s', text => {
    expect(dayAtEnd(text, { today })).toBeUndefined();
  });

  test('of a long text only the end is read, and nothing of the rest is lost', () => {
    const text = `${'word '.repeat(2000)}Friday`;

    expect(dayAtEnd(text, { today })).toEqual({
      day: '2026-11-27',
      before: 'word '.repeat(2000).trim(),
    });
  });
});

test.each([
  ['3/4/2027', 'en-GB', '2027-04-03'],
  ['3/4/2027', 'en-US', '2027-03-04'],
  ['3/4/2027', null, '2027-04-03'],
  ['nächsten Freitag', 'de-DE', '2026-12-04'],
  ['el viernes', 'es-ES', '2026-11-27'],
  ['on Friday', 'fr-FR', '2026-11-27'],
  ['on Friday', 'tlh', '2026-11-27'],
])('%j on a device in %s is %s', (text, locale, day) => {
  expect(dayAtEnd(text, { today, locale })?.day).toBe(day);
});

test('no zone of the server makes another day of it', () => {
  const days = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'].map(zone => {
    const before = process.env['TZ'];
    process.env['TZ'] = zone;
    try {
      return dayAtEnd('leaflet to Thursday', { today })?.day;
    } finally {
      process.env['TZ'] = before;
    }
  });

  expect(days).toEqual(['2026-11-26', '2026-11-26']);
});

test.each([
  ['de-DE', 'die Wochenkarte um 9 Uhr', '09:00'],
  ['de-DE', 'die Karte soll um 8 Uhr 30 kommen', '08:30'],
  ['de-DE', 'um 9:30', '09:30'],
  ['en-GB', 'die Wochenkarte um 9 Uhr', '09:00'],
  ['en-GB', 'send the weekly card at 2 pm', '14:00'],
  ['en-GB', 'at 9:30 on Tuesdays', '09:30'],
  ['en-GB', "at nine o'clock, so 10 am", '10:00'],
  ['en-GB', 'in the morning', undefined],
  ['en-GB', 'on Tuesday', undefined],
  ['de-DE', 'am Dienstag', undefined],
])('in %s “%s” says %s', (locale, text, time) => {
  expect(timeInText(text, { locale })).toBe(time);
});

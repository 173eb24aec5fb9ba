import { expect, test } from '@jest/globals';
import {
  isDay,
  isTimeOfDay,
  lengthOf,
  localIso,
  plain,
  readingOf,
  secondsIn,
  secondsOf,
  stampReader,
  unitsOf,
  type Stamp,
} from '../../../domain/events/local-stamps.ts';
import { clocks } from '../../support/attendance-files.ts';

const stampOf = stampReader();

function stamp(text: string): Stamp {
  const found = stampOf(text);
  if (!found) throw new Error(`${text} is no moment`);
  return found;
}

/** Read together, as the moments of one file are. */
function read(texts: readonly string[], near?: string, yearFirst = false): readonly (string | null)[] {
  const stamps = texts.map(stamp);
  const hints = { yearFirst, ...(near !== undefined && { near: Date.parse(`${near}Z`) / 1000 }) };
  const reading = readingOf(stamps, stamps.length === 2 ? [[stamps[0]!, stamps[1]!]] : [], hints);
  return stamps.map(one => secondsOf(one, reading)).map(seconds => (seconds === null ? null : localIso(seconds)));
}

test.each([
  ['11/24/2020, 4:00:12 PM', '2020-11-24T16:00:12'],
  ['7/22/26, 12:00:11 AM', '2026-07-22T00:00:11'],
  ['7/22/26, 12:00:11\u202fPM', '2026-07-22T12:00:11'],
  ['22/07/2026, 09:29:07', '2026-07-22T09:29:07'],
  ['25/04/2024 10:00:00', '2024-04-25T10:00:00'],
  ['22.7.2026 klo 18.29.28', '2026-07-22T18:29:28'],
  ['26.09.24, 10:00', '2024-09-26T10:00:00'],
  ['2026-07-22 18 h 29 min 28 s', '2026-07-22T18:29:28'],
  ['2026-07-22T18:29:28.123Z', '2026-07-22T18:29:28'],
  ['2026. 07. 22. 18:29:28', '2026-07-22T18:29:28'],
  ['2026. 7. 22. 오후 6:29:28', '2026-07-22T18:29:28'],
  ['2026/7/22 下午6:29:28', '2026-07-22T18:29:28'],
  ['2026年7月22日 18:29:28', '2026-07-22T18:29:28'],
  ['22.07.26 г., 18:29:28', '2026-07-22T18:29:28'],
  ['18:29:28 22/7/26', '2026-07-22T18:29:28'],
  ['٢٢\u200f/٧\u200f/٢٠٢٦، ٦:٢٩:٢٨ م', '2026-07-22T18:29:28'],
  ['\u200e22/7/2026, 6:29:28 p. m.', '2026-07-22T18:29:28'],
  ['۱۴۰۵/۴/۳۱, ۱۸:۲۹:۲۸', '2026-07-22T18:29:28'],
  ['22/7/2569 18:29:28', '2026-07-22T18:29:28'],
  ['２０２６/７/２２ １８:２９:２８', '2026-07-22T18:29:28'],
])('%s is a moment', (text, expected) => {
  expect(read([text])).toEqual([expected]);
});

test.each([
  '',
  'Presenter',
  '15550100147',
  '+1 555 010 0147',
  '1h 42m 10s',
  'c0ffee00-4d2a-4b7e-9a51-7e0d5c1a9f20',
  '99/99/2026, 10:00:00',
  '31/31/26, 10:00:00',
  '22/07/2026, 27:00:00',
  '22/07/2026, 10:75:00',
  'September 22 - 24, 2026, from 10:00 until 12:00 in the large room',
  '22/07/2026',
  '1.2.3.4.5.6',
])('%j is no moment', text => {
  expect(stampOf(text)).toBeNull();
});

test.each(clocks)('moments as a computer in %s writes them are read again', locale => {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium', timeZone: 'UTC' });
  const moments = ['2026-03-27T08:05:09', '2026-03-27T12:00:00', '2026-03-27T20:59:58', '2026-03-28T00:30:00'];

  expect(
    read(
      moments.map(moment => format.format(new Date(`${moment}Z`))),
      '2026-03-27T08:00:00',
    ),
  ).toEqual(moments);
});

test.each([
  ['the American order goes with AM and PM', ['9/10/26, 4:00:00 PM'], undefined, ['2026-09-10T16:00:00']],
  ['small letters do not', ['9/10/26, 4:00:00 pm'], undefined, ['2026-10-09T16:00:00']],
  ['the day first is usual', ['09/02/2021, 09:30:00'], undefined, ['2021-02-09T09:30:00']],
  [
    'another moment tells',
    ['9/10/26, 10:00', '9/13/26, 10:00'],
    undefined,
    ['2026-09-10T10:00:00', '2026-09-13T10:00:00'],
  ],
  ['midnight tells', ['9/10/26, 23:00', '9/11/26, 01:00'], undefined, ['2026-09-10T23:00:00', '2026-09-11T01:00:00']],
  ['the event tells', ['9/10/26, 10:00'], '2026-09-10T10:00', ['2026-09-10T10:00:00']],
  ['the event tells against AM and PM', ['9/10/26, 10:00:00 AM'], '2026-10-09T10:00', ['2026-10-09T10:00:00']],
  ['the event tells which calendar', ['22/7/69 18:29:28'], '2026-07-22T18:30', ['2026-07-22T18:29:28']],
  ['an unknown word for the afternoon', ['22.7.2026 xy 6:29:28'], '2026-07-22T18:30', ['2026-07-22T18:29:28']],
  [
    'two unknown words',
    ['22.7.2026 ab 11:30', '22.7.2026 xy 12:30'],
    undefined,
    ['2026-07-22T11:30:00', '2026-07-22T12:30:00'],
  ],
])('%s', (_what, texts, near, expected) => {
  expect(read(texts, near)).toEqual(expected);
});

test('the year is first in East Asia', () => {
  expect(read(['22/7/26 18:29:28'], undefined, true)).toEqual(['2022-07-26T18:29:28']);
  expect(read(['22/7/26 18:29:28'])).toEqual(['2026-07-22T18:29:28']);
});

test('a moment that is none in the order of the others is left out', () => {
  expect(read(['22/7/26 18:00', '23/7/26 18:00', '7/24/26 18:00'])).toEqual([
    '2026-07-22T18:00:00',
    '2026-07-23T18:00:00',
    null,
  ]);
});

test.each([
  ['9/22/26', true],
  ['22.07.2026', true],
  ['2026-07-22', true],
  ['22-99-26', false],
  ['1:02:03', false],
  ['Ada', false],
])('%s is a day: %j', (text, expected) => {
  expect(isDay(text)).toBe(expected);
});

test.each([
  ['2:48:05 PM', true],
  ['14:48', true],
  ['下午6:29:28', true],
  ['2h 5m', false],
  ['9/22/26', false],
])('%s is a time of day: %j', (text, expected) => {
  expect(isTimeOfDay(text)).toBe(expected);
});

const learnt = unitsOf([
  { length: lengthOf('1 godz. 2 min 3 s')!, seconds: 3723 },
  { length: lengthOf('28 min 5 s')!, seconds: 1685 },
  { length: lengthOf('1 godz. 42 min')!, seconds: 6135 },
]);

test.each([
  ['1 godz. 35 min 10 s', 5710],
  ['1 godz. 5 s', 3605],
  ['45 min', 2700],
  ['53 s', 53],
  ['2 godz.', 7200],
  ['1:02:03', 3723],
])('once its words are learnt, %s is %i seconds', (text, seconds) => {
  expect(secondsIn(lengthOf(text)!, learnt, Infinity)).toBe(seconds);
});

test('where the words are not known, it is the longest that fits', () => {
  expect(secondsIn(lengthOf('54 x 15 y')!, unitsOf([]), 3545)).toBe(3255);
  expect(secondsIn(lengthOf('1 x 15 y')!, unitsOf([]), 10)).toBeNull();
});

test.each(['', 'Attendee', 'a@b.example', '2', '9/22/26', '1 2 3', '1,5'])('%j is no length of time', text => {
  expect(lengthOf(text)).toBeNull();
});

test.each([
  ['١٢٣', '123'],
  ['۱۲۳', '123'],
  ['१२३', '123'],
  ['１２３', '123'],
  ['๑๒๓', '123'],
])('%s is %s', (text, expected) => {
  expect(plain(text)).toBe(expected);
});

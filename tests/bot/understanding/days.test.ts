import { expect, test } from '@jest/globals';
import { daysIn } from '../../../bot/understanding/days.ts';
import { english } from '../../../bot/understanding/words.ts';

// A Thursday.
const today = '2026-11-26';

test.each([
  [
    'call the library by next Thursday',
    'en-GB',
    '2026-12-03',
    'by next Thursday',
    'a weekday, with the word before it',
  ],
  ['move it to Friday', 'en-GB', '2026-11-27', 'to Friday', 'the next one'],
  ['until 3/12', 'en-GB', '2026-12-03', 'until 3/12', 'the day first'],
  ['until 3/12', 'en-US', '2027-03-12', 'until 3/12', 'the month first, where people write it so'],
  ['on the 3rd of December, please', 'en-GB', '2026-12-03', 'on the 3rd of December', 'in words'],
  ['due 2026-12-24', 'en-GB', '2026-12-24', 'due 2026-12-24', 'as machines write it'],
  ['in two weeks', 'en-GB', '2026-12-10', 'in two weeks', 'counted from today'],
  ['bis nächsten Dienstag', 'de-DE', '2026-12-01', 'nächsten Dienstag', 'in the reader’s language'],
  ['tomorrow', 'sv-SE', '2026-11-27', 'tomorrow', 'in English, whatever the language'],
])('%j in %s is %s, said as %j: %s', (sentence, locale, day, words) => {
  const found = daysIn(sentence, { today, locale, language: english });

  expect(found.map(({ day: one, from, to }) => [one, sentence.slice(from, to)])).toEqual([[day, words]]);
});

test('what is an abbreviation of a day in the reader’s language is none in an English sentence', () => {
  expect(daysIn('when do we meet next', { today, locale: 'de-DE', language: english })).toEqual([]);
});

test.each(['start the week now', 'I may help', 'one second', 'march', 'version 2.1', '2 of 11', 'sun', ''])(
  '%j says no day',
  sentence => {
    expect(daysIn(sentence, { today, locale: 'en-GB', language: english })).toEqual([]);
  },
);

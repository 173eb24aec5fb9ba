import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { longestSuggestion, titleFrom } from '../../../domain/plan/message-title.ts';

test.each([
  ['Could somebody book the room?', 'Could somebody book the room?', 'a short message is the title'],
  ['\n  \n👋\n Book   the\troom \nfor December', 'Book the room', 'the first line that says something'],
  ['', '', 'nothing to suggest'],
  ['🎉🎉🎉', '', 'a picture is no title'],
  ['לקבוע את החדר', 'לקבוע את החדר', 'any script'],
  [`${'word '.repeat(30)}`, `${'word '.repeat(23)}word…`, 'a long line is cut between words'],
  ['x'.repeat(200), `${'x'.repeat(119)}…`, 'a word without end is cut within'],
  [`${'a'.repeat(118)}👩‍👩‍👧‍👦👩‍👩‍👧‍👦 b`, `${'a'.repeat(118)}👩‍👩‍👧‍👦…`, 'a family stays together'],
  ['Say ${json(1)} <b>hello</b>', 'Say ${json(1)} <b>hello</b>', 'what looks like code is text'],
])('titleFrom(%j) is %j: %s', (words, expected) => {
  expect(titleFrom(words)).toBe(expected);
});

test('whatever a message says, the suggestion is one line of at most 120 characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), words => {
      const title = titleFrom(words);

      expect(title).not.toMatch(/[\r\n]/);
      expect([...new Intl.Segmenter().segment(title)].length).toBeLessThanOrEqual(longestSuggestion);
    }),
  );
});

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { longestQuestion } from '../../../domain/agenda/question.ts';
import { questionIn } from '../../../domain/agenda/question-in.ts';

test.each([
  [
    'Hello all. Who has a template for SPC charts? Thanks!',
    'Who has a template for SPC charts?',
    'between other words',
  ],
  ['Who has one?\nAnd who made it?', 'Who has one?', 'the first of two'],
  ['Wirklich?! Ja.', 'Wirklich?!', 'with more than a question mark'],
  ['We need a room.\nLarge.', 'We need a room.', 'nothing is asked'],
  ['??? Is it over?', 'Is it over?', 'marks alone ask nothing'],
  ['', '', 'nothing'],
  [`${'x'.repeat(300)}? Or this?`, 'Or this?', 'a report is no question'],
])('%j asks %j (%s)', (words, expected) => {
  expect(questionIn(words)).toBe(expected);
});

test('whatever a message says, what it asks is one line and fits', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('? ', '. ', '\n', 'Why '))),
      parts => {
        const asked = questionIn(parts.join(''));

        expect(asked.length).toBeLessThanOrEqual(Math.max(longestQuestion, 1_000));
        expect(asked).not.toContain('\n');
      },
    ),
  );
});

import { expect, test } from '@jest/globals';
import { clausesOf } from '../../../bot/understanding/clauses.ts';
import { english } from '../../../bot/understanding/words.ts';

test.each<[string, readonly (readonly [string, boolean])[], string]>([
  ['what is overdue?', [], 'one clause is the sentence itself'],
  [
    'I have been away for a month. What have I missed?',
    [
      ['I have been away for a month', false],
      ['What have I missed', true],
    ],
    'two sentences',
  ],
  [
    'sorry to ask, but who is in charge',
    [
      ['sorry to ask', false],
      ['who is in charge', true],
    ],
    'a question without its mark',
  ],
  [
    'I joined on Monday and do not know yet who is responsible',
    [
      ['I joined on Monday and do not know yet who is responsible', false],
      ['who is responsible', true],
    ],
    'a question inside a sentence',
  ],
  ['Thanks! Plan?', [], 'words alone are no clauses'],
  ['book a room at 3.30 pm', [], 'a point within a figure'],
])('%j', (sentence, expected, _why) => {
  expect(clausesOf(sentence, english).map(({ text, isQuestion }) => [text, isQuestion])).toEqual(expected);
});

test('of very many the last ones are read', () => {
  expect(clausesOf('this is one. '.repeat(40), english)).toHaveLength(6);
});

import { expect, test } from '@jest/globals';
import { nameTyped, restOf } from '../../../bot/teams/typed.ts';

const names = ['add', 'plan', 'my data', 'forget me', 'my'];

test.each([
  ['plan', 'plan', '', 'a word'],
  ['/Plan!', 'plan', '', 'as people write it'],
  ['  my   data ', 'my data', '', 'two words, however far apart'],
  ['My Data, please', 'my data', 'please', 'the longest that fits'],
  ['my dat', 'my', 'dat', 'the shorter one where the longer does not fit'],
  ['forget me not', 'forget me', 'not', 'what follows'],
  ['forget', 'forget', '', 'half a name is none'],
  ['add action Book a room', 'add', 'action Book a room', 'one word and what follows'],
  ['/add action x', 'add', 'action x', 'a slash is no part of what follows'],
  ['mydata', 'mydata', '', 'no name'],
  ['', '', '', 'nothing'],
])('%j is %j, and then %j: %s', (text, name, rest) => {
  expect(nameTyped(text, names)).toBe(name);
  expect(restOf(text, name)).toBe(rest);
});

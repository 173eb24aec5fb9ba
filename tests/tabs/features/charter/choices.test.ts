import { expect, test } from '@jest/globals';
import {
  choose,
  followChoices,
  openChoices,
  resultOf,
  startChoosing,
  writeByHand,
  type Choice,
} from '../../../../tabs/features/charter/choices.ts';

const parts = [
  { kind: 'same', text: 'We meet ' },
  { kind: 'clash', mine: 'weekly.', current: 'daily.' },
  { kind: 'same', text: '\n\nAll are welcome' },
  { kind: 'clash', mine: '', current: ', also guests' },
  { kind: 'same', text: '.' },
] as const;

test('before any choice both versions stand, so that nothing is lost', () => {
  const choosing = startChoosing(parts);

  expect(resultOf(choosing)).toBe('We meet weekly.\n\ndaily.\n\nAll are welcome, also guests.');
  expect(openChoices(choosing)).toBe(2);
});

test.each<{ first: Choice; second: Choice; result: string }>([
  { first: 'mine', second: 'mine', result: 'We meet weekly.\n\nAll are welcome.' },
  { first: 'current', second: 'current', result: 'We meet daily.\n\nAll are welcome, also guests.' },
  { first: 'mine', second: 'current', result: 'We meet weekly.\n\nAll are welcome, also guests.' },
  { first: 'both', second: 'mine', result: 'We meet weekly.\n\ndaily.\n\nAll are welcome.' },
])('the result follows the choices: $first, $second', ({ first, second, result }) => {
  const choosing = choose(choose(startChoosing(parts), 1, first), 3, second);

  expect(resultOf(choosing)).toBe(result);
  expect(openChoices(choosing)).toBe(0);
});

test('somebody may change their mind', () => {
  const choosing = choose(choose(startChoosing(parts), 1, 'mine'), 1, 'current');

  expect(resultOf(choosing)).toContain('We meet daily.');
  expect(openChoices(choosing)).toBe(1);
});

test('a result written by hand settles everything and is not overwritten by a choice', () => {
  const choosing = choose(writeByHand(startChoosing(parts), 'We meet.'), 1, 'mine');

  expect(resultOf(choosing)).toBe('We meet.');
  expect(openChoices(choosing)).toBe(0);
});

test('there is a way back from writing by hand', () => {
  const choosing = followChoices(writeByHand(choose(startChoosing(parts), 1, 'mine'), 'We meet.'));

  expect(resultOf(choosing)).toContain('We meet weekly.');
  expect(openChoices(choosing)).toBe(1);
});

import { expect, test } from '@jest/globals';
import { beside } from '../../../../tabs/features/plan/arrows.ts';

const board = [['a', 'b', 'c'], [], ['d'], ['e', 'f']];

test.each([
  ['down its column', 'a', 'ArrowDown', 'b'],
  ['not beyond its end', 'c', 'ArrowDown', null],
  ['up', 'b', 'ArrowUp', 'a'],
  ['not beyond its beginning', 'a', 'ArrowUp', null],
  ['to the next column that has cards, as far down as it goes', 'b', 'ArrowRight', 'd'],
  ['back at the same height', 'f', 'ArrowLeft', 'd'],
  ['not beyond the last column', 'e', 'ArrowRight', null],
  ['to the ends of its column', 'b', 'End', 'c'],
  ['to the beginning of it', 'c', 'Home', 'a'],
  ['nowhere by any other key', 'a', 'x', null],
  ['nowhere from what is not there', 'z', 'ArrowDown', null],
])('an arrow leads %s', (_where, from, key, to) => {
  expect(beside(board, from, key)).toBe(to);
});

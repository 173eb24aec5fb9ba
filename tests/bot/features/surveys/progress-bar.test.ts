import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { barOf } from '../../../../bot/features/surveys/progress-bar.ts';

test.each([
  { done: 0, of: 0, filled: 0, why: 'nothing to do is nothing done' },
  { done: 0, of: 7, filled: 0, why: 'nothing done' },
  { done: 1, of: 200, filled: 1, why: 'the first step shows' },
  { done: 1, of: 2, filled: 5, why: 'half' },
  { done: 19, of: 20, filled: 9, why: 'one is missing' },
  { done: 199, of: 200, filled: 9, why: 'one is missing' },
  { done: 3, of: 3, filled: 10, why: 'all done' },
])('of $done of $of, $filled of ten are filled: $why', ({ done, of, filled }) => {
  expect(barOf(done, of)).toEqual({ filled, rest: 10 - filled });
});

test('it is full only when all is done, and empty only when nothing is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0, max: 1, noNaN: true }), (of, share) => {
      const done = Math.round(of * share);
      const { filled, rest } = barOf(done, of);

      expect(filled + rest).toBe(10);
      expect([rest > 0, filled > 0]).toEqual([done < of, done > 0]);
    }),
  );
});

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { progressBar } from '../../../bot/shared/progress-bar.ts';

test.each([
  { done: 0, of: 0, bar: '▱▱▱▱▱▱▱▱▱▱', why: 'nothing to do is nothing done' },
  { done: 0, of: 7, bar: '▱▱▱▱▱▱▱▱▱▱', why: 'nothing done' },
  { done: 1, of: 200, bar: '▰▱▱▱▱▱▱▱▱▱', why: 'the first step shows' },
  { done: 1, of: 2, bar: '▰▰▰▰▰▱▱▱▱▱', why: 'half' },
  { done: 19, of: 20, bar: '▰▰▰▰▰▰▰▰▰▱', why: 'one is missing' },
  { done: 199, of: 200, bar: '▰▰▰▰▰▰▰▰▰▱', why: 'one is missing' },
  { done: 3, of: 3, bar: '▰▰▰▰▰▰▰▰▰▰', why: 'all done' },
])('$done of $of is $bar: $why', ({ done, of, bar }) => {
  expect(progressBar(done, of)).toBe(bar);
});

test('it is full only when all is done, and empty only when nothing is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0, max: 1, noNaN: true }), (of, share) => {
      const done = Math.round(of * share);
      const bar = progressBar(done, of);

      expect([...bar]).toHaveLength(10);
      expect([bar.includes('▱'), bar.includes('▰')]).toEqual([done < of, done > 0]);
    }),
  );
});

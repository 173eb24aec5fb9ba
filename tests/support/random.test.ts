import { expect, test } from '@jest/globals';
import { createChance } from './random.ts';

test('the same seed brings the same chances, another seed others', () => {
  const numbers = (seed: number) => Array.from({ length: 20 }, createChance(seed).next);

  expect(numbers(7)).toEqual(numbers(7));
  expect(numbers(7)).not.toEqual(numbers(8));
});

test('chances are even enough to choose moments: each of ten tenths comes about as often', () => {
  const { between } = createChance(1);
  const counts = Array<number>(10).fill(0);

  for (let index = 0; index < 10_000; index++) counts[between(0, 9)]! += 1;

  expect(Math.min(...counts)).toBeGreaterThan(900);
  expect(Math.max(...counts)).toBeLessThan(1100);
});

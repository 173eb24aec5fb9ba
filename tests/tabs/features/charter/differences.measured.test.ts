import { expect, test } from '@jest/globals';
import { differences } from '../../../../tabs/features/charter/differences.ts';

test('differences of two long texts with nothing in common come in a moment', () => {
  const [before = '', after = ''] = [0, 1].map(offset =>
    Array.from({ length: 3_000 }, (_, index) => `w${index * 2 + offset}`).join(' '),
  );
  const start = performance.now();

  const changes = differences(before, after);

  expect(changes).toEqual([
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ]);
  expect(performance.now() - start).toBeLessThan(2_000);
});

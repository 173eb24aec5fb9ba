import { expect, test } from '@jest/globals';
import { createBatch } from '../../../bot/shared/batch.ts';

test('whoever asks in the same moment, or while a call is under way, shares the next call', async () => {
  const calls: (readonly number[])[] = [];
  const double = createBatch<number, number>(async items => {
    calls.push(items);
    await new Promise(resolve => setTimeout(resolve, 20));
    return items.map(item => 2 * item);
  });

  const first = [double(1), double(2)];
  await new Promise(resolve => setTimeout(resolve, 5));
  const answers = await Promise.all([...first, double(3), double(4), double(5)]);

  expect({ calls, answers }).toEqual({
    calls: [
      [1, 2],
      [3, 4, 5],
    ],
    answers: [2, 4, 6, 8, 10],
  });
});

test('a failure is told to all who shared the call, and to nobody else', async () => {
  const answer = createBatch<string, string>(async items => {
    if (items.includes('bad')) throw new Error('no');
    return items;
  });

  const together = await Promise.allSettled([answer('good'), answer('bad')]);
  const after = await answer('good');

  expect({ together: together.map(({ status }) => status), after }).toEqual({
    together: ['rejected', 'rejected'],
    after: 'good',
  });
});

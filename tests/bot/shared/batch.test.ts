import { expect, test } from '@jest/globals';
import { createBatch, createMoment } from '../../../bot/shared/batch.ts';

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

test('what is asked in one moment is one call, and the next moment waits for none before it', async () => {
  const calls: (readonly number[])[] = [];
  const double = createMoment<number, number>(async items => {
    calls.push(items);
    await new Promise(resolve => setTimeout(resolve, items.includes(1) ? 40 : 5));
    return items.map(item => 2 * item);
  });

  const first = Promise.all([double(1), double(2)]).then(() => 'first');
  await new Promise(resolve => setTimeout(resolve, 1));
  const second = Promise.all([double(3), double(4)]).then(() => 'second');

  expect(await Promise.race([first, second])).toBe('second');
  expect(await first).toBe('first');
  expect(calls).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test('a moment that failed is told to those who asked in it', async () => {
  const answer = createMoment<string, string>(async items => {
    if (items.includes('bad')) throw new Error('no');
    return items;
  });

  const together = await Promise.allSettled([answer('good'), answer('bad')]);

  expect(together.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await answer('good')).toBe('good');
});

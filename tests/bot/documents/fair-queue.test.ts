import { expect, test } from '@jest/globals';
import { createFairQueue } from '../../../bot/documents/fair-queue.ts';

function filled() {
  const queue = createFairQueue<string>();
  for (const [person, item] of [
    ['ann', 'ann 1'],
    ['ann', 'ann 2'],
    ['ben', 'ben 1'],
    ['ann', 'ann 3'],
  ] as const)
    queue.add(person, item);
  return queue;
}

test('people take turns, however much one of them wants', () => {
  const queue = filled();
  const taken: string[] = [];
  for (let next = queue.take(); next; next = queue.take()) {
    taken.push(next.item);
    queue.finish(next.person);
  }

  expect(taken).toEqual(['ann 1', 'ben 1', 'ann 2', 'ann 3']);
});

test('one thing of a person is under way at a time', () => {
  const queue = filled();

  const taken = [queue.take()?.item, queue.take()?.item, queue.take()?.item];
  queue.finish('ann');

  expect([...taken, queue.take()?.item]).toEqual(['ann 1', 'ben 1', undefined, 'ann 2']);
});

test('what waits is counted, of all and of each, without what is under way', () => {
  const queue = filled();
  queue.take();

  expect([queue.waiting(), queue.waitingOf('ann'), queue.waitingOf('ben'), queue.waitingOf('cem')]).toEqual([
    3, 2, 1, 0,
  ]);
});

test('all that waits can be taken out', () => {
  const queue = filled();
  queue.take();

  expect([queue.clear(), queue.waiting()]).toEqual([['ann 2', 'ann 3', 'ben 1'], 0]);
});

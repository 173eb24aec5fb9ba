import { expect, test } from '@jest/globals';
import { createListeners } from '../../../bot/shared/listeners.ts';

test('tells all who listen by then, in their order, and waits for each', async () => {
  const { add, tell } = createListeners<[string]>();
  const heard: string[] = [];
  await tell('nobody listens yet');
  add(async what => {
    await Promise.resolve();
    heard.push(`first ${what}`);
  });
  add(what => heard.push(`second ${what}`));

  await tell('saved');

  expect(heard).toEqual(['first saved', 'second saved']);
});

test('a listener that fails is heard of', async () => {
  const { add, tell } = createListeners<[]>();
  add(() => Promise.reject(new Error('no room')));

  await expect(tell()).rejects.toThrow('no room');
});

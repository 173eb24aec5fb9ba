import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { createPresence, type Presence } from '../../../bot/live/presence.ts';
import type { Present } from '../../../domain/live/live.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const who = (name: string, editing: Present['editing'] = null): Present => ({ id: name.toLowerCase(), name, editing });

/** Servers that hear each other, until they are cut off. */
function servers(...names: readonly string[]) {
  const told: Record<string, string[]> = Object.fromEntries(names.map(name => [name, []]));
  const cut = new Set<string>();
  const all: Record<string, Presence> = {};
  for (const name of names)
    all[name] = createPresence({
      tell: (community, people) =>
        void told[name]?.push(`${community}: ${people.map(one => one.name + (one.editing ?? '')).join(' ')}`),
      share(community, people) {
        if (cut.has(name)) return;
        for (const other of names) if (other !== name && !cut.has(other)) all[other]?.heard(community, name, people);
      },
    });
  return { told, cut, of: (name: string) => all[name]! };
}

test('who comes and goes in one moment is told once, each person once, wherever they are', async () => {
  const { told, of } = servers('one', 'two');
  const leave = of('one').enter('a', who('Ada'));
  of('one').enter('a', who('Ada', 'aims'));
  of('two').enter('a', who('Ben'));
  of('two').enter('b', who('Cleo'));
  await jest.advanceTimersByTimeAsync(1_000);
  expect([told['one']?.at(-1), told['two']?.filter(line => line.startsWith('a')).at(-1)]).toEqual([
    'a: Adaaims Ben',
    'a: Adaaims Ben',
  ]);

  leave();
  leave();
  await jest.advanceTimersByTimeAsync(1_000);
  expect(told['two']?.filter(line => line.startsWith('a')).at(-1)).toBe('a: Adaaims Ben');
});

test('a server that dies takes those who were there with it, within a minute and a half', async () => {
  const { told, cut, of } = servers('one', 'two');
  of('one').enter('a', who('Ada'));
  of('two').enter('a', who('Ben'));
  await jest.advanceTimersByTimeAsync(1_000);
  expect(told['one']?.at(-1)).toBe('a: Ada Ben');

  cut.add('two');
  await jest.advanceTimersByTimeAsync(60_000);
  expect(told['one']?.at(-1)).toBe('a: Ada Ben');
  await jest.advanceTimersByTimeAsync(45_000);
  expect(told['one']?.at(-1)).toBe('a: Ada');
});

test('whoever stays is still there after an hour', async () => {
  const { told, of } = servers('one', 'two');
  of('one').enter('a', who('Ada'));
  of('two').enter('a', who('Ben'));
  await jest.advanceTimersByTimeAsync(3_600_000);

  expect(told['one']?.at(-1)).toBe('a: Ada Ben');
});

test('a crowd is not told of everybody who comes', async () => {
  const { told, of } = servers('one');
  for (let second = 0; second < 60; second++) {
    for (let count = 0; count < 20; count++) of('one').enter('a', who(`P${second * 20 + count}`));
    await jest.advanceTimersByTimeAsync(1_000);
  }

  expect(told['one']?.length).toBeLessThan(20);
});

import { expect, test } from '@jest/globals';
import { createKnownSince } from '../../../tabs/lib/known-since.ts';

test('a community is known as of the last that was said of it, and whoever listens hears of a change alone', () => {
  const { hear, of, listen } = createKnownSince();
  const heard: (string | undefined)[] = [];
  const end = listen(() => heard.push(of('a')?.toISOString()));

  hear('a', 'now');
  hear('a', '2026-11-22T10:30:00.000Z');
  const first = of('a');
  hear('a', '2026-11-22T10:30:00.000Z');
  // An answer that rests on no list says nothing of them.
  hear('a', null);

  expect(of('a')).toBe(first);
  expect(of('b')).toBeNull();
  hear('a', 'now');
  end();
  hear('a', '2026-11-22T10:31:00.000Z');
  expect(heard).toEqual(['2026-11-22T10:30:00.000Z', undefined]);
});

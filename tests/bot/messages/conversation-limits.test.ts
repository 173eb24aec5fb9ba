import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  callsThatCount,
  conversationFreeAt,
  conversationWindows,
  isBusyConversation,
} from '../../../bot/messages/conversation-limits.ts';
import { mostIn } from '../../support/windows.ts';

describe('a conversation', () => {
  /** Calls so many milliseconds ago, oldest first. */
  const ago = (...milliseconds: number[]): number[] => milliseconds.map(each => -each);
  const times = (count: number, every: number, last: number): number[] =>
    Array.from({ length: count }, (_, index) => -last - (count - 1 - index) * every);

  test.each<[string, readonly number[], number]>([
    ['there was no call', [], -Infinity],
    ['six in a second leave room for one', times(6, 10, 0), -Infinity],
    ['seven in a second do not, until the first is a second old', times(7, 10, 0), 940],
    ['eight in two seconds do not either', times(8, 200, 0), 600],
    ['sixty in half a minute', times(60, 490, 0), 1090],
    ['the slowest window decides', [...times(53, 400, 2000), ...times(7, 10, 0)], 7200],
  ])('is free again: %s', (_reason, calls, expected) => {
    expect(conversationFreeAt(calls)).toBe(expected);
  });

  test('never holds more calls in any window than Teams allows, and waits no longer than it must', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1500 }), { minLength: 1, maxLength: 150 }), pauses => {
        const made: number[] = [];
        let [now, kept] = [0, [] as number[]];
        for (const pause of pauses) {
          const wanted = now + pause;
          now = Math.max(wanted, conversationFreeAt(kept));
          // A call that had to wait could not have gone a moment earlier.
          if (now > wanted)
            expect(
              conversationWindows.some(
                window => made.filter(call => call > now - 1 - window.milliseconds).length >= window.calls,
              ),
            ).toBe(true);
          made.push(now);
          kept = callsThatCount([...kept, now], now);
        }
        for (const window of conversationWindows)
          expect(mostIn(made, window.milliseconds)).toBeLessThanOrEqual(window.calls);
      }),
    );
  });

  test.each<[string, readonly number[], boolean]>([
    ['a card a day is not what Teams means', [], false],
    ['one call a moment ago neither', ago(10), false],
    ['half of what two seconds allow may be', times(4, 100, 0), true],
    ['half of what half a minute allows', times(30, 500, 0), true],
  ])('may be what Teams finds too busy: %s', (_reason, calls, expected) => {
    expect(isBusyConversation(calls, 0)).toBe(expected);
  });

  test('forgets what counts no more', () => {
    expect(callsThatCount([-3_600_001, -3_599_999, -1], 0)).toEqual([-3_599_999, -1]);
  });
});

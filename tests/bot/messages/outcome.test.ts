import { describe, expect, test } from '@jest/globals';
import { conversationAfter } from '../../../bot/messages/outcome.ts';

/** The database's clock is 1000 ahead of this server's, and may be off by 50. */
const clockOffset = 1000;

describe('a conversation after calls', () => {
  test('is free at once when none was made', () => {
    expect(conversationAfter({ calls: [100], clockOffset }, { callsMade: 0 }, 500)).toEqual({
      calls: [100],
      freeAt: 1500,
    });
  });

  test('counts each call as if it had ended as late as can be', () => {
    expect(conversationAfter({ calls: [100], clockOffset }, { callsMade: 2 }, 500)).toEqual({
      calls: [100, 1550, 1550],
      freeAt: 1500,
    });
  });

  test('is free when Teams takes the next call', () => {
    const calls = [1400, 1410, 1420, 1430, 1440, 1450];

    expect(conversationAfter({ calls, clockOffset }, { callsMade: 1 }, 500)).toMatchObject({ freeAt: 2400 });
  });

  test('is held back for as long as Teams asked', () => {
    expect(conversationAfter({ calls: [], clockOffset }, { callsMade: 1, holdBack: 700 }, 500)).toMatchObject({
      freeAt: 2200,
    });
  });
});

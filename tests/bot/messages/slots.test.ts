import { describe, expect, test } from '@jest/globals';
import {
  closerOffset,
  leadAfterMiss,
  leadFor,
  shortestWait,
  slotsBefore,
  unknownOffset,
} from '../../../bot/messages/slots.ts';

describe('the offset between two clocks', () => {
  test('is told by the first answer, from the middle of the question', () => {
    expect(closerOffset(unknownOffset, { askedAt: 100, answeredAt: 140, databaseClock: 5000 })).toEqual({
      milliseconds: 120 - 5000,
      roundTrip: 40,
    });
  });

  test('is told better by a quicker answer', () => {
    expect(
      closerOffset({ milliseconds: -4880, roundTrip: 40 }, { askedAt: 200, answeredAt: 204, databaseClock: 5090 }),
    ).toEqual({ milliseconds: 202 - 5090, roundTrip: 4 });
  });

  test('stays when an answer was slower, and is doubted a little more', () => {
    expect(
      closerOffset({ milliseconds: -4880, roundTrip: 4 }, { askedAt: 200, answeredAt: 300, databaseClock: 9999 }),
    ).toEqual({ milliseconds: -4880, roundTrip: 4.1 });
  });
});

describe('how long before its slot a call is reserved', () => {
  test.each([
    [10, 0, 15, 'half as long again as it took'],
    [2, 100, 95, 'sinks slowly'],
    [1000, 0, 200, 'is bounded'],
  ])('took %i after %i: %i (%s)', (duration, known, expected) => {
    expect(leadFor(duration, known)).toBe(expected);
  });

  test.each([
    [40, 10, 20, 'grows by a quarter of what was missed'],
    [4000, 10, 200, 'is bounded'],
  ])('missed by %i after %i: %i (%s)', (lateBy, known, expected) => {
    expect(leadAfterMiss(lateBy, known)).toBe(expected);
  });
});

test('slots end where the line ends', () => {
  expect(slotsBefore(100, 3, 20)).toEqual([
    { moment: 40, spacing: 20 },
    { moment: 60, spacing: 20 },
    { moment: 80, spacing: 20 },
  ]);
});

describe('how long one more call waits', () => {
  const idle = { lead: 10, lineEnd: 0, nextOwnCall: -Infinity, callers: 0, interval: 20 };

  test.each<[string, Partial<typeof idle>, number]>([
    ['the line is free', {}, 0],
    ['behind those that have no slot yet', { callers: 3 }, 60],
    ['until shortly before the end of the line', { lineEnd: 1100 }, 90],
    ['until this server may call again', { nextOwnCall: 1040 }, 40],
    ['the later of both, and those before it', { lineEnd: 1100, nextOwnCall: 1040, callers: 2 }, 130],
    ['without a limit, only for a pause', { interval: 0, callers: 9, lead: 0, lineEnd: 1500 }, 500],
  ])('%s', (_when, changes, expected) => {
    expect(shortestWait({ ...idle, ...changes }, 1000)).toBe(expected);
  });
});

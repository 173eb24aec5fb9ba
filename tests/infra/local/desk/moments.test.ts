import { describe, expect, test } from '@jest/globals';
import { momentOf, Move } from '../../../../infra/local/desk/moments.ts';

const sunday = new Date('2026-11-22T06:28:00Z');

describe('where the clock is moved to', () => {
  test.each<[string, unknown, Date, string | null]>([
    [
      'the next Monday at nine in London',
      { weekday: 1, time: '09:00', zone: 'Europe/London' },
      sunday,
      '2026-11-23T09:00:00.000Z',
    ],
    [
      'it is Monday already, before nine',
      { weekday: 1, time: '09:00', zone: 'Europe/London' },
      new Date('2026-11-23T08:59:00Z'),
      '2026-11-23T09:00:00.000Z',
    ],
    [
      'at nine sharp it is the Monday after',
      { weekday: 1, time: '09:00', zone: 'Europe/London' },
      new Date('2026-11-23T09:00:00Z'),
      '2026-11-30T09:00:00.000Z',
    ],
    [
      'Monday comes earlier in Auckland',
      { weekday: 1, time: '09:00', zone: 'Pacific/Auckland' },
      sunday,
      '2026-11-22T20:00:00.000Z',
    ],
    [
      'a day keeps the hour when clocks go forward',
      { days: 1, zone: 'Europe/London' },
      new Date('2026-03-28T09:00:00Z'),
      '2026-03-29T08:00:00.000Z',
    ],
    ['and back', { days: -1, zone: 'Europe/London' }, new Date('2026-03-29T08:00:00Z'), '2026-03-28T09:00:00.000Z'],
    [
      'a wall clock in summer',
      { local: '2026-07-06T09:00', zone: 'Europe/London' },
      sunday,
      '2026-07-06T08:00:00.000Z',
    ],
    [
      'an hour that is skipped becomes the one after',
      { local: '2026-03-29T01:30', zone: 'Europe/London' },
      sunday,
      '2026-03-29T01:30:00.000Z',
    ],
    ['a moment', { moment: '2026-12-01T12:00:00+01:00' }, sunday, '2026-12-01T11:00:00.000Z'],
    ['back to real time', { moment: 'reset' }, sunday, null],
  ])('%s', (_what, move, now, expected) => {
    const moment = momentOf(Move.parse(move), now);

    expect(moment?.toISOString() ?? null).toBe(expected);
  });

  test.each<[string, unknown]>([
    ['a weekday there is not', { weekday: 8, time: '09:00', zone: 'Europe/London' }],
    ['an hour there is not', { weekday: 1, time: '25:00', zone: 'Europe/London' }],
    ['words', { moment: 'tomorrow' }],
    ['two moves at once', { days: 1, zone: 'Europe/London', moment: 'reset' }],
  ])('does not understand %s', (_what, move) => {
    expect(Move.safeParse(move).success).toBe(false);
  });

  test('says which zone it does not know', () => {
    expect(() => momentOf({ days: 1, zone: 'Mars/Olympus' }, sunday)).toThrow(/Mars\/Olympus/i);
  });
});

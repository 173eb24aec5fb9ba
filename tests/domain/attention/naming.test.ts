import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { namedIn, standingOf } from '../../../domain/attention/naming.ts';
import { addDays } from '../../../domain/schedule.ts';

const monday = '2026-11-23';

test.each([
  ['2026-11-22', 'named', 'it came up yesterday'],
  ['2026-10-06', 'named', 'there is another week before its eight are over'],
  ['2026-10-05', 'last', 'the next week is after its eight'],
  ['2026-09-29', 'last', 'it has six days left'],
  ['2026-09-28', 'let-go', 'its eight weeks are over today'],
  ['2025-01-01', 'let-go', 'that was long ago'],
])('what came up on %s is %s: %s', (since, expected) => {
  expect(standingOf(since, monday)).toBe(expected);
});

test('names the three that came up last, and counts what is open beside them', () => {
  const items = ['2026-11-01', '2026-10-01', '2026-11-20', '2026-11-10', '2026-01-01', '2026-11-02'];

  expect(namedIn(monday, items, item => item)).toEqual({
    shown: [
      { item: '2026-11-20', last: false },
      { item: '2026-11-10', last: false },
      { item: '2026-11-02', last: false },
    ],
    more: 2,
  });
});

test('property: week after week everything alone is named eight times at most, says once that it is the last, and then never', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 400 }), (weekday, age) => {
      const since = addDays(monday, weekday - age);
      const weeks = Array.from({ length: 80 }, (_none, index) => addDays(monday, 7 * index - 420)).filter(
        week => week >= since,
      );
      const standings = weeks.map(week => standingOf(since, week));

      expect(standings.filter(standing => standing !== 'let-go').length).toBeLessThanOrEqual(8);
      expect(standings.filter(standing => standing === 'last')).toHaveLength(1);
      expect(standings.slice(standings.indexOf('last') + 1)).toEqual(
        standings.slice(standings.indexOf('last') + 1).map(() => 'let-go'),
      );
    }),
  );
});

test('property: nothing that is open gets lost: it is named or counted', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 120 })), ages => {
      const items = ages.map((age, index) => ({ index, since: addDays(monday, -age) }));
      const { shown, more } = namedIn(monday, items, ({ since }) => since);

      expect(shown.length).toBeLessThanOrEqual(3);
      expect(shown.length + more).toBe(items.filter(({ since }) => standingOf(since, monday) !== 'let-go').length);
    }),
  );
});

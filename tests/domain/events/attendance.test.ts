import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  comparison,
  countsOf,
  guestName,
  guestsIn,
  isBeforeMove,
  isLikelyThere,
  mergedGuests,
  nothingSaid,
  organisationsOf,
  whoSaid,
  type Attendance,
} from '../../../domain/events/attendance.ts';
import { person } from '../../support/feature-parts.ts';

const starts = '2026-11-26T15:00:00.000Z';
const before = '2026-11-20T09:00:00.000Z';
const row = (change: Partial<Attendance> = {}, name = 'Amara Okafor'): Attendance => ({
  ...nothingSaid,
  person: person(name),
  ...change,
});
const guest = (name: string, organisation = ''): Attendance => ({
  ...nothingSaid,
  person: null,
  guest: name,
  organisation,
  was: 'yes',
});

test('answers are counted by what was said, and who was there by what hosts noted', () => {
  const rows = [
    row({ says: 'coming', was: 'yes' }),
    row({ says: 'coming', was: 'no' }),
    row({ says: 'maybe' }),
    row({ says: 'not', was: 'yes' }),
    row({ was: 'yes' }),
    guest('A guest'),
  ];

  expect(countsOf(rows)).toEqual({ coming: 2, maybe: 1, not: 1, there: 4, guests: 1 });
  expect(countsOf([])).toEqual({ coming: 0, maybe: 0, not: 0, there: 0, guests: 0 });
});

describe('what was answered against what was', () => {
  test.each([
    [{ says: 'coming', saidAt: before, was: 'yes' }, 'asSaid', 'said so, and came'],
    [{ says: 'coming', saidAt: before, was: 'no' }, 'missing', 'said so, and did not'],
    [{ says: 'maybe', saidAt: before, was: 'yes' }, 'unsaid', 'might come, and came'],
    [{ says: 'not', saidAt: before, was: 'yes' }, 'unsaid', 'would not come, and came'],
    [{ was: 'yes' }, 'unsaid', 'never said, and came'],
    [{ says: 'coming', saidAt: starts, was: 'yes' }, 'unsaid', 'pressed once it had begun: they were there'],
    [{ says: 'maybe', saidAt: before, was: 'no' }, null, 'might come, and did not: promised nothing'],
    [{ says: 'coming', saidAt: before, was: 'unknown' }, null, 'nobody has said'],
  ] as const)('%j counts as %s: %s', (change, counted, _reason) => {
    const counts = { asSaid: 0, unsaid: 0, missing: 0 };

    expect(comparison([row(change)], { startsAt: starts })).toEqual(
      counted === null ? counts : { ...counts, [counted]: 1 },
    );
  });

  test('guests said nothing before, and are counted elsewhere', () => {
    expect(comparison([guest('A guest')], { startsAt: starts })).toEqual({ asSaid: 0, unsaid: 0, missing: 0 });
  });
});

test.each([
  [before, null, false, 'it never moved'],
  [before, '2026-11-21T09:00:00.000Z', true, 'said before it moved'],
  ['2026-11-22T09:00:00.000Z', '2026-11-21T09:00:00.000Z', false, 'said afterwards'],
  [null, '2026-11-21T09:00:00.000Z', false, 'said nothing'],
])('an answer of %s to what moved at %s is an old one: %s (%s)', (saidAt, movedAt, expected, _reason) => {
  expect(isBeforeMove({ saidAt }, { movedAt })).toBe(expected);
});

test('a host’s ticks begin with those who said they come, and keep what was noted', () => {
  expect(
    [
      row({ says: 'coming' }),
      row({ says: 'maybe' }),
      row({ says: 'coming', was: 'no' }),
      row({ was: 'yes' }),
      row(),
    ].map(isLikelyThere),
  ).toEqual([true, false, false, true, false]);
});

test('who comes stands in the order in which they said so', () => {
  const rows = [
    row({ says: 'coming', saidAt: '2026-11-20T10:00:00.000Z' }, 'Late'),
    row({ says: 'not', saidAt: before }, 'Away'),
    row({ says: 'coming', saidAt: before }, 'Early'),
    row({ says: 'maybe', saidAt: before }, 'Perhaps'),
  ];

  expect(whoSaid(rows, 'coming').map(({ person: who }) => who?.name)).toEqual(['Early', 'Late']);
  expect(whoSaid(rows, 'maybe', 'not').map(({ person: who }) => who?.name)).toEqual(['Away', 'Perhaps']);
});

describe('guests', () => {
  test('typed twice are one, however they were typed', () => {
    expect(
      mergedGuests([
        { name: 'A guest', organisation: 'St Mary’s' },
        { name: ' A  GUEST', organisation: 'st mary’s ' },
        { name: 'A guest', organisation: '' },
        { name: '', organisation: '' },
        { name: 'Ａ guest', organisation: 'St Mary’s' },
      ]),
    ).toEqual([
      { name: 'A guest', organisation: 'St Mary’s' },
      { name: 'A guest', organisation: '' },
    ]);
  });

  test('are read one a line, with or without where they are from', () => {
    expect(guestsIn('A guest, St Mary’s\n\n  Ali Reza ; Royal Infirmary, Leeds\nJo\r\n, Red Cross\n=1+1')).toEqual([
      { name: 'A guest', organisation: 'St Mary’s' },
      { name: 'Ali Reza', organisation: 'Royal Infirmary, Leeds' },
      { name: 'Jo', organisation: '' },
      { name: '', organisation: 'Red Cross' },
      { name: '=1+1', organisation: '' },
    ]);
    expect(guestsIn('')).toEqual([]);
  });

  test('are counted by organisation, most first, and those of none last', () => {
    expect(
      organisationsOf([guest('A', 'Leeds'), guest('B'), guest('C'), guest('D', 'York'), guest('E', 'LEEDS')]),
    ).toEqual([
      { name: 'Leeds', count: 2 },
      { name: 'York', count: 1 },
      { name: '', count: 2 },
    ]);
  });

  test('merging again, or in pieces, makes nobody more or fewer', () => {
    const guests = fc.array(
      fc.record({
        name: fc.constantFrom('Mira', 'mira ', 'Ali', '', 'ß', 'SS'),
        organisation: fc.constantFrom('', 'Leeds', ' leeds', 'York'),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(guests, guests, (some, others) => {
        const all = mergedGuests([...some, ...others]);

        expect(mergedGuests(all)).toEqual(all);
        expect(mergedGuests([...mergedGuests(some), ...mergedGuests(others)])).toEqual(all);
        expect(new Set(all.map(guestName)).size).toBe(all.length);
      }),
    );
  });
});

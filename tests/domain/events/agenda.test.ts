import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  Agenda,
  beginnings,
  importantAtRisk,
  importantFirst,
  overrun,
  plannedMinutes,
  type AgendaItem,
} from '../../../domain/events/agenda.ts';

const item = (id: string, minutes: number, first = false): AgendaItem => ({ id, title: id, minutes, who: '', first });

test.each([
  [[], 60, 0],
  [[10, 20, 30], 60, 0],
  [[10, 20, 45], 60, 15],
  [[0, 0, 0], 5, 0],
])('an agenda of %j in %i minutes runs %i over', (minutes, there, expected) => {
  expect(
    overrun(
      minutes.map(one => ({ minutes: one })),
      there,
    ),
  ).toBe(expected);
});

test('what is important stands first, and everything else keeps its order', () => {
  const agenda = [item('hello', 5), item('decide', 20, true), item('news', 10), item('vote', 5, true)];

  expect(importantFirst(agenda).map(({ id }) => id)).toEqual(['decide', 'vote', 'hello', 'news']);
});

test.each([
  [[item('talk', 50), item('decide', 20, true)], ['decide'], 'would not be over in time'],
  [[item('talk', 40), item('decide', 20, true)], [], 'is just over in time'],
  [[item('decide', 20, true), item('talk', 50)], [], 'stands first'],
  [[item('decide', 70, true)], ['decide'], 'is too long by itself'],
  [[item('talk', 70)], [], 'nothing is important'],
])('important lines at risk within an hour, of %j: %j (%s)', (agenda, expected) => {
  expect(importantAtRisk(agenda, 60).map(({ id }) => id)).toEqual(expected);
});

test('lines begin when those before them are over, and nobody knows after one without minutes', () => {
  expect(beginnings([item('a', 5), item('b', 10), item('c', 0), item('d', 5)])).toEqual([0, 5, 15, null]);
  expect(beginnings([])).toEqual([]);
});

const agendas = fc
  .array(fc.record({ minutes: fc.integer({ min: 0, max: 120 }), first: fc.boolean() }), { maxLength: 30 })
  .map(all => all.map(({ minutes, first }, place) => item(`line-${place}`, minutes, first)));

test('putting the important first loses nothing, changes no minute, and puts nothing more at risk', () => {
  fc.assert(
    fc.property(agendas, fc.integer({ min: 5, max: 720 }), (agenda, minutes) => {
      const sorted = importantFirst(agenda);

      expect(sorted.toSorted(byId)).toEqual(agenda.toSorted(byId));
      expect(plannedMinutes(sorted)).toBe(plannedMinutes(agenda));
      expect(importantAtRisk(sorted, minutes).length).toBeLessThanOrEqual(importantAtRisk(agenda, minutes).length);
      expect(importantFirst(sorted)).toEqual(sorted);
    }),
  );
});

test.each([
  [[{ ...item('a', 5), title: '' }], 'a line without words'],
  [[{ ...item('a', 5), minutes: -1 }], 'minutes that run backwards'],
  [[{ ...item('a', 5), minutes: 1.5 }], 'half a minute'],
  [Array.from({ length: 31 }, (_, place) => item(`line-${place}`, 1)), 'more lines than a meeting has'],
])('is refused: %j (%s)', agenda => {
  expect(Agenda.safeParse(agenda).success).toBe(false);
});

function byId(one: AgendaItem, other: AgendaItem): number {
  return one.id.localeCompare(other.id);
}

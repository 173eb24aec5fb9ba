import { expect, test } from '@jest/globals';
import type { QuestionState } from '../../../domain/agenda/question.ts';
import { byWeight, gapsIn, heard, type Says } from '../../../domain/agenda/voices.ts';
import type { UsedTopic } from '../../../domain/topics.ts';

const said = (id: string, says: Says, at: string) => ({
  person: { id, name: id },
  says,
  at: `2026-11-${at}T09:00:00Z`,
});

test('who asks the same and who can help, in the order in which they said so', () => {
  const voices = [
    said('daniel', 'can-help', '25'),
    said('amara', 'me-too', '24'),
    said('gwen', 'can-help', '24'),
    said('priya', 'me-too', '23'),
  ];
  const { meToo, helpers } = heard(voices);

  expect(meToo.map(({ id }) => id)).toEqual(['priya', 'amara']);
  expect(helpers.map(({ id }) => id)).toEqual(['gwen', 'daniel']);
});

test('what most ask comes first, then what has waited longest, then by its words', () => {
  const one = (title: string, meToo: number, askedAt: string) => ({ title, meToo, askedAt });
  const all = [
    one('late', 0, '2026-11-20'),
    one('b', 0, '2026-11-02'),
    one('loud', 3, '2026-11-22'),
    one('a', 0, '2026-11-02'),
  ];

  expect(all.toSorted(byWeight).map(({ title }) => title)).toEqual(['loud', 'a', 'b', 'late']);
});

test.each<[QuestionState[], string[], UsedTopic[], string]>([
  [['parked', 'parked'], [], [{ topic: 'SPC', count: 2 }], 'two open questions and nothing to read'],
  [['parked', 'answered'], [], [], 'one of them has an answer'],
  [['parked', 'let-go'], [], [], 'one of them was let go'],
  [['next', 'planned'], [], [{ topic: 'SPC', count: 2 }], 'both are on their way'],
  [['parked', 'next'], ['spc'], [], 'there is something that was checked'],
])('questions that are %j with %j in the library leave %j (%s)', (states, known, gaps) => {
  expect(
    gapsIn(
      states.map(state => ({ state, topics: ['SPC'] })),
      known,
    ),
  ).toEqual(gaps);
});

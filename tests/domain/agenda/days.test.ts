import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  chosenFrom,
  forgotten,
  helpAsked,
  isNews,
  mostForgotten,
  openDaysAfter,
  scoutsBack,
  topParked,
  unanswered,
  type HeardQuestion,
} from '../../../domain/agenda/days.ts';
import { asked, type KeptQuestion } from '../../../domain/agenda/question.ts';
import type { Says, Voice } from '../../../domain/agenda/voices.ts';
import { addDays, daysBetween } from '../../../domain/schedule.ts';

const amara = { id: 'amara', name: 'Amara Okafor' };
/** Monday to Friday, with Wednesday 2 December off. */
const where = {
  timeZone: 'Europe/London',
  rest: {
    working: [1, 2, 3, 4, 5],
    quiet: [{ from: '2026-12-02', to: '2026-12-02', title: '' }],
    isHoliday: () => false,
  },
};

const said = (id: string, says: Says, day: string): Voice => ({
  person: { id, name: id },
  says,
  at: `${day}T09:00:00.000Z`,
});

function question(
  id: string,
  day: string,
  { voices = [], ...more }: Partial<KeptQuestion> & { voices?: readonly Voice[] } = {},
): HeardQuestion {
  const words = { title: id, details: '', topics: [] };
  const kept = asked(words, null, { by: amara, now: new Date(`${day}T10:00:00Z`) });
  return { question: { ...kept, id, ...more }, voices };
}

test.each([
  ['2026-11-23', 3, '2026-11-26', 'a Monday'],
  ['2026-11-26', 3, '2026-12-01', 'over a weekend'],
  ['2026-11-30', 3, '2026-12-04', 'over a quiet day'],
  ['2026-11-28', 1, '2026-11-30', 'from a Saturday'],
])('%s and %i open days later is %s (%s)', (day, count, expected) => {
  expect(openDaysAfter(day, count, where.rest)).toBe(expected);
});

describe('who offered to help', () => {
  const askedOn = (day: string, questions: readonly HeardQuestion[]) =>
    helpAsked(questions, day, where).map(one => [one.person.id, one.question.id]);

  test.each([
    ['2026-11-25', [], 'it is early'],
    ['2026-11-26', [['gwen', 'one']], 'three open days later'],
    ['2026-12-09', [['gwen', 'one']], 'for two weeks'],
    ['2026-12-10', [['daniel', 'one']], 'then the next who offered'],
    ['2026-12-24', [], 'then nobody'],
  ])('on %s: %j (%s)', (day, expected) => {
    const voices = [said('daniel', 'can-help', '2026-11-24'), said('gwen', 'can-help', '2026-11-23')];

    expect(askedOn(day, [question('one', '2026-11-23', { voices })])).toEqual(expected);
  });

  test('late is asked three open days after the offer', () => {
    const voices = [said('gwen', 'can-help', '2026-12-10')];

    expect(askedOn('2026-12-14', [question('one', '2026-11-23', { voices })])).toEqual([]);
    expect(askedOn('2026-12-15', [question('one', '2026-11-23', { voices })])).toEqual([['gwen', 'one']]);
  });

  test.each(['planned', 'answered', 'let-go'] as const)('hears nothing of what is %s', state => {
    const voices = [said('gwen', 'can-help', '2026-11-23')];

    expect(askedOn('2026-11-27', [question('one', '2026-11-23', { voices, state })])).toEqual([]);
  });

  test('is asked about one question at a time', () => {
    const voices = [said('gwen', 'can-help', '2026-11-23')];
    const all = [question('two', '2026-11-24', { voices }), question('one', '2026-11-23', { voices })];

    expect(askedOn('2026-11-30', all)).toEqual([['gwen', 'one']]);
    expect(askedOn('2026-12-10', all)).toEqual([['gwen', 'two']]);
  });

  test('is never asked about a second question within two weeks of the first', () => {
    const day = fc.integer({ min: 0, max: 20 }).map(days => addDays('2026-11-02', days));
    fc.assert(
      fc.property(fc.array(fc.tuple(day, day), { maxLength: 4 }), days => {
        const all = days.map(([on, offered], place) =>
          question(`q-${place}`, on, { voices: [said('gwen', 'can-help', offered)] }),
        );
        const first = new Map<string, string>();
        for (const today of Array.from({ length: 60 }, (_, step) => addDays('2026-11-02', step))) {
          const about = helpAsked(all, today, where);
          expect(about.length).toBeLessThanOrEqual(1);
          for (const { question: one } of about) if (!first.has(one.id)) first.set(one.id, today);
        }
        const inOrder = [...first.values()].toSorted();

        for (const [place, on] of inOrder.slice(1).entries())
          expect(daysBetween(inOrder[place]!, on)).toBeGreaterThanOrEqual(14);
      }),
      { numRuns: 8 },
    );
  });
});

test.each([
  ['2026-11-30', [], 'five open days'],
  ['2026-12-01', ['one'], 'six open days'],
])('on %s %j waits for an answer (%s)', (today, expected) => {
  const all = [
    question('planned', '2026-11-01', { state: 'planned' }),
    question('looked for', '2026-11-01', { scouts: [amara] }),
    question('one', '2026-11-23'),
  ].map(one => one.question);

  expect(unanswered(all, today, where).map(({ id }) => id)).toEqual(expected);
});

test('scouts are asked from the day on which they are back', () => {
  const looked = (id: string, backOn: string | null, more: Partial<KeptQuestion> = {}) =>
    question(id, '2026-11-01', { scouts: [amara], backOn, ...more }).question;
  const all = [
    looked('today', '2026-12-01'),
    looked('tomorrow', '2026-12-02'),
    looked('some day', null),
    looked('answered', '2026-12-01', { state: 'answered' }),
  ];

  expect(scoutsBack(all, '2026-12-01').map(({ id }) => id)).toEqual(['today']);
});

test.each([
  ['2026-11-30', true],
  ['2026-12-01', false],
])('what happened on 23 November is news on %s: %j', (today, expected) => {
  expect(isNews('2026-11-23T09:00:00.000Z', today, 'Europe/London')).toBe(expected);
  expect(isNews(null, today, 'Europe/London')).toBe(false);
});

test('what comes next is chosen from the five that most ask, early in the month', () => {
  const many = ['a', 'b', 'c', 'd', 'e', 'f'].map(id => question(id, '2026-11-01'));
  const loud = question('loud', '2026-11-20', { voices: [said('gwen', 'me-too', '2026-11-21')] });
  const taken = question('taken', '2026-11-01', { state: 'next' });

  expect(topParked([...many, taken, loud]).map(one => one.question.id)).toEqual(['loud', 'a', 'b', 'c', 'd']);
  expect(chosenFrom([...many, loud], '2026-12-10')).toHaveLength(5);
  expect(chosenFrom([...many, loud], '2026-12-11')).toEqual([]);
  expect(chosenFrom([loud, taken], '2026-12-01')).toEqual([]);
});

test('what nobody else asked in nine months can be let go, twenty at once, the oldest first', () => {
  const old = Array.from({ length: 25 }, (_, place) => question(`q-${place}`, addDays('2026-01-01', -place)));
  const others = [
    question('young', '2026-03-01'),
    question('asked by others', '2026-01-01', { voices: [said('gwen', 'me-too', '2026-01-02')] }),
    question('taken up', '2026-01-01', { state: 'next' }),
  ];
  const found = forgotten([...others, ...old], '2026-12-01', where.timeZone);

  expect(found).toHaveLength(mostForgotten);
  expect(found[0]?.id).toBe('q-24');
});

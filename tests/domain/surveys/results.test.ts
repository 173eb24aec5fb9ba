import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { keptCount, resultsOf, shownCount, tornSheets } from '../../../domain/surveys/results.ts';
import {
  daysApart,
  fewest,
  opensNotBefore,
  phaseOf,
  type Question,
  type Sheet,
  type Survey,
  type SurveyPhase,
} from '../../../domain/surveys/survey.ts';

const questions: Question[] = [
  { id: 'one', kind: 'choice', text: 'One?', options: ['A', 'B'], low: '', high: '', required: false },
  { id: 'rate', kind: 'rating', text: 'How?', options: [], low: 'low', high: 'high', required: false },
  { id: 'say', kind: 'text', text: 'Say', options: [], low: '', high: '', required: false },
];
const anonymous: Survey = {
  id: 'pulse-2026',
  title: 'Pulse',
  intro: '',
  questions,
  anonymous: true,
  audience: 'channel',
  event: null,
  tellsResults: false,
  everyQuarter: false,
  repeats: null,
  opensOn: '2026-11-23',
  closesOn: '2026-11-29',
  closedOn: null,
};
const named: Survey = { ...anonymous, anonymous: false };
const feedback: Survey = { ...anonymous, event: 'Chart surgery' };
const six: readonly Sheet[] = [5, 4, 4, 3, 5, 5].map((rate, index) => ({
  rate,
  one: [index % 2],
  ...(index < 3 ? { say: `words ${index}` } : {}),
}));

describe('who sees results, and when', () => {
  test.each<[Survey, SurveyPhase, boolean, number | null, number, string, string]>([
    [anonymous, 'open', true, null, 6, 'until-close', 'anonymous and open: not even coordinators'],
    [anonymous, 'closed', true, null, 6, 'being-counted', 'closed, not yet counted'],
    [anonymous, 'closed', true, 4, 4, 'too-few', 'four is too few'],
    [anonymous, 'closed', false, 5, 5, 'shown', 'five is enough, for everybody'],
    [named, 'open', true, null, 1, 'shown', 'with names: coordinators from the first'],
    [named, 'open', false, null, 6, 'until-close', 'with names: members after the close'],
    [named, 'closed', false, 4, 4, 'for-coordinators', 'with names: members not under five either'],
    [named, 'closed', true, 4, 4, 'shown', 'with names: coordinators always'],
    [named, 'closed', true, 0, 0, 'nobody', 'with names: coordinators know that nobody answered'],
    [feedback, 'open', true, null, 3, 'until-close', 'feedback: nobody before the close'],
    [feedback, 'closed', false, 3, 3, 'words-only', 'feedback: members no numbers of fewer than five'],
    [feedback, 'closed', true, 3, 3, 'shown', 'feedback: those who prepare the next event from the first on'],
    [feedback, 'closed', true, 0, 0, 'nobody', 'feedback: they know that there was none'],
    [named, 'planned', true, null, 0, 'until-close', 'nothing before it opens'],
  ])('%#: %s', (survey, phase, coordinates, answered, count, expected) => {
    const results = resultsOf({ survey, phase, answered, sheets: six.slice(0, count), coordinates });

    expect(results.state === 'shown' ? 'shown' : results.why).toBe(expected);
  });

  test('numbers are counted, averaged and named; a question with few answers stays hidden', () => {
    const results = resultsOf({ survey: anonymous, phase: 'closed', answered: 6, sheets: six, coordinates: true });

    expect(results).toEqual({
      state: 'shown',
      answered: 6,
      questions: [
        {
          id: 'one',
          kind: 'choice',
          text: 'One?',
          answered: 6,
          hidden: false,
          bars: [
            { label: 'A', count: 3 },
            { label: 'B', count: 3 },
          ],
          average: null,
          texts: [],
        },
        {
          id: 'rate',
          kind: 'rating',
          text: 'How?',
          answered: 6,
          hidden: false,
          bars: [
            { label: '1 · low', count: 0 },
            { label: '2', count: 0 },
            { label: '3', count: 1 },
            { label: '4', count: 2 },
            { label: '5 · high', count: 3 },
          ],
          average: 4.3,
          texts: [],
        },
        { id: 'say', kind: 'text', text: 'Say', answered: 0, hidden: true, bars: [], average: null, texts: [] },
      ],
    });
  });

  test('words are for coordinators, sorted by themselves', () => {
    const sheets = ['b', 'a', 'e', 'd', 'c'].map((say): Sheet => ({ say }));

    const [forCoordinators, forMembers] = [true, false].map(coordinates =>
      resultsOf({ survey: anonymous, phase: 'closed', answered: 5, sheets, coordinates }),
    );

    expect(forCoordinators).toMatchObject({ questions: [{}, {}, { answered: 5, texts: ['a', 'b', 'c', 'd', 'e'] }] });
    expect(forMembers).toMatchObject({ questions: [{}, {}, { answered: 5, texts: [] }] });
  });
});

describe('feedback on an event', () => {
  const three: readonly Sheet[] = [{ rate: 5, say: 'Keep the sketches' }, { rate: 2, say: 'Shorter' }, { rate: 4 }];

  test('its words are put down from the first on, shuffled; a rating from five on', () => {
    const torn = tornSheets(feedback, three, sheets => [...sheets].reverse());

    expect(torn).toEqual([{ question: 'say', sheets: [{ say: 'Shorter' }, { say: 'Keep the sketches' }] }]);
    expect(tornSheets(anonymous, three, asTheyLie)).toEqual([]);
    expect([keptCount(feedback, 3), keptCount(anonymous, 3), keptCount(anonymous, 5)]).toEqual([3, 0, 5]);
  });

  test('those who prepare the next event read the words and no rating; members neither', () => {
    const sheets = tornSheets(feedback, three, asTheyLie).flatMap(row => row.sheets);
    const asked = { survey: feedback, phase: 'closed', answered: 3, sheets } as const;

    expect(resultsOf({ ...asked, coordinates: true })).toMatchObject({
      answered: 3,
      questions: [
        { id: 'one', hidden: true, answered: 0, bars: [] },
        { id: 'rate', hidden: true, answered: 0, bars: [], average: null },
        { id: 'say', hidden: false, answered: 2, texts: ['Keep the sketches', 'Shorter'] },
      ],
    });
    expect(JSON.stringify(resultsOf({ ...asked, coordinates: false }))).not.toContain('sketches');
  });

  test('on two events may be asked in one week, on one event not twice', () => {
    const other = { ...feedback, event: 'Coffee' };
    const again = { ...feedback, event: ' chart  SURGERY' };

    expect([opensNotBefore(other, [feedback]), opensNotBefore(again, [feedback])]).toEqual([null, '2026-12-07']);
  });
});

test.each([
  [true, 0, 0],
  [true, 4, 0],
  [true, 5, 5],
  [true, 9, 5],
  [true, 10, 10],
  [false, 4, 4],
  [false, 9, 9],
])('while it is open, anonymous or not (%s), %d answers are told as %d', (isAnonymous, count, told) => {
  expect(shownCount({ anonymous: isAnonymous }, count)).toBe(told);
});

test.each<[SurveyPhase, number | null, 'gone' | 'locked' | null, string]>([
  ['open', null, 'gone', 'lost'],
  ['open', null, 'locked', 'locked'],
  ['closed', null, 'gone', 'lost'],
  ['closed', null, 'locked', 'locked'],
  ['closed', -1, null, 'lost'],
  ['closed', 0, 'gone', 'too-few'],
])('%s, counted as %s, its box %s: nobody sees anything, because of %s', (phase, answered, shut, expected) => {
  for (const coordinates of [true, false]) {
    expect(resultsOf({ survey: anonymous, phase, answered, shut, sheets: six, coordinates })).toEqual({
      state: 'hidden',
      why: expected,
    });
  }
});

/** Anything a person may have answered to these questions. */
const someSheet = fc
  .record(
    {
      one: fc.constantFrom([0], [1]),
      rate: fc.integer({ min: 1, max: 5 }),
      say: fc.constantFrom('yes', 'no', 'perhaps'),
    },
    { requiredKeys: [] },
  )
  .filter(sheet => Object.keys(sheet).length > 0) as fc.Arbitrary<Sheet>;
const asTheyLie = (sheets: readonly Sheet[]) => [...sheets];

describe('whatever people answer to an anonymous survey', () => {
  test('no sequence of views shows a change made by fewer than five: there is one result, at the end', () => {
    // Somebody answers, answers again, or somebody looks; after that it closes, and they look as often as they like.
    const step = fc.oneof(fc.record({ person: fc.nat(9), sheet: someSheet }), fc.record({ look: fc.boolean() }));
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 40 }),
        fc.array(fc.boolean(), { minLength: 2, maxLength: 6 }),
        (steps, looksAfter) => {
          const box = new Map<number, Sheet>();
          const seen = new Set<string>();
          for (const each of steps) {
            if ('person' in each) box.set(each.person, each.sheet);
            else if (
              resultsOf({
                survey: anonymous,
                phase: 'open',
                answered: null,
                sheets: [...box.values()],
                coordinates: each.look,
              }).state === 'shown'
            )
              seen.add('open');
          }
          const sheets = tornSheets({ questions, event: null }, [...box.values()], asTheyLie).flatMap(
            row => row.sheets,
          );
          for (const coordinates of looksAfter) {
            const results = resultsOf({ survey: anonymous, phase: 'closed', answered: box.size, sheets, coordinates });
            if (results.state === 'hidden') continue;
            expect(results.answered).toBeGreaterThanOrEqual(fewest);
            for (const question of results.questions) expect(question.hidden || question.answered >= fewest).toBe(true);
            // What members see is what coordinators see, without the words.
            seen.add(
              JSON.stringify({
                ...results,
                questions: results.questions.map(question => ({ ...question, texts: [] })),
              }),
            );
          }
          expect(seen.has('open')).toBe(false);
          expect(seen.size).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  test('what is put down cannot be put together again: who gave which answers makes no difference', () => {
    fc.assert(
      fc.property(
        fc.array(someSheet, { minLength: fewest, maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        (sheets, dice) => {
          // The same answers, dealt to the people anew, question by question.
          const dealt: Record<string, Sheet[string]>[] = sheets.map(() => ({}));
          for (const { id } of questions) {
            const people = sheets
              .map((_, index) => ({ index, order: dice.next().value ?? 0 }))
              .toSorted((one, other) => one.order - other.order);
            const given = sheets.map(sheet => sheet[id]).filter(answer => answer !== undefined);
            for (const [place, answer] of given.entries()) dealt[people[place]!.index]![id] = answer;
          }

          const kept = (all: readonly Sheet[]) =>
            tornSheets({ questions, event: null }, all, asTheyLie).map(({ question, sheets: rows }) => ({
              question,
              answers: rows.map(row => JSON.stringify(row)).toSorted(),
            }));

          expect(kept(dealt)).toEqual(kept(sheets));
        },
      ),
    );
  });

  test('of fewer than five, nothing is put down; nor of a question that fewer than five answered', () => {
    fc.assert(
      fc.property(fc.array(someSheet, { maxLength: 9 }), sheets => {
        const rows = tornSheets({ questions, event: null }, sheets, asTheyLie);

        const counted = questions
          .map(({ id }) => ({ question: id, count: sheets.filter(sheet => sheet[id] !== undefined).length }))
          .filter(({ count }) => count >= fewest);
        expect(rows.map(({ question, sheets: torn }) => ({ question, count: torn.length }))).toEqual(
          sheets.length < fewest ? [] : counted,
        );
        for (const sheet of rows.flatMap(row => row.sheets)) expect(Object.keys(sheet)).toHaveLength(1);
      }),
    );
  });

  test('each question is shuffled by itself', () => {
    const sheets = ['a', 'b', 'c', 'd', 'e'].map((say, index): Sheet => ({ say, rate: index + 1 }));
    let turn = 0;

    const rows = tornSheets({ questions, event: null }, sheets, answers =>
      turn++ === 0 ? [...answers].reverse() : [...answers],
    );

    expect(rows).toEqual([
      { question: 'rate', sheets: [{ rate: 5 }, { rate: 4 }, { rate: 3 }, { rate: 2 }, { rate: 1 }] },
      { question: 'say', sheets: [{ say: 'a' }, { say: 'b' }, { say: 'c' }, { say: 'd' }, { say: 'e' }] },
    ]);
  });
});

describe('whoever plans several anonymous surveys and subtracts their results', () => {
  const day = (index: number): string => new Date(Date.UTC(2026, 10, 1 + index)).toISOString().slice(0, 10);
  const planned = fc.record({
    opens: fc.nat(60),
    days: fc.nat(12),
    closesEarly: fc.option(fc.nat(12), { nil: null }),
    asks: fc.subarray(questions, { minLength: 1 }),
    people: fc.uniqueArray(fc.nat(11), { maxLength: 12 }),
  });
  /** What each of twelve people would say, whenever they are asked: the worst case for them. */
  const opinions = fc.array(someSheet, { minLength: 12, maxLength: 12 });

  test('never has two results of one question from nearly the same people within days, however small the surveys', () => {
    fc.assert(
      fc.property(fc.array(planned, { maxLength: 12 }), opinions, (plans, says) => {
        const surveys: (Survey & { readonly answers: readonly Sheet[] })[] = [];
        for (const [index, { opens, days, closesEarly, asks, people }] of plans.entries()) {
          const opensOn = day(opens);
          const draft = { ...anonymous, id: `survey-${index}`, questions: asks, opensOn, closesOn: day(opens + days) };
          if (opensNotBefore(draft, surveys) !== null) continue;
          const closedOn = closesEarly === null || closesEarly > days ? null : day(opens + closesEarly);
          surveys.push({ ...draft, closedOn, answers: people.map(person => says[person] ?? {}) });
        }

        const shown = surveys.flatMap(({ answers, ...survey }) => {
          const results = resultsOf({
            survey,
            phase: 'closed',
            answered: answers.length,
            coordinates: true,
            sheets: tornSheets(survey, answers, asTheyLie).flatMap(({ sheets }) => sheets),
          });
          return results.state === 'hidden'
            ? []
            : [{ survey, open: results.questions.filter(({ hidden }) => !hidden) }];
        });
        for (const [index, one] of shown.entries()) {
          for (const question of one.open) expect(question.answered).toBeGreaterThanOrEqual(fewest);
          for (const other of shown.slice(index + 1)) {
            if (!one.open.some(({ id }) => other.open.some(question => question.id === id))) continue;
            const [first, second] =
              one.survey.opensOn < other.survey.opensOn ? [one.survey, other.survey] : [other.survey, one.survey];
            expect(daysBetween(first.closedOn ?? first.closesOn, second.opensOn)).toBeGreaterThan(daysApart);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('learns on which day the next one may open, and then it may', () => {
    const before = { ...anonymous, opensOn: '2026-11-09', closesOn: '2026-11-15' };
    const after = opensNotBefore({ ...anonymous, opensOn: '2026-11-16', closesOn: '2026-11-20' }, [before]);

    expect(after).toBe('2026-11-23');
    expect(opensNotBefore({ ...anonymous, opensOn: after ?? '', closesOn: '2026-11-30' }, [before])).toBeNull();
    expect(phaseOf(before, after ?? '')).toBe('closed');
  });

  function daysBetween(one: string, other: string): number {
    return (Date.parse(other) - Date.parse(one)) / 86_400_000;
  }
});

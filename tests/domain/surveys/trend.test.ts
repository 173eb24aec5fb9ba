import { expect, test } from '@jest/globals';
import { resultsOf } from '../../../domain/surveys/results.ts';
import type { Question, Sheet, Survey } from '../../../domain/surveys/survey.ts';
import { trendOf } from '../../../domain/surveys/trend.ts';

const rate: Question = { id: 'rate', kind: 'rating', text: 'How?', options: [], low: '', high: '', required: false };
const which: Question = { ...rate, id: 'which', kind: 'choice', text: 'Which?', options: ['A', 'B'] };
const say: Question = { ...rate, id: 'say', kind: 'text', text: 'Say' };
const pulse: Survey = {
  id: 'pulse-2026-08',
  title: 'Pulse',
  intro: '',
  questions: [rate, which, say],
  anonymous: true,
  audience: 'members',
  event: null,
  tellsResults: false,
  everyQuarter: true,
  repeats: null,
  opensOn: '2026-08-24',
  closesOn: '2026-08-30',
  closedOn: null,
};
const before: readonly Sheet[] = [2, 3, 3, 4, 4].map((given, index) => ({
  rate: given,
  which: [index === 0 ? 0 : 1],
  say: 'words',
}));
const now: readonly Sheet[] = [4, 4, 4, 4, 5, 5].map((given, index) => ({
  rate: given,
  which: [index % 2],
  say: 'words',
}));

function counted(sheets: readonly Sheet[], change: Partial<Survey> = {}) {
  const survey = { ...pulse, ...change };
  const results = resultsOf({ survey, phase: 'closed', answered: sheets.length, sheets, coordinates: true });
  return { survey, results };
}

test('a rating is compared by its average, a choice by its shares, words not at all', () => {
  expect(trendOf(counted(before), counted(now))).toEqual([
    { id: 'rate', text: 'How?', average: { before: 3.2, now: 4.3 }, shares: [] },
    {
      id: 'which',
      text: 'Which?',
      average: null,
      shares: [
        { label: 'A', before: 0.2, now: 0.5 },
        { label: 'B', before: 0.8, now: 0.5 },
      ],
    },
  ]);
});

test.each([
  ['four the last time', before.slice(0, 4), now, true],
  ['four this time', before, now.slice(0, 4), true],
  ['four the last time, with names', before.slice(0, 4), now, false],
  ['four this time, with names', before, now.slice(0, 4), false],
])('nothing is compared where too few answered: %s', (_reason, then, later, anonymous) => {
  expect(trendOf(counted(then, { anonymous }), counted(later, { anonymous }))).toEqual([]);
});

test('a question that fewer than five answered is left out, the others are compared', () => {
  const few = now.map((sheet, index): Sheet => (index < 4 ? sheet : { which: sheet['which'] ?? [] }));

  expect(trendOf(counted(before), counted(few)).map(({ id }) => id)).toEqual(['which']);
});

test.each<[string, Question]>([
  ['other words', { ...rate, text: 'How was it?' }],
  ['another kind', { ...which, id: 'rate' }],
  ['another id', { ...rate, id: 'rated' }],
])('a question with %s is another question', (_reason, question) => {
  const sheets = now.map((sheet): Sheet => ({ ...sheet, [question.id]: question.kind === 'rating' ? 4 : [0] }));

  expect(trendOf(counted(before), counted(sheets, { questions: [question, which] })).map(({ id }) => id)).toEqual([
    'which',
  ]);
});

test('spaces and capitals make no other question', () => {
  const again = { ...rate, text: 'how? ' };

  expect(trendOf(counted(before), counted(now, { questions: [again] }))).toHaveLength(1);
});

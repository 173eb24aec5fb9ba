import { describe, expect, test } from '@jest/globals';
import { templateIds } from '../../../domain/surveys/method.ts';
import { templates } from '../../support/method-text.ts';
import { surveysPerMonth } from '../../../domain/surveys/pace.ts';
import {
  checkSheet,
  needOf,
  Questions,
  inviteFrom,
  longestText,
  mergeDrafts,
  phaseOf,
  ratingLabel,
  SurveyDraft,
  type Question,
} from '../../../domain/surveys/survey.ts';

const ask = (id: string, kind: Question['kind'], options: string[] = []): Question => ({
  id,
  kind,
  text: `Question ${id}`,
  options,
  low: 'low',
  high: 'high',
  required: false,
});
const questions = [
  ask('one', 'choice', ['A', 'B', 'C']),
  ask('some', 'choices', ['A', 'B', 'C']),
  ask('rate', 'rating'),
  ask('say', 'text'),
];
const draft = {
  title: 'Pulse',
  intro: '',
  questions,
  anonymous: true,
  audience: 'channel',
  event: null,
  opensOn: '2026-11-23',
  closesOn: '2026-11-29',
};

describe('a survey’s days', () => {
  test.each<[string, string | null, string, string]>([
    ['2026-11-22', null, 'planned', 'before its first day'],
    ['2026-11-23', null, 'open', 'on its first day'],
    ['2026-11-29', null, 'open', 'on its last day'],
    ['2026-11-30', null, 'closed', 'after its last day'],
    ['2026-11-25', '2026-11-25', 'closed', 'closed by hand'],
    ['2026-11-25', '2026-11-20', 'taken back', 'closed before it opened'],
  ])('on %s, closed on %s, it is %s: %s', (today, closedOn, expected) => {
    const phase = phaseOf({ opensOn: draft.opensOn, closesOn: draft.closesOn, closedOn }, today);

    expect(phase).toBe(expected);
  });
});

describe('what a coordinator writes', () => {
  test.each<[string, object]>([
    ['no question', { questions: [] }],
    ['eleven questions', { questions: Array.from({ length: 11 }, (_, index) => ask(`q${index}`, 'text')) }],
    ['two questions of one id', { questions: [ask('one', 'text'), ask('one', 'rating')] }],
    ['one choice only', { questions: [ask('one', 'choice', ['A'])] }],
    ['the same choice twice', { questions: [ask('one', 'choices', ['A', 'A'])] }],
    ['nine choices', { questions: [ask('one', 'choices', [...'ABCDEFGHI'])] }],
    ['a last day before the first', { closesOn: '2026-11-22' }],
    ['a last day after two months', { closesOn: '2027-01-23' }],
    ['a day that no calendar has', { opensOn: '2026-11-31' }],
    ['an empty title', { title: '  ' }],
    ['feedback with names', { event: 'Chart surgery', anonymous: false }],
    ['feedback on an event without a name', { event: ' ' }],
  ])('is refused with %s', (_reason, change) => {
    expect(SurveyDraft.safeParse({ ...draft, ...change }).success).toBe(false);
  });

  test('every template is one, with its source’s five occasions in order', () => {
    expect(templates.map(({ id }) => id)).toEqual([...templateIds]);
    for (const { title, intro, questions: asked, anonymous, audience } of templates) {
      expect(
        SurveyDraft.safeParse({ ...draft, title, intro, questions: asked, anonymous, audience }).error,
      ).toBeUndefined();
    }
  });
});

describe('an answer', () => {
  test.each<[string, Record<string, unknown>, object]>([
    [
      'is kept as it fits',
      { one: [1], some: [2, 0], rate: 4, say: ' Hello ' },
      { sheet: { one: [1], some: [0, 2], rate: 4, say: 'Hello' } },
    ],
    ['may leave questions out', { rate: 1 }, { sheet: { rate: 1 } }],
    ['has one place for one choice', { one: [2, 1] }, { sheet: { one: [1] } }],
    ['loses what was never offered', { one: [7], some: [1, 7], rate: 9, other: 'x' }, { sheet: { some: [1] } }],
    ['is none when nothing fits', { one: [], rate: '4', say: '  ' }, { fault: 'empty' }],
    [
      'keeps text as it is',
      { say: '=1+1 ${json(1)} <b>مرحبا</b> 🙂' },
      { sheet: { say: '=1+1 ${json(1)} <b>مرحبا</b> 🙂' } },
    ],
    ['may have so many characters', { say: 'x'.repeat(longestText) }, { sheet: { say: 'x'.repeat(longestText) } }],
    ['may not have ten thousand', { say: 'x'.repeat(10_000) }, { fault: 'too-long', length: 10_000 }],
  ])('%s', (_reason, given, expected) => {
    expect(checkSheet(questions, given)).toEqual(expected);
  });
});

describe('what is required', () => {
  const rated: Question[] = [{ ...ask('rate', 'rating'), required: true }, ask('say', 'text')];

  test.each<[string, Record<string, unknown>, readonly string[], object]>([
    ['is missing when only the rest is answered', { say: 'Hello' }, [], { fault: 'missing', questions: [rated[0]] }],
    ['is missing when its answer fits nothing', { rate: 9 }, [], { fault: 'missing', questions: [rated[0]] }],
    ['is enough', { rate: 4 }, [], { sheet: { rate: 4 } }],
    ['need not be said again', { say: 'Hello' }, ['rate'], { sheet: { say: 'Hello' } }],
  ])('%s', (_reason, given, kept, expected) => {
    expect(checkSheet(rated, given, kept)).toEqual(expected);
  });

  test('was nothing in surveys of before', () => {
    const { required, ...before } = ask('say', 'text');

    expect(required).toBe(false);
    expect(Questions.parse([before])).toEqual([ask('say', 'text')]);
  });

  test.each<[string, readonly boolean[]]>([
    ['none', [false, false]],
    ['some', [true, false]],
    ['all', [true, true]],
  ])('is said of %s', (expected, marks) => {
    expect(needOf(marks.map(required => ({ required })))).toBe(expected);
  });
});

test.each([
  [1, '1 · low'],
  [3, '3'],
  [5, '5 · high'],
])('a rating of %i reads %s', (rating, expected) => {
  expect(ratingLabel(rating, { low: 'low', high: 'high' })).toBe(expected);
});

test.each([
  [1, ['eve'], ['ann', 'ben'], 'one is the most'],
  [2, ['ann', 'eve'], ['ben'], 'two are'],
  [3, ['ann', 'ben', 'eve'], [], 'three are, which nobody has had'],
])('with at most %i a month %j are sent the next survey, and %j are spared: %s', (most, asked, spared) => {
  const [ann, ben, eve] = ['ann', 'ben', 'eve'].map(id => ({ id, name: id })) as [
    { id: string; name: string },
    { id: string; name: string },
    { id: string; name: string },
  ];

  const invitation = inviteFrom([ann, ben, eve], [ann, ben, ben], most);

  expect({ asked: invitation.asked.map(({ id }) => id), spared: invitation.spared.map(({ id }) => id) }).toEqual({
    asked,
    spared,
  });
});

test('two surveys a month are the most, unless the community says otherwise', () => {
  expect([surveysPerMonth({}), surveysPerMonth({ surveys: { perMonth: 5 } })]).toEqual([2, 5]);
});

describe('a planned survey that two people change', () => {
  const base = SurveyDraft.parse(draft);

  test.each<
    [Partial<SurveyDraft>, Partial<SurveyDraft>, Partial<SurveyDraft>, readonly string[], readonly string[], string]
  >([
    [
      { title: 'Mine' },
      { intro: 'Theirs' },
      { title: 'Mine', intro: 'Theirs' },
      ['intro'],
      [],
      'different parts are put together',
    ],
    [{ title: 'Mine' }, { title: 'Theirs' }, { title: 'Mine' }, [], ['title'], 'the same part waits for a choice'],
    [{ title: 'Same' }, { title: 'Same' }, { title: 'Same' }, [], [], 'the same change is no clash'],
    [
      { opensOn: '2026-11-28' },
      { closesOn: '2026-11-25' },
      { opensOn: '2026-11-28' },
      [],
      ['opensOn', 'closesOn'],
      'the days belong together',
    ],
    [
      { questions: questions.slice(0, 1) },
      { questions: questions.slice(0, 2), anonymous: false },
      { questions: questions.slice(0, 1), anonymous: false },
      ['anonymous'],
      ['questions'],
      'questions are one part',
    ],
    [{}, { audience: 'members' }, { audience: 'members' }, ['audience'], [], 'what only they changed is theirs'],
  ])('%#: %s', (mine, current, merged, theirs, clashes, _reason) => {
    expect(mergeDrafts(base, { ...base, ...mine }, { ...base, ...current })).toEqual({
      draft: { ...base, ...merged },
      theirs,
      clashes,
    });
  });
});

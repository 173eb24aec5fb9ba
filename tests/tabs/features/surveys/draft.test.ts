import { describe, expect, test } from '@jest/globals';
import { templates } from '../../../support/method-text.ts';
import {
  againFrom,
  checkDraft,
  drawable,
  placed,
  twice,
  draftFrom,
  moved,
  nextMonth,
  reachOf,
  newQuestion,
} from '../../../../tabs/features/surveys/draft.ts';

const today = '2026-11-23';

describe('a new survey', () => {
  test.each(templates.map(template => ({ name: template.id, template })))(
    'from “$name” can go out as it is',
    ({ template }) => {
      const draft = draftFrom(template, today);
      // Feedback is on an event, which whoever plans it names.
      const named = draft.event === null ? draft : { ...draft, event: 'Chart surgery' };
      const checked = checkDraft(named, today);

      expect(checked).toMatchObject({
        draft: { title: template.title, opensOn: today, questions: template.questions },
      });
    },
  );

  test('from an empty page says what is missing', () => {
    const checked = checkDraft(draftFrom(null, today), today);

    expect(checked).toEqual({
      faults: new Set(['title', 'questions.0.text', 'questions.0.options']),
      opensNotBefore: null,
    });
  });

  test('keeps each line as a choice, and none for other kinds', () => {
    const draft = {
      ...draftFrom(null, today),
      title: 'Tea?',
      questions: [
        { ...newQuestion([]), text: 'Tea?', options: ' Yes \n\nNo\n' },
        { ...newQuestion([{ id: 'q1' }]), kind: 'text' as const, text: 'Why?', options: 'left over' },
      ],
    };

    const checked = checkDraft(draft, today);

    expect(checked).toMatchObject({
      draft: {
        questions: [
          { id: 'q1', options: ['Yes', 'No'] },
          { id: 'q2', options: [] },
        ],
      },
    });
  });

  test.each([
    ['2026-11-22', '2026-11-29', ['opensOn'], 'it opens today or later'],
    ['2026-11-24', '2026-11-23', ['closesOn'], 'it closes after it opens'],
    ['', '2026-11-29', ['opensOn'], 'a day is missing'],
  ])('from %s to %s does not fit in %j: %s', (opensOn, closesOn, faults) => {
    const checked = checkDraft({ ...draftFrom(templates[0]!, today), opensOn, closesOn }, today);

    expect(checked).toEqual({ faults: new Set(faults), opensNotBefore: null });
  });

  test('that asks anonymously what another has just asked says from which day on it can', () => {
    const pulse = draftFrom(templates.find(({ id }) => id === 'pulse')!, today);
    const before = {
      ...pulse,
      questions: [...templates.find(({ id }) => id === 'pulse')!.questions],
      opensOn: '2026-11-10',
      closesOn: '2026-11-20',
    };

    expect(checkDraft(pulse, today, [before])).toEqual({ faults: new Set(['opensOn']), opensNotBefore: '2026-11-28' });
    expect(checkDraft({ ...pulse, anonymous: false }, today, [before])).toHaveProperty('draft');
  });
});

test('a new question has an id that none of the others has', () => {
  expect(newQuestion([{ id: 'q1' }, { id: 'q3' }]).id).toBe('q2');
});

describe('the questions of a draft', () => {
  const three = ['a', 'b', 'c'].map(id => ({ ...newQuestion([]), id }));
  const ids = (questions: readonly { readonly id: string }[]) => questions.map(({ id }) => id).join('');

  test.each([
    [0, 1, 'bac'],
    [2, 1, 'acb'],
    [0, 2, 'bca'],
    [0, -1, 'abc'],
    [2, 9, 'abc'],
    [7, 0, 'abc'],
  ])('moved from %i to %i stand as %s', (from, to, expected) => {
    expect(ids(placed(three, from, to))).toBe(expected);
  });

  test('are copied right behind themselves, under an id of their own', () => {
    const copied = twice([{ ...three[0]!, text: 'Tea?', required: true }, three[1]!], 0);

    expect(copied.map(({ id, text, required }) => [id, text, required])).toEqual([
      ['a', 'Tea?', true],
      ['q1', 'Tea?', true],
      ['b', '', false],
    ]);
  });
});

describe('what can be shown of a draft', () => {
  const standIn = { title: 'Title', event: 'the event' };
  const question = { ...newQuestion([]), text: 'Tea?', options: 'Yes\nNo' };

  test('is nothing before a question is finished', () => {
    expect(drawable(draftFrom(null, today), today, standIn)).toBeNull();
  });

  test('is the finished questions, with a word for what is missing', () => {
    const draft = {
      ...draftFrom(null, today),
      event: '',
      questions: [question, { ...question, id: 'q2', options: 'Yes' }],
      opensOn: '',
      closesOn: '2026-11-01',
    };

    expect(drawable(draft, today, standIn)).toMatchObject({
      title: 'Title',
      event: 'the event',
      questions: [{ id: 'q1', text: 'Tea?', options: ['Yes', 'No'] }],
      opensOn: today,
      closesOn: today,
    });
  });

  test.each(templates.map(template => ({ name: template.id, template })))('is all of “$name”', ({ template }) => {
    expect(drawable(draftFrom(template, today), today, standIn)?.questions).toEqual(template.questions);
  });
});

test.each([
  ['channel', '2026-11-25', 'all'],
  ['members', '2026-11-25', 'full'],
  ['members', '2026-12-01', 'all'],
  ['core', '2026-11-25', 'some'],
  ['new-this-month', '2026-12-01', 'empty'],
] as const)('a survey to %s that opens on %s would reach: %s', (audience, opensOn, kind) => {
  const reach = {
    members: { people: 9, free: 0 },
    core: { people: 3, free: 1 },
    'new-this-month': { people: 0, free: 0 },
  };

  expect(reachOf({ audience, opensOn }, today, reach).kind).toBe(kind);
});

test('a survey that is moved to the next month stays open as long', () => {
  const draft = { ...draftFrom(null, today), opensOn: '2026-12-23', closesOn: '2026-12-29' };

  expect(moved(draft, nextMonth('2026-12-23'))).toEqual({ opensOn: '2027-01-01', closesOn: '2027-01-07' });
});

test('a survey that is asked again keeps its questions and how long it was open, and says which it repeats', () => {
  const checked = checkDraft(draftFrom(templates.find(({ id }) => id === 'pulse')!, '2026-08-24'), '2026-08-24');
  if (!('draft' in checked)) throw new Error('the template is not finished');

  const again = againFrom({ ...checked.draft, id: 'pulse-2026-08' }, today);

  expect(checkDraft(again, today)).toEqual({
    draft: { ...checked.draft, repeats: 'pulse-2026-08', opensOn: today, closesOn: laterOf(checked.draft) },
  });
});

/** The last day of a survey that opens today and stays open as long as this one. */
function laterOf({ opensOn, closesOn }: { readonly opensOn: string; readonly closesOn: string }): string {
  return new Date(Date.parse(today) + Date.parse(closesOn) - Date.parse(opensOn)).toISOString().slice(0, 10);
}

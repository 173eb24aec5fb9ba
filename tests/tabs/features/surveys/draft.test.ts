import { describe, expect, test } from '@jest/globals';
import { templates } from '../../../support/method-text.ts';
import { checkDraft, draftFrom, newQuestion } from '../../../../tabs/features/surveys/draft.ts';

const today = '2026-11-23';

describe('a new survey', () => {
  test.each(templates.map(template => ({ name: template.id, template })))(
    'from “$name” can go out as it is',
    ({ template }) => {
      const checked = checkDraft(draftFrom(template, today), today);

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

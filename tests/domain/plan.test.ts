import { describe, expect, test } from '@jest/globals';
import { aimsOf, isOverdue, progressOf } from '../../domain/plan.ts';

describe('progress', () => {
  test('counts what is done, stuck and overdue', () => {
    const actions = [
      { state: 'done', due: '2026-11-01' },
      { state: 'stuck', due: '2026-11-01' },
      { state: 'to-do', due: '2026-12-01' },
      { state: 'doing', due: null },
    ] as const;

    expect(progressOf(actions, '2026-11-22')).toEqual({ total: 4, done: 1, stuck: 1, overdue: 1 });
  });

  test.each([
    ['due yesterday', { state: 'to-do', due: '2026-11-21' }, true],
    ['due today: there is still time', { state: 'to-do', due: '2026-11-22' }, false],
    ['done, however late', { state: 'done', due: '2026-11-21' }, false],
    ['without a day', { state: 'stuck', due: null }, false],
  ] as const)('%s', (_reason, action, expected) => {
    expect(isOverdue(action, '2026-11-22')).toBe(expected);
  });
});

describe('the aims of a charter', () => {
  test.each([
    ['a list', '- Share what works\n- Fewer repeated questions', ['Share what works', 'Fewer repeated questions']],
    ['numbers', '1. First\n2) Second', ['First', 'Second']],
    ['a sentence before the list is no aim', 'By summer:\n\n* One\n* Two', ['One', 'Two']],
    ['lines without a list', '## Aims\nOne\n\nTwo', ['One', 'Two']],
    ['emphasis and ticked boxes read as plain words', '- [x] **Save** time', ['Save time']],
    ['twice the same is one', '- One\n- One', ['One']],
    ['nothing written', ' \n', []],
  ])('%s', (_reason, text, expected) => {
    expect(aimsOf(text)).toEqual(expected);
  });
});

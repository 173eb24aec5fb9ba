import { describe, expect, test } from '@jest/globals';
import type { ActionView, PlanView } from '../../../../domain/plan/api.ts';
import {
  aimsIn,
  aimValue,
  everything,
  filtered,
  isFiltered,
  leftBehind,
  ownersIn,
  type Filter,
} from '../../../../tabs/features/plan/filters.ts';

const ann = { id: 'ann', name: 'Ann' };
const zoe = { id: 'zoe', name: 'Zoe' };
const gone = { id: 'gone', name: 'Gone' };

function action(title: string, change: Partial<ActionView>): ActionView {
  return {
    id: title,
    etag: '1',
    title,
    owners: [],
    due: null,
    state: 'to-do',
    steps: [],
    links: [],
    weight: 'baseline',
    aim: null,
    notes: '',
    addedBy: ann,
    doneAt: null,
    changed: { by: ann, at: '2026-11-23T09:00:00Z' },
    reach: 'everything',
    ...change,
  };
}

const plan: PlanView = {
  today: '2026-11-23',
  aims: ['Share', 'none'],
  left: ['gone'],
  comments: {},
  doneBefore: 0,
  actions: [
    action('later', { due: '2026-12-24', owners: [zoe, ann], aim: 'Share' }),
    action('no day', {
      owners: [gone],
      steps: [{ id: 'step-flour', text: 'Buy flour', done: true }],
      links: [{ id: 'link-recipe', title: 'Recipe', address: 'https://example.org/recipe' }],
    }),
    action('late', { due: '2026-11-20', owners: [ann, gone], aim: 'An old aim' }),
    action('done', { due: '2026-11-20', state: 'done', owners: [gone], aim: 'none' }),
  ],
};

describe('what is shown', () => {
  test.each<[string, Partial<Filter>, readonly string[]]>([
    ['everything, soonest first', {}, ['done', 'late', 'later', 'no day']],
    ['of one owner', { owner: 'ann' }, ['late', 'later']],
    ['of nobody', { owner: 'nobody' }, []],
    ['left behind by people who left', { owner: 'left' }, ['no day']],
    ['for an aim', { aim: aimValue('Share') }, ['later']],
    ['for an aim that is called “none”', { aim: aimValue('none') }, ['done']],
    ['without an aim', { aim: aimValue(null) }, ['no day']],
    ['by words, in whatever case, accent or order', { words: 'zoë LATER' }, ['later']],
    ['by words of its steps and links', { words: 'flour recipe' }, ['no day']],
    ['by words that nothing has', { words: 'later never' }, []],
    ['overdue', { due: 'overdue' }, ['late']],
    ['without a day', { due: 'no-date' }, ['no day']],
    ['all three together', { owner: 'ann', aim: aimValue('An old aim'), due: 'overdue' }, ['late']],
  ])('%s', (_reason, filter, expected) => {
    expect(filtered(plan, { ...everything, ...filter }).map(({ title }) => title)).toEqual(expected);
  });

  test('is said to be filtered when anything is left out', () => {
    expect([everything, { ...everything, due: 'overdue' as const }].map(isFiltered)).toEqual([false, true]);
  });
});

test('offers owners by name, and aims of the charter before those that only actions name', () => {
  expect(ownersIn(plan).map(({ name }) => name)).toEqual(['Ann', 'Gone', 'Zoe']);
  expect(aimsIn(plan)).toEqual(['Share', 'none', 'An old aim']);
});

test('what people left behind is what is not done and nobody is left for; the filter shows the same', () => {
  expect(leftBehind(plan).map(({ title }) => title)).toEqual(['no day']);
});

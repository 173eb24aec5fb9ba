import { describe, expect, test } from '@jest/globals';
import type { ActionView } from '../../../../domain/plan/api.ts';
import { arranged, asPlanned, type Arrangement } from '../../../../tabs/features/plan/arrange.ts';

const ann = { id: 'ann', name: 'Ann' };
const zoe = { id: 'zoe', name: 'Zoe' };
const today = '2026-11-25';

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

const actions = [
  action('b late', { due: '2026-11-20', owners: [zoe, ann], aim: 'Share' }),
  action('a today', { due: today, owners: [ann], state: 'doing' }),
  action('c no day', { aim: 'Learn' }),
  action('d done', { due: '2026-11-19', state: 'done', owners: [zoe] }),
];

function names(arrangement: Partial<Arrangement>): readonly (readonly [string, readonly string[]])[] {
  return arranged(actions, { ...asPlanned, ...arrangement }, today).map(group => [
    group.name,
    group.actions.map(({ title }) => title[0] ?? ''),
  ]);
}

describe('the order of the list', () => {
  test.each<[string, Partial<Arrangement>, string]>([
    ['as planned: by day, what is done at the end', {}, 'bacd'],
    ['the other way round', { isDown: true }, 'dcab'],
    ['by title', { sort: 'title' }, 'abcd'],
    ['by the first owner, nobody last', { sort: 'owner' }, 'adbc'],
    ['by state, in the order of the board', { sort: 'state' }, 'bcad'],
    ['by aim, none last', { sort: 'aim' }, 'cbda'],
  ])('%s', (_name, arrangement, order) => {
    expect(names(arrangement)).toEqual([['', [...order]]]);
  });
});

describe('the groups of the list', () => {
  test.each<[string, Partial<Arrangement>, readonly (readonly [string, string])[]]>([
    [
      'by owner: with each of them, nobody at the end',
      { group: 'owner' },
      [
        ['Ann', 'ba'],
        ['Zoe', 'bd'],
        ['', 'c'],
      ],
    ],
    [
      'by aim, none at the end',
      { group: 'aim' },
      [
        ['Learn', 'c'],
        ['Share', 'b'],
        ['', 'ad'],
      ],
    ],
    [
      'by state, in the order of the board',
      { group: 'state' },
      [
        ['to-do', 'bc'],
        ['doing', 'a'],
        ['done', 'd'],
      ],
    ],
    [
      'by day',
      { group: 'due' },
      [
        ['overdue', 'b'],
        ['today', 'a'],
        ['no-date', 'c'],
        ['done', 'd'],
      ],
    ],
  ])('%s', (_name, arrangement, groups) => {
    expect(names(arrangement)).toEqual(groups.map(([name, order]) => [name, [...order]]));
  });
});

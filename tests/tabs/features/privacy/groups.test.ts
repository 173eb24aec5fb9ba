import { expect, test } from '@jest/globals';
import { groupsOf } from '../../../../tabs/features/privacy/groups.ts';

const kind = (name: string, fate: 'goes' | 'loses-name' | 'stays', why: string) => ({
  kind: name,
  title: name,
  fate,
  why,
  entries: [],
});

test('a reason that several kinds share is said once, for all that meet the same fate', () => {
  const held = [
    kind('audit', 'stays', 'For a year.'),
    kind('offers', 'goes', 'It is about you.'),
    kind('people', 'goes', 'Where your chat is.'),
    kind('answers', 'goes', 'It is about you.'),
  ];

  expect(groupsOf(held).map(({ fate, why, kinds }) => [fate, why, kinds.map(one => one.kind)])).toEqual([
    ['goes', 'It is about you.', ['offers', 'people', 'answers']],
    ['stays', '', ['audit']],
  ]);
});

test('of nothing there is no group', () => {
  expect(groupsOf([])).toEqual([]);
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mergeActions } from '../../../domain/plan/merge.ts';
import {
  actionFields,
  actionStates,
  changedFields,
  takeField,
  weights,
  type Action,
} from '../../../domain/plan/plan.ts';

const ann = { id: 'ann', name: 'Ann' };
const ben = { id: 'ben', name: 'Ben' };
const base: Action = {
  title: 'Book a room',
  owners: [ann],
  due: '2026-11-27',
  state: 'to-do',
  weight: 'baseline',
  aim: null,
  notes: 'One.\nTwo.\nThree.\n',
};

describe('two edits of one action', () => {
  test.each<[string, Partial<Action>, Partial<Action>, Partial<Action>, readonly string[], readonly string[]]>([
    ['only I changed something', { title: 'Mine' }, {}, { title: 'Mine' }, [], []],
    [
      'only they changed something',
      {},
      { due: null, state: 'stuck' },
      { due: null, state: 'stuck' },
      ['state', 'due'],
      [],
    ],
    ['different fields', { title: 'Mine' }, { owners: [ben] }, { title: 'Mine', owners: [ben] }, ['owners'], []],
    ['both the same', { state: 'done' }, { state: 'done' }, { state: 'done' }, [], []],
    [
      'the same field, differently',
      { state: 'done' },
      { state: 'stuck', due: null },
      { state: 'done', due: null },
      ['due'],
      ['state'],
    ],
    [
      'different lines of the notes',
      { notes: 'One!\nTwo.\nThree.\n' },
      { notes: 'One.\nTwo.\nThree!\n' },
      { notes: 'One!\nTwo.\nThree!\n' },
      ['notes'],
      [],
    ],
    [
      'the same line of the notes',
      { notes: 'One.\nTwo, mine.\nThree.\n' },
      { notes: 'One.\nTwo, theirs.\nThree.\n' },
      { notes: 'One.\nTwo, mine.\nThree.\n' },
      [],
      ['notes'],
    ],
    ['both chose owners', { owners: [ben] }, { owners: [] }, { owners: [ben] }, [], ['owners']],
  ])('%s', (_reason, mine, current, expected, theirs, clashes) => {
    const merged = mergeActions(base, { ...base, ...mine }, { ...base, ...current });

    expect(merged).toEqual({ action: { ...base, ...expected }, theirs, clashes });
  });

  test('without a common beginning every difference is a clash', () => {
    const merged = mergeActions(null, { ...base, title: 'Mine' }, { ...base, due: null });

    expect(merged).toEqual({ action: { ...base, title: 'Mine' }, theirs: [], clashes: ['title', 'due'] });
  });

  test('a field is taken as it stands in the other', () => {
    expect(takeField('owners', base, { ...base, title: 'Other', owners: [ben] })).toEqual({ ...base, owners: [ben] });
  });
});

const anAction: fc.Arbitrary<Action> = fc.record({
  title: fc.constantFrom('A', 'B', 'C'),
  owners: fc.subarray([ann, ben]),
  due: fc.constantFrom(null, '2026-11-27', '2026-12-01'),
  state: fc.constantFrom(...actionStates),
  weight: fc.constantFrom(...weights),
  aim: fc.constantFrom(null, 'One', 'Two'),
  notes: fc.constantFrom('', 'x\ny\n', 'x\nz\n', 'w\ny\n'),
});

test('property: nothing that either changed is lost, and nobody wins where both changed the same', () => {
  fc.assert(
    fc.property(anAction, anAction, anAction, (before, mine, current) => {
      const { action, theirs, clashes } = mergeActions(before, mine, current);
      const [byMe, byThem] = [changedFields(before, mine), changedFields(before, current)];

      for (const field of actionFields) {
        const both = byMe.includes(field) && byThem.includes(field) && changedFields(mine, current).includes(field);
        if (field === 'notes' && both) continue;
        const wanted = byMe.includes(field) ? mine : current;
        expect(changedFields(takeField(field, action, wanted), action)).toEqual([]);
        expect([field, clashes.includes(field)]).toEqual([field, both]);
        expect([field, theirs.includes(field)]).toEqual([field, !byMe.includes(field) && byThem.includes(field)]);
      }
    }),
  );
});

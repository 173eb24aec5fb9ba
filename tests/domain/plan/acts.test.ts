import { describe, expect, test } from '@jest/globals';
import { changeFor, hasRoomFor, isFresh, undoing, type Act, type Trace } from '../../../domain/plan/acts.ts';
import { longestNotes, type KeptAction } from '../../../domain/plan/plan.ts';

const ann = { id: 'ann', name: 'Ann' };
const toDo = { state: 'to-do', due: '2026-11-24', notes: 'Ask Daniel.' } as const;

describe('what an act changes', () => {
  test.each<[Act, Partial<KeptAction>, Partial<KeptAction> | undefined, string]>([
    [{ kind: 'done' }, {}, { state: 'done' }, 'it is open'],
    [{ kind: 'done' }, { state: 'done' }, undefined, 'it is done already'],
    [{ kind: 'move', due: '2026-12-01' }, {}, { due: '2026-12-01' }, 'another day'],
    [{ kind: 'move', due: '2026-11-24' }, {}, undefined, 'the same day'],
    [{ kind: 'move', due: '2026-12-01' }, { state: 'done' }, undefined, 'what is done needs no day'],
    [{ kind: 'stuck', line: '' }, {}, { state: 'stuck' }, 'without a reason'],
    [
      { kind: 'stuck', line: 'Stuck: rain' },
      {},
      { state: 'stuck', notes: 'Ask Daniel.\n\nStuck: rain' },
      'with a reason',
    ],
    [{ kind: 'stuck', line: 'Stuck: rain' }, { notes: '' }, { state: 'stuck', notes: 'Stuck: rain' }, 'no notes yet'],
    [{ kind: 'stuck', line: 'Stuck: rain' }, { state: 'stuck', notes: 'Stuck: rain' }, undefined, 'said already'],
    [{ kind: 'stuck', line: '' }, { state: 'stuck' }, undefined, 'it is stuck already'],
  ])('%j when it is %j: %j, %s', (act, current, expected) => {
    expect(changeFor(act, { ...toDo, ...current })).toEqual(expected);
  });

  test('a line fits, or it does not', () => {
    const full = { notes: 'n'.repeat(longestNotes - 5) };

    expect([hasRoomFor('', full), hasRoomFor('line', full), hasRoomFor('nn', full), hasRoomFor('line', toDo)]).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });
});

describe('what takes an act back', () => {
  const { state, due } = toDo;
  const done: Trace = { before: { state, due }, after: { state: 'done', due }, line: '' };
  const stuck: Trace = { before: { state, due }, after: { state: 'stuck', due }, line: 'Stuck: rain' };

  test.each<[string, Trace, Partial<KeptAction>, Partial<KeptAction> | null | undefined]>([
    ['as the act left it', done, { state: 'done' }, { state, due }],
    ['taken back already', done, {}, undefined],
    ['changed since', done, { state: 'done', due: '2026-12-01' }, null],
    [
      'with its line',
      stuck,
      { state: 'stuck', notes: 'Ask Daniel.\n\nStuck: rain' },
      { state, due, notes: 'Ask Daniel.' },
    ],
    ['with other notes since', stuck, { state: 'stuck', notes: 'Ask Daniel.\n\nSolved' }, { state, due }],
    ['pressed twice', stuck, {}, undefined],
  ])('%s', (_when, trace, current, expected) => {
    expect(undoing(trace, { ...toDo, ...current })).toEqual(expected);
  });
});

test.each<[Partial<KeptAction>, boolean, string]>([
  [{}, true, 'added by them today'],
  [{ addedBy: { id: 'ben', name: 'Ben' } }, false, 'added by another'],
  [{ changedBy: { id: 'ben', name: 'Ben' } }, false, 'changed by another'],
  [{ state: 'done' as const }, false, 'done'],
  [{ addedAt: '2026-11-22T23:30:00Z' }, false, 'the day before, where the community is'],
  [{ addedAt: '2026-11-23T00:30:00Z' }, true, 'early today'],
])('%j is fresh: %s, %s', (change, expected) => {
  const action = { addedBy: ann, addedAt: '2026-11-23T09:00:00Z', changedBy: ann, state: 'to-do' as const, ...change };

  expect(isFresh(action, ann, { today: '2026-11-23', timeZone: 'Europe/London' })).toBe(expected);
});

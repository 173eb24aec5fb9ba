import { describe, expect, test } from '@jest/globals';
import type { Community } from '../../../domain/community.ts';
import {
  added,
  byDue,
  changedFields,
  edited,
  isOverdue,
  mayChange,
  progressOf,
  reachOf,
  type Action,
} from '../../../domain/plan/plan.ts';

const ann = { id: 'ann', name: 'Ann' };
const ben = { id: 'ben', name: 'Ben' };
const cleo = { id: 'cleo', name: 'Cleo' };
const community = {
  id: 'c',
  name: 'C',
  settings: {
    timeZone: 'Europe/London',
    coordinators: [cleo],
    facilitation: { day: 1, time: '09:00', facilitators: [], destination: 'chats' },
  },
  installedBy: null,
} satisfies Community;
const action: Action = {
  title: 'Book a room',
  owners: [ann],
  due: '2026-11-27',
  state: 'to-do',
  weight: 'baseline',
  aim: null,
  notes: '',
};

describe('who may change an action', () => {
  test.each([
    ['a coordinator', { ...cleo, owner: false }, 'everything'],
    ['an owner of the team', { id: 'zoe', name: 'Zoe', owner: true }, 'everything'],
    ['whoever added it', { ...ben, owner: false }, 'everything'],
    ['its owner', { ...ann, owner: false }, 'progress'],
    ['another member', { id: 'dan', name: 'Dan', owner: false }, 'nothing'],
  ] as const)('%s: %s', (_reason, who, expected) => {
    expect(reachOf({ owners: [ann], addedBy: ben }, who, community)).toBe(expected);
  });

  test.each([
    ['everything', ['title', 'state', 'owners', 'due', 'weight', 'aim', 'notes']],
    ['progress', ['state', 'due', 'notes']],
    ['nothing', []],
  ] as const)('%s is %s', (reach, expected) => {
    const fields = ['title', 'state', 'owners', 'due', 'weight', 'aim', 'notes'] as const;

    expect(fields.filter(field => mayChange(field, reach))).toEqual(expected);
  });
});

describe('an action that is kept', () => {
  const first = { by: ben, now: new Date('2026-11-20T10:00:00Z') };
  const later = { by: ann, now: new Date('2026-11-23T10:00:00Z') };

  test('knows who added it, and is done from the moment it became so', () => {
    const kept = added(action, first);
    const done = edited(kept, { state: 'done' }, later);
    const told = edited(done, { notes: 'Went well' }, { by: cleo, now: new Date('2026-11-25T10:00:00Z') });

    expect(kept).toEqual({
      ...action,
      steps: [],
      links: [],
      addedBy: ben,
      addedAt: '2026-11-20T10:00:00.000Z',
      doneAt: null,
      changedBy: ben,
      changedAt: '2026-11-20T10:00:00.000Z',
    });
    expect(done).toEqual({
      ...kept,
      state: 'done',
      doneAt: '2026-11-23T10:00:00.000Z',
      changedBy: ann,
      changedAt: '2026-11-23T10:00:00.000Z',
    });
    expect(told).toEqual({ ...done, notes: 'Went well', changedBy: cleo, changedAt: '2026-11-25T10:00:00.000Z' });
  });

  test('is not done any more when it is opened again', () => {
    const done = added({ ...action, state: 'done' }, first);

    expect([done.doneAt, edited(done, { state: 'doing' }, later).doneAt]).toEqual(['2026-11-20T10:00:00.000Z', null]);
  });
});

test.each([
  ['nothing', {}, []],
  ['the same owners in another order, under another name', { owners: [ben, { ...ann, name: 'Ann B.' }] }, []],
  ['an owner more', { owners: [ann, ben, cleo] }, ['owners']],
  ['one owner for another', { owners: [ann, cleo] }, ['owners']],
  ['several fields, in the order of the form', { notes: 'x', due: null, title: 'y' }, ['title', 'due', 'notes']],
] as const)('changed: %s', (_reason, change, expected) => {
  const before: Action = { ...action, owners: [ann, ben] };

  expect(changedFields(before, { ...before, ...change } as Action)).toEqual(expected);
});

test('actions are read by day, those without one last, then by title', () => {
  const actions = [
    { title: 'Z', due: null },
    { title: 'B', due: '2026-12-01' },
    { title: 'A', due: '2026-12-01' },
    { title: 'Y', due: '2026-11-01' },
  ];

  expect(actions.toSorted(byDue).map(({ title }) => title)).toEqual(['Y', 'A', 'B', 'Z']);
});

describe('progress', () => {
  test('counts what is done, stuck and overdue', () => {
    const actions = [
      { state: 'done', due: '2026-11-01' },
      { state: 'stuck', due: '2026-11-01' },
      { state: 'to-do', due: '2026-12-01' },
      { state: 'doing', due: null },
    ] as const;

    expect(progressOf(actions, '2026-11-22')).toEqual({ total: 4, done: 1, stuck: 1, overdue: 1 });
    expect(progressOf(actions, '2026-11-22', 30)).toEqual({ total: 34, done: 31, stuck: 1, overdue: 1 });
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

import { describe, expect, test } from '@jest/globals';
import type { Action } from '../../../../domain/plan.ts';
import { createActionDrafts, type DraftStorage } from '../../../../tabs/features/plan/drafts.ts';
import { createViewChoice } from '../../../../tabs/features/plan/view-choice.ts';

const action: Action = {
  title: 'Book a room',
  owners: [],
  due: null,
  state: 'to-do',
  weight: 'baseline',
  aim: null,
  notes: '',
};
const draft = {
  action: { ...action, title: '', notes: 'x'.repeat(12_000) },
  base: action,
  etag: '1',
  at: '2026-11-23T09:00:00.000Z',
};

function memory(): DraftStorage & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: key => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: key => void kept.delete(key),
  };
}

function full(): DraftStorage {
  const refuse = (): never => {
    throw new Error('QuotaExceededError');
  };
  return { getItem: refuse, setItem: refuse, removeItem: refuse };
}

function draftsIn(storage: DraftStorage, person = 'ann') {
  return createActionDrafts({ storage: () => storage, community: 'c', person });
}

describe('drafts', () => {
  test('keep what was typed, also what could not be saved yet, for this person and action only', () => {
    const storage = memory();

    const kept = draftsIn(storage).keep('book-a-room', draft);

    expect(kept).toBe(true);
    expect(draftsIn(storage).find('book-a-room')).toEqual(draft);
    expect([draftsIn(storage, 'ben').find('book-a-room'), draftsIn(storage).find('another-action')]).toEqual([
      null,
      null,
    ]);
  });

  test('are gone when they are discarded', () => {
    const storage = memory();
    draftsIn(storage).keep('book-a-room', draft);

    draftsIn(storage).discard('book-a-room');

    expect(storage.kept.size).toBe(0);
  });

  test.each(['', '{', '{"action":1}', 'null'])('%j is no draft', text => {
    const storage = memory();
    storage.setItem('cop-companion.plan-draft.c.book-a-room.ann', text);

    expect(draftsIn(storage).find('book-a-room')).toBeNull();
  });

  test('a browser that keeps nothing says so and breaks nothing', () => {
    const drafts = draftsIn(full());

    drafts.discard('book-a-room');

    expect([drafts.keep('book-a-room', draft), drafts.find('book-a-room')]).toEqual([false, null]);
  });
});

describe('board or list', () => {
  test('is remembered', () => {
    const storage = memory();

    createViewChoice(() => storage).keep('list');

    expect(createViewChoice(() => storage).read()).toBe('list');
  });

  test.each([
    ['nothing kept', memory()],
    ['a browser that keeps nothing', full()],
  ])('is the board with %s', (_reason, storage) => {
    const choice = createViewChoice(() => storage);
    choice.keep('board');

    expect(choice.read()).toBe('board');
  });
});

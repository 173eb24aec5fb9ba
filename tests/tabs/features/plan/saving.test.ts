import { beforeEach, describe, expect, test } from '@jest/globals';
import type { ActionView } from '../../../../domain/plan/api.ts';
import type { Action } from '../../../../domain/plan/plan.ts';
import { newAction, valuesOf, versionedAction, type ActionStore } from '../../../../tabs/features/plan/saving.ts';
import { ApiFailure } from '../../../../tabs/lib/api.ts';
import { saveVersion } from '../../../../tabs/lib/save-version.ts';

const ann = { id: 'ann', name: 'Ann' };
const ben = { id: 'ben', name: 'Ben' };
const base: Action = {
  title: 'Book a room',
  owners: [ann],
  due: '2026-11-27',
  state: 'to-do',
  weight: 'baseline',
  aim: null,
  notes: '',
};

let stored: ActionView | null;
let puts: string[];
let store: ActionStore;
beforeEach(() => {
  puts = [];
  stored = view(base, '1');
  store = {
    async put(action, etag) {
      puts.push(`${etag}`);
      if ((stored?.etag ?? null) !== etag)
        throw new ApiFailure('version-conflict', 'somebody saved', { current: stored });
      stored = view(action, `${Number(etag ?? 0) + 1}`);
      return stored;
    },
    read: async () => stored,
  };
});

function view(action: Action, etag: string, by = ann): ActionView {
  return {
    ...action,
    id: 'book-a-room',
    etag,
    steps: [],
    links: [],
    addedBy: ann,
    doneAt: null,
    changed: { by, at: '2026-11-23T09:00:00Z' },
    reach: 'everything',
  };
}

describe('saving', () => {
  test('what nobody else touched', async () => {
    const saved = await saveVersion(versionedAction(store), { value: { ...base, state: 'done' }, base, etag: '1' });

    expect(saved).toEqual({ kind: 'saved', view: view({ ...base, state: 'done' }, '2'), theirs: [], met: [] });
  });

  test('different fields are put together, and it is said whose they were', async () => {
    stored = view({ ...base, due: null }, '2', ben);

    const saved = await saveVersion(versionedAction(store), { value: { ...base, state: 'done' }, base, etag: '1' });

    expect(saved).toEqual({
      kind: 'saved',
      view: view({ ...base, state: 'done', due: null }, '3'),
      theirs: ['due'],
      met: [view({ ...base, due: null }, '2', ben)],
    });
    expect(puts).toEqual(['1', '2']);
  });

  test('the same field stays open, and the rest is put together', async () => {
    stored = view({ ...base, state: 'stuck', notes: 'No room' }, '2', ben);

    const saved = await saveVersion(versionedAction(store), { value: { ...base, state: 'done' }, base, etag: '1' });

    expect(saved).toEqual({
      kind: 'clash',
      merged: { ...base, state: 'done', notes: 'No room' },
      view: stored,
      stored: { value: { ...base, state: 'stuck', notes: 'No room' }, etag: '2' },
      clashes: ['state'],
    });
    expect(stored.state).toBe('stuck');
  });

  test('what was removed meanwhile is gone, and can be put back as new', async () => {
    stored = null;

    const gone = await saveVersion(versionedAction(store), { value: base, base, etag: '1' });
    const back = await saveVersion(versionedAction(store), { value: base, base: null, etag: null });

    expect([gone.kind, back.kind]).toEqual(['gone', 'saved']);
  });

  test('asks what is stored when the refusal does not say', async () => {
    const refusing: ActionStore = {
      ...store,
      put: (action, etag) =>
        etag === '1'
          ? Promise.reject(new ApiFailure('version-conflict', 'somebody saved', { current: 'nonsense' }))
          : store.put(action, etag),
    };
    stored = view({ ...base, due: null }, '2', ben);

    const saved = await saveVersion(versionedAction(refusing), { value: { ...base, state: 'done' }, base, etag: '1' });

    expect(saved).toMatchObject({ kind: 'saved', theirs: ['due'] });
  });

  test('gives up after four rounds, with what the server said', async () => {
    let version = 1;
    const busy: ActionStore = {
      put: async () => {
        version += 1;
        throw new ApiFailure('version-conflict', 'somebody saved', {
          current: view({ ...base, notes: `${version}` }, `${version}`),
        });
      },
      read: async () => stored,
    };

    const saving = saveVersion(versionedAction(busy), { value: { ...base, state: 'done' }, base, etag: '1' });

    await expect(saving).rejects.toMatchObject({ code: 'version-conflict' });
    expect(version).toBe(5);
  });
});

test('a new action is its title; a view without what the server says is an action', () => {
  expect(newAction(' Book a room ', 'stuck')).toEqual({
    title: 'Book a room',
    owners: [],
    due: null,
    state: 'stuck',
    weight: 'baseline',
    aim: null,
    notes: '',
  });
  expect(valuesOf(view(base, '1'))).toEqual(base);
});

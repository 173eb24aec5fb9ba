import { describe, expect, test } from '@jest/globals';
import {
  createDrafts,
  draftToRestore,
  type Draft,
  type DraftStorage,
} from '../../../../tabs/features/charter/drafts.ts';

const draft: Draft = { text: 'Half a thought', base: '', etag: null, at: '2026-11-22T09:00:00.000Z' };

/** A browser's storage in memory, with room for so many characters. */
function memory(room = Infinity): DraftStorage & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: key => kept.get(key) ?? null,
    setItem(key, value) {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError');
      kept.set(key, value);
    },
    removeItem: key => void kept.delete(key),
  };
}

function draftsOf(storage: DraftStorage, person = 'ada', community = 'team-1') {
  return createDrafts({ storage: () => storage, community, person });
}

describe('drafts', () => {
  test('come back in the next visit', () => {
    const storage = memory();
    draftsOf(storage).keep('purpose', draft);

    expect(draftsOf(storage).find('purpose')).toEqual(draft);
  });

  test.each([
    { reason: 'another section', find: (storage: DraftStorage) => draftsOf(storage).find('risks') },
    {
      reason: 'another person on the same computer',
      find: (storage: DraftStorage) => draftsOf(storage, 'ben').find('purpose'),
    },
    {
      reason: 'another community',
      find: (storage: DraftStorage) => draftsOf(storage, 'ada', 'team-2').find('purpose'),
    },
  ])('belong to one person, community and section: not to $reason', ({ find }) => {
    const storage = memory();
    draftsOf(storage).keep('purpose', draft);

    expect(find(storage)).toBeNull();
  });

  test('go when they are discarded', () => {
    const storage = memory();
    draftsOf(storage).keep('purpose', draft);

    draftsOf(storage).discard('purpose');

    expect([...storage.kept]).toEqual([]);
  });

  test.each([
    { reason: 'what is no JSON', stored: '{' },
    { reason: 'what another version kept', stored: '{"text":7}' },
  ])('do not stumble over $reason', ({ stored }) => {
    const storage = memory();
    storage.setItem('cop-companion.draft.team-1.purpose.ada', stored);

    expect(draftsOf(storage).find('purpose')).toBeNull();
  });

  test('say when there is no room', () => {
    expect(draftsOf(memory(10)).keep('purpose', draft)).toBe('lost');
  });

  test('say when the browser refuses even to name its storage', () => {
    const drafts = createDrafts({
      storage: () => {
        throw new DOMException('denied', 'SecurityError');
      },
      community: 'c',
      person: 'p',
    });

    expect({ kept: drafts.keep('purpose', draft), found: drafts.find('purpose') }).toEqual({
      kept: 'lost',
      found: null,
    });
    expect(() => drafts.discard('purpose')).not.toThrow();
  });
});

test.each([
  { reason: 'none', kept: null, stored: 'x', restored: null },
  { reason: 'still unsaved', kept: draft, stored: '', restored: draft },
  { reason: 'saved already, but the answer got lost on its way', kept: draft, stored: draft.text, restored: null },
])('a draft is offered when it holds something new: $reason', ({ kept, stored, restored }) => {
  expect(draftToRestore(kept, stored)).toEqual(restored);
});

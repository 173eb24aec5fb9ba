import { describe, expect, test } from '@jest/globals';
import type { SectionView } from '../../../../domain/charter/api.ts';
import type { Person } from '../../../../domain/community.ts';
import { ApiFailure } from '../../../../tabs/lib/api.ts';
import { authorsOf, versionedSection, type SectionStore } from '../../../../tabs/features/charter/saving.ts';
import { saveVersion, type Edit } from '../../../../tabs/lib/save-version.ts';

const ada: Person = { id: 'ada', name: 'Ada' };
const ben: Person = { id: 'ben', name: 'Ben' };
const at = '2026-11-22T09:00:00Z';

/** One section in memory that refuses stale versions. `before` happens just before each save arrives. */
function storeWith(
  first: { readonly text: string; readonly etag: string | null },
  { before = [], silent = false }: { readonly before?: readonly string[]; readonly silent?: boolean } = {},
) {
  let now: SectionView = { id: 'purpose', ...first, changed: null };
  let version = 1;
  let saves = 0;
  const write = (text: string, by: Person): SectionView =>
    (now = { id: 'purpose', text, etag: `"${++version}"`, changed: { by, at } });
  const store: SectionStore = {
    async put(text, etag) {
      const meanwhile = before[saves++];
      if (meanwhile !== undefined) write(meanwhile, ben);
      if (etag !== now.etag)
        throw new ApiFailure(
          'version-conflict',
          'somebody saved',
          silent ? {} : { current: now, etag: now.etag ?? undefined },
        );
      return write(text, ada);
    },
    read: async () => now,
  };
  return { store, stored: () => now.text, saves: () => saves };
}

/** Saves, and says whose versions it met on the way. */
async function save(store: SectionStore, edit: Edit<string>) {
  const saved = await saveVersion(versionedSection(store), edit);
  return saved.kind === 'saved' ? { kind: saved.kind, section: saved.view, with: authorsOf(saved.met) } : saved;
}

describe('saving a section', () => {
  test('alone', async () => {
    const { store } = storeWith({ text: 'Old', etag: '"1"' });

    const saved = await save(store, { value: 'New', base: 'Old', etag: '"1"' });

    expect(saved).toEqual({
      kind: 'saved',
      section: { id: 'purpose', text: 'New', etag: '"2"', changed: { by: ada, at } },
      with: [],
    });
  });

  test('with somebody who changed another place: both changes stay', async () => {
    const { store } = storeWith({ text: 'One.\n\nTwo.', etag: '"1"' }, { before: ['One.\n\nTwo of Ben.'] });

    const saved = await save(store, { value: 'One of Ada.\n\nTwo.', base: 'One.\n\nTwo.', etag: '"1"' });

    expect(saved).toMatchObject({ kind: 'saved', section: { text: 'One of Ada.\n\nTwo of Ben.' }, with: [ben] });
  });

  test('with somebody who saves twice', async () => {
    const { store, stored } = storeWith(
      { text: 'One.\n\nTwo.', etag: '"1"' },
      { before: ['One.\n\nTwo!', 'One.\n\nTwo!\n\nThree.'] },
    );

    const saved = await save(store, { value: 'One of Ada.\n\nTwo.', base: 'One.\n\nTwo.', etag: '"1"' });

    expect(saved).toMatchObject({ kind: 'saved', with: [ben] });
    expect(stored()).toBe('One of Ada.\n\nTwo!\n\nThree.');
  });

  test('with somebody who changed the same place: nothing is saved, both versions come back', async () => {
    const { store, stored } = storeWith({ text: 'Monthly.', etag: '"1"' }, { before: ['Daily.'] });

    const saved = await save(store, { value: 'Weekly.', base: 'Monthly.', etag: '"1"' });

    expect(saved).toMatchObject({
      kind: 'clash',
      clashes: [{ kind: 'clash', mine: 'Weekly.', current: 'Daily.' }],
      view: { text: 'Daily.', etag: '"2"' },
    });
    expect(stored()).toBe('Daily.');
  });

  test('with somebody who wrote the first version at the same time', async () => {
    const { store } = storeWith({ text: '', etag: null }, { before: ['Theirs.'] });

    const saved = await save(store, { value: 'Mine.', base: '', etag: null });

    expect(saved).toMatchObject({ kind: 'clash', view: { text: 'Theirs.' } });
  });

  test('with somebody who wrote just the same: it stays theirs', async () => {
    const { store, saves } = storeWith({ text: 'Old', etag: '"1"' }, { before: ['Same'] });

    const saved = await save(store, { value: 'Same', base: 'Old', etag: '"1"' });

    expect(saved).toMatchObject({ kind: 'saved', section: { text: 'Same', changed: { by: ben } } });
    expect(saves()).toBe(1);
  });

  test('a refusal that does not say what is stored: we ask', async () => {
    const { store, stored } = storeWith(
      { text: 'One.\n\nTwo.', etag: '"1"' },
      { before: ['One.\n\nTwo!'], silent: true },
    );

    await save(store, { value: 'One of Ada.\n\nTwo.', base: 'One.\n\nTwo.', etag: '"1"' });

    expect(stored()).toBe('One of Ada.\n\nTwo!');
  });

  test('a place where somebody saves all the time ends with the conflict, not with an endless loop', async () => {
    const before = Array.from({ length: 10 }, (_, index) => `One.\n\n${index}`);
    const { store, saves } = storeWith({ text: 'One.\n\nTwo.', etag: '"1"' }, { before });

    await expect(
      save(store, { value: 'One of Ada.\n\nTwo.', base: 'One.\n\nTwo.', etag: '"1"' }),
    ).rejects.toMatchObject({ code: 'version-conflict' });
    expect(saves()).toBe(4);
  });

  test('any other refusal is handed on', async () => {
    const store: SectionStore = {
      put: async () => {
        throw new ApiFailure('not-allowed', 'no');
      },
      read: async () => {
        throw new Error('must not be asked');
      },
    };

    await expect(save(store, { value: 'New', base: 'Old', etag: '"1"' })).rejects.toMatchObject({
      code: 'not-allowed',
    });
  });
});

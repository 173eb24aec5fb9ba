import { expect, test } from '@jest/globals';
import type { SurveyView } from '../../../../domain/surveys/api.ts';
import type { SurveyDraft } from '../../../../domain/surveys/survey.ts';
import { ApiFailure } from '../../../../tabs/lib/api.ts';
import { inputOf } from '../../../../tabs/features/surveys/draft.ts';
import { draftOf, versionedSurvey, type SurveyStore } from '../../../../tabs/features/surveys/saving.ts';
import { saveVersion } from '../../../../tabs/lib/save-version.ts';

const base: SurveyDraft = {
  title: 'Pulse',
  intro: '',
  anonymous: true,
  audience: 'members',
  event: null,
  tellsResults: false,
  everyQuarter: false,
  repeats: null,
  opensOn: '2026-12-01',
  closesOn: '2026-12-07',
  questions: [{ id: 'say', kind: 'text', text: 'How?', options: [], low: '', high: '', required: false }],
};

/** Saves what somebody wrote, as it stands in the form. */
function save(store: SurveyStore, draft: SurveyDraft) {
  return saveVersion(versionedSurvey(store), { value: inputOf(draft), base: inputOf(base), etag: '"1"' });
}

function viewOf(draft: SurveyDraft, change: Partial<SurveyView> = {}): SurveyView {
  return {
    id: 'pulse-2026-12',
    ...draft,
    phase: 'planned',
    answered: 0,
    asked: 0,
    sent: 0,
    arrives: null,
    spared: [],
    againOn: null,
    trend: null,
    mine: { answered: false, sheet: null },
    results: { state: 'hidden', why: 'until-close' },
    named: [],
    etag: '"1"',
    ...change,
  };
}

/** A planned survey in memory that refuses stale versions, and any once it has opened. */
function storeWith(
  first: SurveyView,
): SurveyStore & { readonly now: () => SurveyView; change(change: Partial<SurveyView>): void } {
  let version = 1;
  let now = first;
  const change = (part: Partial<SurveyView>): SurveyView => (now = { ...now, ...part, etag: `"${++version}"` });
  return {
    now: () => now,
    change,
    async put(draft, etag) {
      if (etag !== now.etag || now.phase !== 'planned')
        throw new ApiFailure('version-conflict', 'somebody saved', { current: now, etag: now.etag });
      return change(draft);
    },
  };
}

test('saves what was changed', async () => {
  const store = storeWith(viewOf(base));

  const saved = await save(store, { ...base, title: 'Mine' });

  expect(saved).toEqual({ kind: 'saved', view: store.now(), theirs: [], met: [] });
  expect(draftOf(store.now())).toEqual({ ...base, title: 'Mine' });
});

test('keeps what somebody else changed meanwhile', async () => {
  const store = storeWith(viewOf(base));
  store.change({ intro: 'Theirs' });

  const saved = await save(store, { ...base, title: 'Mine' });

  expect(saved).toMatchObject({ kind: 'saved', theirs: ['intro'] });
  expect(draftOf(store.now())).toEqual({ ...base, title: 'Mine', intro: 'Theirs' });
});

test('saves nothing while two versions of one part wait for a choice', async () => {
  const store = storeWith(viewOf(base));
  store.change({ title: 'Theirs' });

  const saved = await save(store, { ...base, title: 'Mine' });

  expect(saved).toEqual({
    kind: 'clash',
    merged: inputOf({ ...base, title: 'Mine' }),
    view: store.now(),
    stored: { value: inputOf({ ...base, title: 'Theirs' }), etag: '"2"' },
    clashes: ['title'],
  });
  expect(store.now().title).toBe('Theirs');
});

test.each<[SurveyView['phase'], string]>([
  ['open', 'it has opened meanwhile'],
  ['closed', 'somebody took it back'],
])('is too late for a survey that is %s: %s', async phase => {
  const store = storeWith(viewOf(base));
  store.change({ phase });

  expect(await save(store, { ...base, title: 'Mine' })).toEqual({
    kind: 'gone',
  });
});

test('other failures stay failures', async () => {
  const store: SurveyStore = { put: () => Promise.reject(new ApiFailure('throttled', 'later')) };

  await expect(save(store, base)).rejects.toMatchObject({ code: 'throttled' });
});

import { expect, test } from '@jest/globals';
import type { SettingsView } from '../../../../domain/settings/api.ts';
import type { Settings } from '../../../../domain/community.ts';
import { ApiFailure } from '../../../../tabs/lib/api.ts';
import { versionedSettings, type SettingsStore } from '../../../../tabs/features/settings/saving.ts';
import { saveVersion } from '../../../../tabs/lib/save-version.ts';

const base: Settings = {
  timeZone: 'Europe/London',
  coordinators: [],
  facilitation: { day: 1, time: '09:00', facilitators: [], destination: 'chats' },
};
const at = (time: string): Settings => ({ ...base, facilitation: { ...base.facilitation, time } });

/** Settings in memory that refuse stale versions. */
function storeWith(
  first: Settings | null,
): SettingsStore & { readonly now: () => SettingsView; change(settings: Settings): void } {
  let version = 1;
  let now: SettingsView = { settings: first, etag: first && '"1"', suggested: base, now: '2026-11-22T10:00:00Z' };
  const change = (settings: Settings): SettingsView =>
    (now = { settings, etag: `"${++version}"`, suggested: base, now: now.now });
  return {
    now: () => now,
    change,
    async put(settings, etag) {
      if (etag !== now.etag) throw new ApiFailure('version-conflict', 'somebody saved');
      return change(settings);
    },
    read: async () => now,
  };
}

test('saves the first settings of a community', async () => {
  const store = storeWith(null);

  const saved = await saveVersion(versionedSettings(store), { value: at('10:00'), base: null, etag: null });

  expect(saved).toEqual({ kind: 'saved', view: store.now(), theirs: [], met: [] });
});

test('keeps what somebody else changed meanwhile', async () => {
  const store = storeWith(base);
  store.change({ ...base, timeZone: 'Asia/Kolkata' });

  const saved = await saveVersion(versionedSettings(store), { value: at('10:00'), base, etag: '"1"' });

  expect(saved).toMatchObject({ kind: 'saved', theirs: ['timeZone'] });
  expect(store.now().settings).toEqual({ ...at('10:00'), timeZone: 'Asia/Kolkata' });
});

test('saves nothing while two versions of one setting wait for a choice', async () => {
  const store = storeWith(base);
  store.change(at('15:00'));

  const saved = await saveVersion(versionedSettings(store), { value: at('10:00'), base, etag: '"1"' });

  expect(saved).toMatchObject({
    kind: 'clash',
    merged: at('10:00'),
    clashes: ['time'],
    view: { settings: at('15:00'), etag: '"2"' },
  });
  expect(store.now().settings).toEqual(at('15:00'));
});

import { SettingsView } from '../../../domain/api.ts';
import type { Settings } from '../../../domain/community.ts';
import { ApiFailure } from '../../lib/api.ts';
import { mergeSettings, type FieldName } from './changes.ts';

/** New settings, and what they are based on. */
export interface SettingsEdit {
  readonly settings: Settings;
  readonly base: Settings | null;
  readonly etag: string | null;
}

export type SettingsSaved =
  /** `theirs`: what somebody else changed meanwhile and is kept. */
  | { readonly kind: 'saved'; readonly view: SettingsView; readonly theirs: readonly FieldName[] }
  | {
      readonly kind: 'clash';
      readonly merged: Settings;
      readonly current: SettingsView & { readonly settings: Settings };
      readonly clashes: readonly FieldName[];
    };

export interface SettingsStore {
  /** Fails with `version-conflict` when the ETag is not that of what is stored. */
  put(settings: Settings, etag: string | null): Promise<SettingsView>;
  read(): Promise<SettingsView>;
}

/** How often somebody may save in between before we give up and say so. */
const rounds = 4;

/** Saves settings. What others changed meanwhile is kept, unless both changed the same. */
export async function saveSettings(store: SettingsStore, edit: SettingsEdit): Promise<SettingsSaved> {
  let next = edit;
  const theirs = new Set<FieldName>();

  for (let round = 1; ; round++) {
    try {
      const view = await store.put(next.settings, next.etag);
      return { kind: 'saved', view, theirs: [...theirs] };
    } catch (error) {
      if (!(error instanceof ApiFailure) || error.code !== 'version-conflict' || round === rounds) throw error;
      const sent = SettingsView.safeParse(error.current);
      const current = sent.success ? sent.data : await store.read();
      if (current.settings === null) {
        next = { ...next, base: null, etag: current.etag };
        continue;
      }
      const merged = mergeSettings(next.base, next.settings, current.settings);
      if (merged.clashes.length > 0)
        return {
          kind: 'clash',
          merged: merged.settings,
          current: { ...current, settings: current.settings },
          clashes: merged.clashes,
        };
      for (const field of merged.theirs) theirs.add(field);
      next = { settings: merged.settings, base: current.settings, etag: current.etag };
    }
  }
}

import { SettingsView } from '../../../domain/settings/api.ts';
import type { Settings } from '../../../domain/community.ts';
import type { Versioned } from '../../lib/save-version.ts';
import { mergeSettings, type FieldName } from './changes.ts';

export interface SettingsStore {
  /** Fails with `version-conflict` when the ETag is not that of what is stored. */
  put(settings: Settings, etag: string | null): Promise<SettingsView>;
  read(): Promise<SettingsView>;
}

/** The settings of a community, which may have none yet. */
export function versionedSettings(store: SettingsStore): Versioned<Settings, SettingsView, FieldName> {
  return {
    put: store.put,
    async current(refusal) {
      const sent = SettingsView.safeParse(refusal);
      return sent.success ? sent.data : store.read();
    },
    read: ({ settings, etag }) => ({ value: settings, etag }),
    merge(base, mine, theirs) {
      const { settings, ...merged } = mergeSettings(base, mine, theirs);
      return { value: settings, ...merged };
    },
  };
}

import { z } from 'zod';
import type { SettingsView } from '../../../domain/settings/api.ts';
import { Settings } from '../../../domain/community.ts';
import type { DraftOptions } from '../../lib/use-draft.ts';
import { changedFields } from './changes.ts';

/** A time or a day that is half typed is kept too. */
const Typed = Settings.extend({
  facilitation: Settings.shape.facilitation.extend({ time: z.string() }),
  quiet: z.array(z.object({ from: z.string(), to: z.string(), title: z.string() })).optional(),
});

/** What the browser keeps of settings that are being changed; before the first ones there is only a suggestion. */
export function settingsDraft({ settings, suggested, etag }: SettingsView): DraftOptions<Settings> {
  return {
    thing: 'settings',
    schema: Typed,
    stored: settings === null ? { value: suggested, base: null, etag } : { value: settings, etag },
    same: (one, other) => changedFields(one, other).length === 0,
  };
}

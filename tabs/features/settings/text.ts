import { textOf } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

/** The settings' sentences in the person's language. */
export const useSettingsText = textOf('settings', { en: english });

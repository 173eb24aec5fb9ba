import { useText } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

const sentences = { en: english };

/** The settings' sentences in the person's language. */
export function useSettingsText() {
  return useText('settings', sentences);
}

import { useText } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

const sentences = { en: english };

/** The newcomers' sentences in the person's language. */
export function useWelcomeText() {
  return useText('welcome', sentences);
}

import { useText } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

const sentences = { en: english };

/** The plan's sentences in the person's language. */
export function usePlanText() {
  return useText('plan', sentences);
}

import { useText } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

const sentences = { en: english };

/** The overview's sentences in the person's language. */
export function useOverviewText() {
  return useText('overview', sentences);
}

import { useText } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

const sentences = { en: english };

/** The digest's sentences in the person's language. */
export function useDigestText() {
  return useText('digest', sentences);
}

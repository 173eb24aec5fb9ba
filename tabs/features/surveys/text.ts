import { useText } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

const sentences = { en: english };

/** The surveys' sentences in the person's language. */
export function useSurveysText() {
  return useText('surveys', sentences);
}

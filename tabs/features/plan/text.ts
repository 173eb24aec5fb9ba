import { textOf } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

/** The plan's sentences in the person's language. */
export const usePlanText = textOf('plan', { en: english });

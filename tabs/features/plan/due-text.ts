import { textOf } from '../../lib/session.tsx';
import english from './due-text.en.json' with { type: 'json' };

/** The sentences about days in words, in the person's language. */
export const useDueText = textOf('plan-due', { en: english });

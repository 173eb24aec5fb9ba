import { textOf } from '../../lib/session.tsx';
import english from './details-text.en.json' with { type: 'json' };

/** The sentences about what is in an action, in the person's language. */
export const useDetailsText = textOf('plan-details', { en: english });

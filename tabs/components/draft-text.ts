import { textOf } from '../lib/session.tsx';
import english from './draft-text.en.json' with { type: 'json' };

/** The sentences about what is written and not saved, in the person's language. */
export const useDraftText = textOf('draft', { en: english });

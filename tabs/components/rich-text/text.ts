import { textOf } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

/** What the editor of texts says, in the person's language. */
export const useRichText = textOf('rich-text', { en: english });

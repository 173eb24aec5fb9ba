import { textOf } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

/** The sentences about the library in the person's language. */
export const useLibraryText = textOf('library', { en: english });

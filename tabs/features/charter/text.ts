import { textOf } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

/** The charter's sentences in the person's language. */
export const useCharterText = textOf('charter', english);

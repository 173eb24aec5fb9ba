import { textOf } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

/** The digest's sentences in the person's language. */
export const useDigestText = textOf('digest', { en: english });

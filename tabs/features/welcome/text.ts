import { textOf } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

/** The newcomers' sentences in the person's language. */
export const useWelcomeText = textOf('welcome', { en: english });

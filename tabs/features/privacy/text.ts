import { textOf } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

/**
 * The sentences about what is kept about oneself. What it is, and what becomes of it, comes from the server, which also
 * writes it into files and cards.
 */
export const usePrivacyText = textOf('privacy', { en: english });

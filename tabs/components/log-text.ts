import { textOf } from '../lib/session.tsx';
import english from './log-text.en.json' with { type: 'json' };

/** The sentences that every log has: filters, pages and files. */
export const useLogText = textOf('log', { en: english });

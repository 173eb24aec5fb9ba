import { textOf } from '../../lib/session.tsx';
import english from './history-text.en.json' with { type: 'json' };

/** The sentences of looking back. They come with the history, because most people read what is. */
export const useHistoryText = textOf('charter-history', { en: english });

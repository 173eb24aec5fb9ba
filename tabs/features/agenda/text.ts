import { textOf } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

/** The sentences about questions in the person's language. */
export const useAgendaText = textOf('agenda', { en: english });

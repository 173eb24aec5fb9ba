import { textOf } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

/** The sentences about events in the person's language. */
export const useEventsText = textOf('events', { en: english });

import { textOf } from '../../lib/session.tsx';
import english from './calendar-text.en.json' with { type: 'json' };

/** The sentences about calendars in the person's language. */
export const useCalendarText = textOf('plan-calendar', { en: english });

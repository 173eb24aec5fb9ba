import { useText } from '../../lib/session.tsx';
import english from './calendar-text.en.json' with { type: 'json' };

const sentences = { en: english };

/** The sentences about calendars in the person's language. */
export function useCalendarText() {
  return useText('plan-calendar', sentences);
}

import english from '../../../domain/events/text.en.json' with { type: 'json' };
import { textOf } from '../../lib/session.tsx';

/** What the method says about events: their kinds, the six Ps, what one can learn together. */
export const useMethodText = textOf('events-method', { en: english });

import { textOf } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

/** The overview's sentences in the person's language. */
export const useOverviewText = textOf('overview', { en: english });

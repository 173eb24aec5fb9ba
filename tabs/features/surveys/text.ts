import { textOf } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

/** The surveys' sentences in the person's language. */
export const useSurveysText = textOf('surveys', { en: english });

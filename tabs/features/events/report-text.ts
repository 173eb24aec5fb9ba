import { textOf } from '../../lib/session.tsx';
import english from './report-text.en.json' with { type: 'json' };

/** The sentences about Teams' attendance report, in the person's language. */
export const useReportText = textOf('events-report', { en: english });

import { textOf } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

/**
 * The sentences about the audit trail. What an act is, its outcome and why come from the server, which also writes them
 * into files.
 */
export const useAuditText = textOf('audit', { en: english });

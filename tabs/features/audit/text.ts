import { useText } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

const sentences = { en: english };

/** The sentences about the audit trail. What an act is, its outcome and why come from the server, which also writes them into files. */
export function useAuditText() {
  return useText('audit', sentences);
}

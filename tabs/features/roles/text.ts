import { useText } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

const sentences = { en: english };

/** The roles' sentences in the person's language. */
export function useRolesText() {
  return useText('roles', sentences);
}

import { textOf } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

/** The roles' sentences in the person's language. */
export const useRolesText = textOf('roles', { en: english });

import { textOf } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

/** The sentences for those who look after the app. What the checks found, and reasons, come from the server. */
export const useAdministrationText = textOf('administration', { en: english });

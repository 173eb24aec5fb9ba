import { textOf } from '../../lib/session.tsx';
import english from './comments-text.en.json' with { type: 'json' };

/** The sentences about what people say on an action, in the person's language. */
export const useCommentsText = textOf('plan-comments', { en: english });

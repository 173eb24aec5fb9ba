import english from '../../../domain/surveys/text.en.json' with { type: 'json' };
import { textOf } from '../../lib/session.tsx';

/** What the surveys of the method say. They come with planning one, because most people answer. */
export const useTemplatesText = textOf('surveys-templates', { en: english });

import { textOf } from '../../lib/session.tsx';
import english from './editor-text.en.json' with { type: 'json' };

/** The sentences of writing. They come with the editor, because most people read. */
export const useEditorText = textOf('charter-editor', { en: english });

import { useText } from '../../lib/session.tsx';
import english from './editor-text.en.json' with { type: 'json' };

const sentences = { en: english };

/** The sentences of writing. They come with the editor, because most people read. */
export function useEditorText() {
  return useText('charter-editor', sentences);
}

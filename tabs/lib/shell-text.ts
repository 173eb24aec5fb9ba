import { textOf } from './session.tsx';
import type { Texts, Translate } from './text.ts';
import english from '../text.en.json' with { type: 'json' };

const sentences = { en: english };

/** The sentences that every screen shares. */
export const useShellText = textOf('shell', sentences);

/** The same where there is no session yet. */
export function shellText(texts: Texts): Translate {
  return texts.for('shell', sentences);
}

import type { Texts, Translate } from '../lib/text.ts';
import english from './text.en.json' with { type: 'json' };

/** The sentences of the pages that Teams opens beside the tab. */
export function framesText(texts: Texts): Translate {
  return texts.for('frames', { en: english });
}

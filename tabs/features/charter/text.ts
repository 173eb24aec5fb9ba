import type { SectionId } from '../../../domain/charter/charter.ts';
import method from '../../../domain/charter/text.en.json' with { type: 'json' };
import { textOf } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

/** The charter's sentences in the person's language, and what the method says about its sections. */
export const useCharterText = textOf('charter', { en: { ...english, ...method } });

/** What a section is called. */
export function useSectionTitle(section: SectionId): string {
  const t = useCharterText();
  return t(`method.${section}.title`);
}

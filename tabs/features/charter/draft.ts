import { z } from 'zod';
import type { SectionView } from '../../../domain/charter/api.ts';
import type { DraftOptions } from '../../lib/use-draft.ts';

/** What the browser keeps of a section that is being written. */
export function sectionDraft({ id, text, etag }: SectionView): DraftOptions<string> {
  return { thing: `charter/${id}`, schema: z.string(), stored: { value: text, etag } };
}

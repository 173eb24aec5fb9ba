import { z } from 'zod';
import { changedFields, type Question } from '../../../domain/agenda/question.ts';
import type { DraftOptions } from '../../lib/use-draft.ts';

/** Any text and any number of characters: a draft is what somebody typed, not yet what may be saved. */
const Typed = z.object({ title: z.string(), details: z.string(), topics: z.array(z.string()) });

/** What the browser keeps of a question that is being written; of one that can only be read there is nothing. */
export function questionDraft(
  id: string,
  stored: { readonly value: Question; readonly etag: string | null; readonly base?: null },
  mayChange: boolean,
): DraftOptions<Question> {
  return {
    thing: mayChange ? `agenda/${id}` : null,
    schema: Typed,
    stored,
    same: (one, other) => changedFields(one, other).length === 0,
  };
}

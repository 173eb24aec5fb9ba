import { z } from 'zod';
import type { SectionId } from '../../../domain/charter.ts';

/** What somebody wrote and has not saved, with what it is based on. */
export const Draft = z.object({
  text: z.string(),
  /** The text that was stored when they began, and its ETag; null when nothing was stored. */
  base: z.string(),
  etag: z.string().nullable(),
  /** When they last typed. */
  at: z.iso.datetime(),
});
export type Draft = z.infer<typeof Draft>;

/** `lost`: this browser keeps nothing for us, because it is full or not allowed to. */
export type Kept = 'kept' | 'lost';

/** The unsaved texts of one person in one community. They outlive a closed browser, and nobody else who uses it sees them. */
export interface Drafts {
  find(section: SectionId): Draft | null;
  keep(section: SectionId, draft: Draft): Kept;
  discard(section: SectionId): void;
}

export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** @param storage asked each time, because a browser may refuse even to name its storage. */
export function createDrafts({
  storage,
  community,
  person,
}: {
  readonly storage: () => DraftStorage;
  readonly community: string;
  readonly person: string;
}): Drafts {
  const keyOf = (section: SectionId): string => `cop-companion.draft.${community}.${section}.${person}`;

  return {
    find(section) {
      try {
        const draft = Draft.safeParse(JSON.parse(storage().getItem(keyOf(section)) ?? 'null'));
        return draft.success ? draft.data : null;
      } catch {
        return null;
      }
    },
    keep(section, draft) {
      try {
        storage().setItem(keyOf(section), JSON.stringify(draft));
        return 'kept';
      } catch {
        return 'lost';
      }
    },
    discard(section) {
      try {
        storage().removeItem(keyOf(section));
      } catch {
        // Where nothing can be removed, nothing was kept.
      }
    },
  };
}

/** The draft to go on with, or null when there is none or it says what is stored already, as after a save whose answer got lost. */
export function draftToRestore(draft: Draft | null, storedText: string): Draft | null {
  return draft === null || draft.text === storedText ? null : draft;
}

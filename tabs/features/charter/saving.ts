import { SectionView } from '../../../domain/api.ts';
import type { Person } from '../../../domain/community.ts';
import { mergeEdits, type MergedPart } from '../../../domain/merge.ts';
import { ApiFailure } from '../../lib/api.ts';

/** A text, and what it is based on. */
export interface Edit {
  readonly text: string;
  readonly base: string;
  /** Null when nothing was stored. */
  readonly etag: string | null;
}

export type Saved =
  /** `with`: whose changes were put together with these, when somebody saved in between. */
  | { readonly kind: 'saved'; readonly section: SectionView; readonly with: readonly Person[] }
  /** Both changed the same place: somebody has to choose. */
  | { readonly kind: 'conflict'; readonly parts: readonly MergedPart[]; readonly current: SectionView };

export interface SectionStore {
  /** Fails with `version-conflict` when the ETag is not that of what is stored. */
  put(text: string, etag: string | null): Promise<SectionView>;
  read(): Promise<SectionView>;
}

/** How often somebody may save in between before we give up and say so. */
const rounds = 4;

/** Saves an edit. What others saved meanwhile is merged in where that is possible. */
export async function saveEdit(store: SectionStore, edit: Edit): Promise<Saved> {
  let next = edit;
  const together = new Map<string, Person>();

  for (let round = 1; ; round++) {
    try {
      const section = await store.put(next.text, next.etag);
      return { kind: 'saved', section, with: [...together.values()] };
    } catch (error) {
      if (!(error instanceof ApiFailure) || error.code !== 'version-conflict' || round === rounds) throw error;
      const current = await currentOf(error, store);
      const merged = mergeEdits(next.base, next.text, current.text);
      if (merged.kind === 'conflict') return { kind: 'conflict', parts: merged.parts, current };
      if (current.changed) together.set(current.changed.by.id, current.changed.by);
      // Somebody already saved just this: writing it again would only change whose it is.
      if (merged.text === current.text && current.etag !== null)
        return { kind: 'saved', section: current, with: [...together.values()] };
      next = { text: merged.text, base: current.text, etag: current.etag };
    }
  }
}

/** The refusal carries what is stored now; when it does not, we ask. */
async function currentOf(failure: ApiFailure, store: SectionStore): Promise<SectionView> {
  const current = SectionView.safeParse(failure.current);
  return current.success ? current.data : store.read();
}

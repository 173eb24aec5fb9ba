import { SectionView } from '../../../domain/charter/api.ts';
import type { Person } from '../../../domain/community.ts';
import { mergeEdits, type MergedPart } from '../../../domain/merge.ts';
import type { Versioned } from '../../lib/save-version.ts';

export interface SectionStore {
  /** Fails with `version-conflict` when the ETag is not that of what is stored. */
  put(text: string, etag: string | null): Promise<SectionView>;
  read(): Promise<SectionView>;
}

/** The text of a section. A clash is shown with everything around it, so its parts are all parts of the text. */
export function versionedSection(store: SectionStore): Versioned<string, SectionView, never, MergedPart> {
  return {
    put: store.put,
    async current(refusal) {
      const sent = SectionView.safeParse(refusal);
      return sent.success ? sent.data : store.read();
    },
    read: ({ text, etag }) => ({ value: text, etag }),
    merge(base, mine, theirs) {
      const merged = mergeEdits(base ?? '', mine, theirs);
      return merged.kind === 'conflict'
        ? { value: mine, theirs: [], clashes: merged.parts }
        : { value: merged.text, theirs: [], clashes: [] };
    },
  };
}

/** Whose versions these are, each person once. */
export function authorsOf(versions: readonly SectionView[]): readonly Person[] {
  return [...new Map(versions.flatMap(({ changed }) => (changed ? [[changed.by.id, changed.by]] : []))).values()];
}

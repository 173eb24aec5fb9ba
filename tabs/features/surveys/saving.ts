import { SurveyView } from '../../../domain/api.ts';
import { mergeDrafts, type DraftField, type SurveyDraft } from '../../../domain/survey.ts';
import { ApiFailure } from '../../lib/api.ts';

/** A planned survey as somebody wants it, and what that is based on. */
export interface SurveyEdit {
  readonly draft: SurveyDraft;
  readonly base: SurveyDraft;
  readonly etag: string;
}

export type SurveySaved =
  /** `theirs`: what somebody else changed meanwhile and is kept. */
  | { readonly kind: 'saved'; readonly view: SurveyView; readonly theirs: readonly DraftField[] }
  /** Both changed the same: somebody has to choose. */
  | {
      readonly kind: 'clash';
      readonly merged: SurveyDraft;
      readonly current: SurveyView;
      readonly clashes: readonly DraftField[];
    }
  /** It has opened, or somebody took it back. */
  | { readonly kind: 'too-late' };

export interface SurveyStore {
  /** Fails with `version-conflict` when the ETag is not that of what is stored, or it is not planned any more. */
  put(draft: SurveyDraft, etag: string): Promise<SurveyView>;
}

/** How often somebody may save in between before we give up and say so. */
const rounds = 4;

/** Saves a planned survey. What others changed meanwhile is kept, unless both changed the same. */
export async function saveSurvey(store: SurveyStore, edit: SurveyEdit): Promise<SurveySaved> {
  let next = edit;
  const theirs = new Set<DraftField>();

  for (let round = 1; ; round++) {
    try {
      const view = await store.put(next.draft, next.etag);
      return { kind: 'saved', view, theirs: [...theirs] };
    } catch (error) {
      if (!(error instanceof ApiFailure) || error.code !== 'version-conflict' || round === rounds) throw error;
      const sent = SurveyView.safeParse(error.current);
      if (!sent.success || sent.data.phase !== 'planned') return { kind: 'too-late' };
      const current = sent.data;
      const merged = mergeDrafts(next.base, next.draft, draftOf(current));
      if (merged.clashes.length > 0) return { kind: 'clash', merged: merged.draft, current, clashes: merged.clashes };
      for (const field of merged.theirs) theirs.add(field);
      next = { draft: merged.draft, base: draftOf(current), etag: current.etag };
    }
  }
}

/** What coordinators wrote, without what the server says about it. */
export function draftOf({ title, intro, questions, anonymous, audience, opensOn, closesOn }: SurveyView): SurveyDraft {
  return { title, intro, questions, anonymous, audience, opensOn, closesOn };
}

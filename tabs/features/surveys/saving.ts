import { SurveyView } from '../../../domain/surveys/api.ts';
import { mergeDrafts, SurveyDraft, type DraftField } from '../../../domain/surveys/survey.ts';
import type { Versioned } from '../../lib/save-version.ts';
import { draftIn, inputOf, type DraftInput } from './draft.ts';

export interface SurveyStore {
  /** Fails with `version-conflict` when the ETag is not that of what is stored, or it is not planned any more. */
  put(draft: SurveyDraft, etag: string | null): Promise<SurveyView>;
}

/** A planned survey as it stands in the form; it is gone once it has opened, or somebody took it back. */
export function versionedSurvey(store: SurveyStore): Versioned<DraftInput, SurveyView, DraftField> {
  return {
    put: (input, etag) => store.put(draftIn(input), etag),
    async current(refusal) {
      const sent = SurveyView.safeParse(refusal);
      return sent.success && sent.data.phase === 'planned' ? sent.data : null;
    },
    read: view => ({ value: inputOf(draftOf(view)), etag: view.etag }),
    merge(base, mine, theirs) {
      // Only a survey that was planned before comes here, so there is a base.
      const { draft, ...merged } = mergeDrafts(draftIn(base ?? theirs), draftIn(mine), draftIn(theirs));
      return { value: inputOf(draft), ...merged };
    },
  };
}

/** What coordinators wrote, without what the server says about it. */
export function draftOf(view: SurveyView): SurveyDraft {
  return SurveyDraft.parse(view);
}

import type { CharterText, ReviewView, SectionView } from '../../../domain/charter/api.ts';
import { reviewKey, sectionIds, type SectionId } from '../../../domain/charter/charter.ts';
import type { Stored } from '../../lists/list.ts';
import type { CharterRow } from '../../lists/model.ts';

/** All sections in reading order, also the unwritten ones. */
export function charterView(rows: readonly Stored<CharterRow>[], today: string): CharterText {
  const row = (key: string) => rows.find(stored => stored.value.key === key);
  return { today, sections: sectionIds.map(id => sectionView(id, row(id))), review: reviewView(row(reviewKey)) };
}

export function sectionView(id: SectionId, stored: Stored<CharterRow> | undefined): SectionView {
  if (!stored) return { id, text: '', etag: null, changed: null };
  const { text, changedBy, changedAt } = stored.value;
  return { id, text, etag: stored.etag, changed: { by: changedBy, at: changedAt } };
}

export function reviewView(stored: Stored<CharterRow> | undefined): ReviewView {
  return { on: stored?.value.reviewOn ?? null, etag: stored?.etag ?? null };
}

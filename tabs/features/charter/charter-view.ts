import type { CharterView, SectionView } from '../../../domain/charter/api.ts';
import type { SectionId } from '../../../domain/charter/charter.ts';

/** The charter with one section replaced. */
export function withSection(charter: CharterView, section: SectionView): CharterView {
  return { ...charter, sections: charter.sections.map(before => (before.id === section.id ? section : before)) };
}

/** A section of the charter, also when the server left out one that nobody has written. */
export function sectionOf(charter: CharterView, id: SectionId): SectionView {
  return charter.sections.find(section => section.id === id) ?? { id, text: '', etag: null, changed: null };
}

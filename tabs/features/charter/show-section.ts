import type { SectionId } from '../../../domain/charter/charter.ts';

/** The id of a section's heading in the page. */
export function headingId(section: SectionId): string {
  return `section-${section}`;
}

/** Brings a section into view and moves the focus to its heading, so that reading goes on from there. */
export function showSection(section: SectionId): void {
  const heading = document.getElementById(headingId(section));
  heading?.scrollIntoView({ block: 'start', behavior: 'instant' });
  heading?.focus({ preventScroll: true });
}

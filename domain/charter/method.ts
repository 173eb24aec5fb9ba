import type { SectionId } from './charter.ts';

/**
 * One section of a charter, and what helps a community to write it. Its title, a line on what belongs there and the
 * questions stand in `text.<language>.json`.
 */
export interface CharterSection {
  readonly id: SectionId;
  /** Names of what a community may ask itself before it writes. */
  readonly questions: readonly string[];
  /** The document of the method these questions come from. */
  readonly source: string;
}

const considerations = 'Setting up, cultivating and managing a community of practice';
const toolkit = 'Queen Mary University of London, Communities of Practice toolkit';

/** In the order of `sectionIds`. The questions are our own words for what the sources ask. */
export const charterSections: readonly CharterSection[] = [
  { id: 'scope', questions: ['need', 'heart', 'before', 'others'], source: considerations },
  { id: 'purpose', questions: ['lunch', 'reasons', 'missing', 'promise'], source: toolkit },
  { id: 'aims', questions: ['change', 'results', 'must', 'means'], source: toolkit },
  { id: 'members', questions: ['who', 'door', 'experience', 'time'], source: considerations },
  { id: 'ways-of-working', questions: ['voice', 'disagreement', 'meetings', 'privacy', 'newcomers'], source: toolkit },
  { id: 'governance', questions: ['decisions', 'place', 'supporters', 'dates'], source: considerations },
  { id: 'roles', questions: ['steering', 'care', 'upkeep', 'sponsor', 'time'], source: toolkit },
  { id: 'communication', questions: ['asking', 'rhythm', 'sponsor', 'outside'], source: considerations },
  { id: 'resources', questions: ['hours', 'support', 'shelf', 'upkeep'], source: considerations },
  { id: 'risks', questions: ['history', 'coordinator', 'care', 'signs'], source: considerations },
  { id: 'measures', questions: ['work', 'numbers', 'asking', 'sponsor', 'celebration'], source: toolkit },
];

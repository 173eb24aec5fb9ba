import type { SectionId } from './charter.ts';

/**
 * One section of a charter, and what helps a community to write it. Its title, a line on what belongs there and the
 * questions stand in `text.<language>.json`.
 */
export interface CharterSection {
  readonly id: SectionId;
  /** Names of what a community may ask itself before it writes. */
  readonly questions: readonly string[];
  /** The documents of the method these questions come from. */
  readonly sources: readonly string[];
}

const considerations = 'Setting up, cultivating and managing a community of practice';
const toolkit = 'Queen Mary University of London, Communities of Practice toolkit';
const leadershipGroups = 'NHS communities of practice resource summary';
const slides = 'What is a community of practice? (slides)';
const stages = 'Community of practice development stages, and starting up';

/** In the order of `sectionIds`. The questions are our own words for what the sources ask. */
export const charterSections: readonly CharterSection[] = [
  {
    id: 'scope',
    questions: ['need', 'heart', 'before', 'others', 'at-work', 'skills', 'several'],
    sources: [considerations, slides, stages],
  },
  {
    id: 'purpose',
    questions: ['lunch', 'reasons', 'missing', 'promise', 'organisation', 'differences'],
    sources: [toolkit, considerations],
  },
  {
    id: 'aims',
    questions: ['change', 'results', 'must', 'means', 'opening', 'conditions', 'for-others'],
    sources: [toolkit, slides],
  },
  {
    id: 'members',
    questions: ['who', 'door', 'experience', 'time', 'asked', 'both', 'unlike', 'around', 'ways'],
    sources: [considerations, slides],
  },
  {
    id: 'ways-of-working',
    questions: [
      'voice',
      'disagreement',
      'meetings',
      'privacy',
      'newcomers',
      'values',
      'openness',
      'wishes',
      'structure',
      'places',
    ],
    sources: [toolkit, considerations, leadershipGroups, slides],
  },
  {
    id: 'governance',
    questions: ['decisions', 'place', 'supporters', 'dates', 'carries', 'parts'],
    sources: [considerations, leadershipGroups],
  },
  {
    id: 'roles',
    questions: ['steering', 'care', 'upkeep', 'sponsor', 'time', 'meetings', 'without'],
    sources: [toolkit, considerations, slides],
  },
  {
    id: 'communication',
    questions: ['asking', 'rhythm', 'sponsor', 'outside', 'tools'],
    sources: [considerations, toolkit],
  },
  {
    id: 'resources',
    questions: ['hours', 'support', 'shelf', 'upkeep', 'known', 'employers'],
    sources: [considerations, leadershipGroups],
  },
  { id: 'risks', questions: ['history', 'coordinator', 'care', 'signs', 'rules'], sources: [considerations] },
  {
    id: 'measures',
    questions: ['work', 'numbers', 'asking', 'sponsor', 'celebration', 'silent', 'feast'],
    sources: [toolkit, slides],
  },
];

import type { SectionId } from '../charter/charter.ts';

/**
 * What a newcomer may answer when asked what brings them here. Its title, the same in a gathered line ("they come for:
 * tips (2)") and what to try first stand in `text.<language>.json`.
 */
export interface WelcomeReason {
  readonly id: ReasonId;
  /** Whether a coordinator is the one to ask: they know who works on what. */
  readonly ask: boolean;
  /** The section of the charter that says more. */
  readonly section: SectionId;
}

export const reasonIds = ['learn', 'tips', 'advice', 'people', 'share', 'curious'] as const;
export type ReasonId = (typeof reasonIds)[number];

/**
 * How people contribute, small things first. Source: as below, and the contributions of under half an hour in the NHS
 * summary.
 */
export const contributionIds = ['questions', 'story', 'resource', 'event', 'later'] as const;
export type ContributionId = (typeof contributionIds)[number];

/**
 * What brings people to a community, and what is fitted to each; few enough for one look. Source: the questions that
 * find the energy (Queen Mary University of London, Communities of Practice toolkit) and the individual resource for
 * each new member, by their reason to join (NHS communities of practice, facilitation timetable); the words are ours.
 */
export const reasons: readonly WelcomeReason[] = [
  { id: 'learn', ask: false, section: 'scope' },
  { id: 'tips', ask: false, section: 'resources' },
  { id: 'advice', ask: true, section: 'ways-of-working' },
  { id: 'people', ask: true, section: 'members' },
  { id: 'share', ask: false, section: 'aims' },
  { id: 'curious', ask: false, section: 'purpose' },
];

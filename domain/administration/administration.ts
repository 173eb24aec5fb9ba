import { z } from 'zod';
import { identifier, line } from '../text.ts';

/**
 * How a community is, the first one that is so, and in the order in which somebody should look at them. `not-seen`: it
 * was not looked at lately, or could not be.
 */
export const communityStates = ['needs-mending', 'not-set-up', 'not-seen', 'healthy', 'archived'] as const;
export type CommunityState = (typeof communityStates)[number];

/** For how many days back messages and acts are counted. */
export const countedDays = 7;

/** Of a part of a community's name. */
export const longestSearch = 100;

/** What to look for among the communities. */
export const CommunitiesFilter = z.object({
  state: z.enum(communityStates).optional(),
  /** A part of its name. */
  name: line(longestSearch).optional(),
  /** The id of the last one of the page before. */
  after: identifier(100).optional(),
});
export type CommunitiesFilter = z.infer<typeof CommunitiesFilter>;

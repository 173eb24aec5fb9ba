import type { Settings } from '../community.ts';

/** How many surveys a member is sent in a calendar month where the community has not chosen. */
const usualPerMonth = 2;

/** How many surveys a member is sent in their own chat in a calendar month; whoever had these is spared. */
export function surveysPerMonth({ surveys }: Pick<Settings, 'surveys'>): number {
  return surveys?.perMonth ?? usualPerMonth;
}

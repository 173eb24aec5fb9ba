import type { Community } from '../../../domain/community.ts';
import type { KeptAction } from '../../../domain/plan/plan.ts';
import type { CalendarLinks, Clock, Communities, Feature, Roster } from '../../feature.ts';
import { calendarFeed } from './feed.ts';
import { calendarRoutes } from './routes.ts';
import en from './text.en.json' with { type: 'json' };

export interface CalendarParts {
  /** Every action of a community's plan. Throws `not-set-up` where there is no list for it. */
  readonly planOf: (community: Community) => Promise<readonly (KeptAction & { readonly id: string })[]>;
  readonly communities: Communities;
  readonly roster: Roster;
  readonly calendarLinks: CalendarLinks;
  /** Deep links into the tab, and addresses of calendars. */
  readonly links: { tab(community: string, subPage: string): string; calendar(token: string): string };
  /** Whether the administrator lets calendars out. */
  readonly on: boolean;
  readonly clock: Clock;
}

/** The plan in everybody's own calendar: behind a link that can be taken back, or one action as a file. */
export function calendar(parts: CalendarParts): Feature {
  return { name: 'calendar', routes: calendarRoutes(parts), feeds: [calendarFeed(parts)], text: { en } };
}

import type { Community } from '../../../domain/community.ts';
import type { KeptEvent } from '../../../domain/events/event.ts';
import type { KeptAction } from '../../../domain/plan/plan.ts';
import type { Communities, Links, Roster, Clock } from '../../ports.ts';
import type { CalendarLinks } from './feed-links.ts';

/** An action with its id. */
type PlannedAction = KeptAction & { readonly id: string };

export interface CalendarParts {
  /** Both throw `not-set-up` in a community whose lists are older than its plan. */
  readonly plan: {
    /** What is not done, perhaps with some that is. */
    now(community: Community): Promise<readonly PlannedAction[]>;
    /** Done or not. */
    find(community: Community, id: string): Promise<PlannedAction | undefined>;
  };
  /** The events of a community that were announced, or those of them that a person comes to or hosts. */
  readonly meetingsOf: (
    community: Community,
    person: string | null,
  ) => Promise<readonly (KeptEvent & { readonly id: string })[]>;
  /** One event, announced or not. Throws `not-found`. */
  readonly eventOf: (community: Community, id: string) => Promise<KeptEvent & { readonly id: string }>;
  readonly communities: Communities;
  readonly roster: Roster;
  readonly calendarLinks: CalendarLinks;
  /** Deep links into the tab, and addresses of calendars. */
  readonly links: Links;
  /** Whether the administrator lets calendars out. */
  readonly on: boolean;
  readonly clock: Clock;
}

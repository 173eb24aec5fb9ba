import type { Community } from '../../../domain/community.ts';
import type { KeptEvent } from '../../../domain/events/event.ts';
import type { KeptAction } from '../../../domain/plan/plan.ts';
import type { Communities, Links, Roster, Clock } from '../../ports.ts';
import type { CalendarLinks } from './feed-links.ts';

export interface CalendarParts {
  /** Every action of a community's plan. Throws `not-set-up` where there is no list for it. */
  readonly planOf: (community: Community) => Promise<readonly (KeptAction & { readonly id: string })[]>;
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

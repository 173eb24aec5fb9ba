import type { Person, ReadyCommunity } from '../../../domain/community.ts';
import type { ComingEvent } from '../../../domain/overview/overview.ts';
import type { Lists } from '../../lists/model.ts';
import type { Roster, DeliveryLog, SetAside, RestDays, Clock } from '../../ports.ts';

export interface OverviewParts {
  readonly lists: Lists;
  readonly roster: Roster;
  /** Who has answered an anonymous survey while it is open, or why the box cannot tell. */
  readonly ballotBox: {
    look(
      community: string,
      survey: string,
    ): Promise<
      { readonly state: 'open'; readonly voters: ReadonlySet<string> } | { readonly state: 'gone' | 'locked' }
    >;
  };
  /** What is announced, is not over and is for this person, soonest first, with what they answered. */
  readonly comingEvents: (
    community: ReadyCommunity,
    who: Person,
  ) => Promise<readonly Pick<ComingEvent, 'id' | 'title' | 'startsAt' | 'says'>[]>;
  readonly deliveryLog: Pick<DeliveryLog, 'read'>;
  readonly setAside: Pick<SetAside, 'of'>;
  /** Deep links into the tab. */
  readonly links: { tab(community: string, subPage: string): string };
  readonly restDays: Pick<RestDays, 'of'>;
  readonly clock: Clock;
}

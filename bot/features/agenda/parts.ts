import type { Member, ReadyCommunity } from '../../../domain/community.ts';
import type { Lists } from '../../lists/model.ts';
import type { Clock, Messenger, Roster } from '../../ports.ts';

export interface AgendaParts {
  readonly lists: Lists;
  readonly messenger: Messenger;
  readonly roster: Roster;
  /** Deep links into the tab. */
  readonly links: { tab(community: string, subPage: string): string };
  readonly clock: Clock;
  /**
   * Puts a line on the agenda of an event; asked again with the same id it adds nothing. Throws `not-found`,
   * `not-allowed` for who may not change the event, and `invalid` for one that was held or cancelled, or is full.
   */
  readonly addToEvent: (
    community: ReadyCommunity,
    who: Member,
    event: string,
    line: { readonly id: string; readonly title: string },
  ) => Promise<unknown>;
}

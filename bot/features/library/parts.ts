import type { Lists } from '../../lists/model.ts';
import type { Clock, Messenger, Roster } from '../../ports.ts';

export interface LibraryParts {
  readonly lists: Lists;
  readonly messenger: Messenger;
  readonly roster: Roster;
  /** Deep links into the tab. */
  readonly links: { tab(community: string, subPage: string): string };
  readonly clock: Clock;
}

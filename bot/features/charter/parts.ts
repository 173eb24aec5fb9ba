import type { Lists } from '../../lists/model.ts';
import type { Clock, Messenger, RestDays, Roster, Files, Log } from '../../ports.ts';

export interface CharterParts {
  readonly lists: Lists;
  /** Deep links into the tab. */
  readonly links: { tab(community: string, subPage: string): string };
  readonly clock: Clock;
  readonly messenger: Messenger;
  readonly roster: Roster;
  readonly restDays: Pick<RestDays, 'of'>;
  readonly files: Files;
  readonly log: Log;
}

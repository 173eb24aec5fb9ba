import type { Lists } from '../../lists/model.ts';
import type { Messenger, Roster, Communities, Clock, Log, SetAside, RestDays } from '../../ports.ts';
import type { Bundles } from './bundles.ts';

export interface DigestParts {
  readonly lists: Lists;
  readonly messenger: Messenger;
  readonly roster: Roster;
  /** The other communities of a sponsor who has several. */
  readonly communities: Pick<Communities, 'find'>;
  readonly bundles: Bundles;
  /** Deep links into the tab. */
  readonly links: { tab(community: string, subPage: string): string };
  readonly clock: Clock;
  readonly restDays: Pick<RestDays, 'of'>;
  readonly log: Log;
  readonly setAside: SetAside;
}

import type { Lists } from '../../lists/model.ts';
import type { Messenger, Roster, Clock, Log, SetAside, RestDays } from '../../ports.ts';
import type { BallotBox } from './ballot-box.ts';

export interface SurveysParts {
  readonly lists: Lists;
  readonly messenger: Messenger;
  readonly roster: Roster;
  readonly ballotBox: BallotBox;
  /** Deep links into the tab. */
  readonly links: { tab(community: string, subPage: string): string };
  readonly clock: Clock;
  readonly restDays: Pick<RestDays, 'of'>;
  readonly log: Log;
  readonly setAside: SetAside;
}

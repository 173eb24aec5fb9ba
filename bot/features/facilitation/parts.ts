import type { Community, ReadyCommunity, Settings } from '../../../domain/community.ts';
import type { Lists } from '../../lists/model.ts';
import type { Messenger, Clock, Roster, Log, RestDays } from '../../ports.ts';
import type { Translate } from '../../text.ts';

/** Lines in the reader's language; `mayReadNewcomers` says whether they may tell what newcomers answered. */
export type Notes = (t: Translate, mayReadNewcomers: boolean) => readonly string[];

export interface FacilitationParts {
  readonly lists: Lists;
  readonly messenger: Messenger;
  readonly clock: Clock;
  /** Leaves out facilitators who have left the team, and finds the owners of one where no facilitator is left. */
  readonly roster: Roster;
  /**
   * Further lines for the card of those who facilitate, such as who joined. They are shown in personal chats only,
   * ready for a card: names in them went through `plain`.
   */
  readonly notes: (community: Community) => Promise<Notes>;
  /** Changes how the week goes, in the settings. Returns the community as it is then. */
  readonly changeWeek: (
    community: ReadyCommunity,
    decide: (week: Settings['facilitation']) => Settings['facilitation'],
  ) => Promise<ReadyCommunity>;
  readonly restDays: Pick<RestDays, 'of'>;
  readonly log: Log;
}

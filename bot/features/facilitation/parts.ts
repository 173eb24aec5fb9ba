import type { Community, Member, Person, ReadyCommunity, Settings } from '../../../domain/community.ts';
import type { Lists } from '../../lists/model.ts';
import type { Messenger, Clock, Roster, Log, RestDays } from '../../ports.ts';
import type { ReadWaiting } from '../../shared/waiting.ts';
import type { Translate } from '../../text.ts';

/**
 * Lines in the reader's language; `mayReadNewcomers` says whether they may tell what newcomers answered. What people
 * wrote in them goes through `asText`: for a card, when it is left out.
 */
export type Notes = (
  t: Translate,
  mayReadNewcomers: boolean,
  asText?: (written: string) => string,
) => readonly string[];

export interface FacilitationParts {
  readonly lists: Lists;
  readonly messenger: Messenger;
  readonly clock: Clock;
  /** Leaves out facilitators who have left the team, and finds the owners of one where no facilitator is left. */
  readonly roster: Roster;
  /**
   * Further lines for the card of those who facilitate, such as who joined. They are shown in personal chats only.
   */
  readonly notes: (community: Community) => Promise<Notes>;
  /** What waits for somebody, by name, the most pressing first; in personal chats only. */
  readonly waiting: ReadWaiting;
  /** Changes how the week goes, in the settings. Returns the community as it is then. */
  readonly changeWeek: (
    community: ReadyCommunity,
    decide: (week: Settings['facilitation']) => Settings['facilitation'],
  ) => Promise<ReadyCommunity>;
  /** Adds an action to the plan, under an id that makes it the same one when it is added again. */
  readonly addAction: (
    community: ReadyCommunity,
    who: Member,
    action: { readonly title: string; readonly owners: readonly Pick<Person, 'id'>[]; readonly due: string },
    id: string,
  ) => Promise<unknown>;
  readonly restDays: Pick<RestDays, 'of'>;
  /** Reads what is known of the lists, as old as it may be. */
  readonly asKnown: <R>(work: () => Promise<R>) => Promise<R>;
  /** Deep links into the tab. */
  readonly links: { tab(community: string, subPage: string): string };
  readonly log: Log;
}

import type { ReadyCommunity } from '../../../domain/community.ts';
import type { HeldEvent } from '../../shared/held-event.ts';
import type { Lists } from '../../lists/model.ts';
import type { Messenger, Roster, Clock, Log, SetAside, RestDays } from '../../ports.ts';
import type { BallotBox } from './ballot-box.ts';

export interface SurveysParts {
  readonly lists: Lists;
  readonly messenger: Messenger;
  readonly roster: Roster;
  readonly ballotBox: BallotBox;
  /** Whom a message has reached by now, alone or as a line of a morning's card, and on which day. */
  readonly reached: (
    community: string,
    message: { readonly kind: string; readonly period: string },
  ) => Promise<ReadonlyMap<string, string>>;
  /** Events that were held so lately that their feedback may still be asked or told, the latest first. */
  readonly heldEvents: (community: ReadyCommunity) => Promise<readonly HeldEvent[]>;
  /** Deep links into the tab. */
  readonly links: { tab(community: string, subPage: string): string };
  readonly clock: Clock;
  readonly restDays: Pick<RestDays, 'of'>;
  readonly log: Log;
  readonly setAside: SetAside;
}

import type { Member, Person, ReadyCommunity } from '../../../domain/community.ts';
import type { Lists, PlanRow } from '../../lists/model.ts';
import type { Clock, Departed, Links, Log, Messenger, Roster } from '../../ports.ts';

export interface DeparturesParts {
  readonly lists: Lists;
  readonly messenger: Messenger;
  readonly roster: Roster;
  readonly departed: Departed;
  /** Gives an action new owners in the plan; throws `not-found` where it is gone. */
  readonly changeOwners: (
    community: ReadyCommunity,
    who: Member,
    action: PlanRow['key'],
    decide: (owners: readonly Person[]) => readonly Person[],
  ) => Promise<unknown>;
  readonly links: Pick<Links, 'tab'>;
  readonly clock: Clock;
  readonly log: Log;
}

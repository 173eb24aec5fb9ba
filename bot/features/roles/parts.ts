import type { ReadyCommunity, Person } from '../../../domain/community.ts';
import type { Lists } from '../../lists/model.ts';
import type { Departed, Messenger, Roster, Clock, Log, SetAside } from '../../ports.ts';

export interface RolesParts {
  readonly lists: Lists;
  readonly messenger: Messenger;
  readonly roster: Roster;
  /** The settings say who coordinates: the role of that name is given and given up through them. */
  readonly changeCoordinators: (
    where: { readonly community: ReadyCommunity; readonly onBehalfOf: string | null },
    decide: (coordinators: readonly Person[]) => readonly Person[],
  ) => Promise<ReadyCommunity>;
  /** Deep links into the tab. */
  readonly links: { tab(community: string, subPage: string): string };
  readonly departed: Departed;
  readonly clock: Clock;
  readonly log: Log;
  readonly setAside: SetAside;
}

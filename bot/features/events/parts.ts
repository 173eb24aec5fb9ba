import type { Member, ReadyCommunity } from '../../../domain/community.ts';
import type { Lists } from '../../lists/model.ts';
import type { Clock, Log, Messenger, PrincipalNames, RestDays, Roster, SetAside } from '../../ports.ts';

export interface EventsParts {
  readonly lists: Lists;
  readonly messenger: Messenger;
  readonly roster: Roster;
  readonly principalNames: Pick<PrincipalNames, 'addresses'>;
  /** Deep links into the tab. */
  readonly links: { tab(community: string, subPage: string): string };
  readonly clock: Clock;
  readonly restDays: Pick<RestDays, 'of'>;
  readonly log: Log;
  readonly setAside: SetAside;
  /** Puts what comes next into the plan; asked again with the same id it adds nothing. */
  readonly addAction: (
    community: ReadyCommunity,
    who: Member,
    action: { readonly title: string; readonly notes?: string },
    id: string,
  ) => Promise<unknown>;
}

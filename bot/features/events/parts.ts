import type { Member, ReadyCommunity } from '../../../domain/community.ts';
import type { Lists } from '../../lists/model.ts';
import type { HeldEvent } from '../../shared/held-event.ts';
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
  /** Has those asked who were at an event that was held, once; asked again it does nothing. */
  readonly planFeedback: (community: ReadyCommunity, event: HeldEvent) => Promise<void>;
  /** Puts what comes next into the plan; asked again with the same id it adds nothing. */
  readonly addAction: (
    community: ReadyCommunity,
    who: Member,
    action: { readonly title: string; readonly notes?: string },
    id: string,
  ) => Promise<unknown>;
}

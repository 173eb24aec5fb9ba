import type { Feature, Morning } from '../../feature.ts';
import type { Clock, Links, Log, Messenger, RestDays, Roster, SetAside } from '../../ports.ts';
import type { Ledger } from './ledger.ts';

export interface MorningParts {
  readonly messenger: Messenger;
  readonly roster: Roster;
  readonly restDays: Pick<RestDays, 'of'>;
  readonly ledger: Ledger;
  readonly links: Pick<Links, 'tab'>;
  readonly setAside: SetAside;
  readonly clock: Clock;
  readonly log: Log;
  /** Reads what is known of the lists, as old as it may be, to find out whether there is anything to say. */
  readonly asKnown: <R>(work: () => Promise<R>) => Promise<R>;
  /** Every feature; asked when a morning comes, because this one is among them. */
  readonly features: () => readonly Pick<Feature, 'name' | 'wishes' | 'reaches'>[];
  /** Ids of those who sponsor the community. */
  readonly sponsorsOf: (morning: Morning) => Promise<ReadonlySet<string>>;
}

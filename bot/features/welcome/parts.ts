import type { Lists } from '../../lists/model.ts';
import type { DeliveryLog, Messenger, Roster, Clock, Log } from '../../ports.ts';

export interface WelcomeParts {
  readonly lists: Lists;
  readonly messenger: Messenger;
  readonly deliveryLog: Pick<DeliveryLog, 'read'>;
  /** Names the team's owners where there are no coordinators yet, and leaves out coordinators who have left. */
  readonly roster: Roster;
  /** Deep links into the tab. */
  readonly links: { tab(community: string, subPage: string): string };
  readonly clock: Clock;
  readonly log: Log;
}

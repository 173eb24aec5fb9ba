import type { DeliveryLog } from '../../data/delivery-log.ts';
import type { Lists } from '../../data/lists.ts';
import { command, type BallotBox, type Clock, type Feature, type Roster, type SetAside } from '../../feature.ts';
import { showOverview } from './command.ts';
import { overviewRoutes } from './routes.ts';
import en from './text.en.json' with { type: 'json' };

export interface OverviewParts {
  readonly lists: Lists;
  readonly roster: Roster;
  readonly ballotBox: BallotBox;
  readonly deliveryLog: Pick<DeliveryLog, 'read'>;
  readonly setAside: Pick<SetAside, 'of'>;
  /** Deep links into the tab. */
  readonly links: { tab(community: string, subPage: string): string };
  readonly clock: Clock;
}

/** One look at everything, made from what the other features keep: the tab's first screen, and a card. */
export function overview(parts: OverviewParts): Feature {
  return {
    name: 'overview',
    commands: [
      command({ may: 'community.read' }, { name: 'overview', about: 'command', run: ask => showOverview(parts, ask) }),
    ],
    routes: overviewRoutes(parts),
    text: { en },
  };
}

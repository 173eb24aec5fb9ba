import type { Lists } from '../../data/lists.ts';
import type { BallotBox, Clock, Feature, Roster } from '../../feature.ts';
import { overviewRoutes } from './routes.ts';

export interface OverviewParts {
  readonly lists: Lists;
  readonly roster: Roster;
  readonly ballotBox: BallotBox;
  readonly clock: Clock;
}

/** The tab's first screen: one look at everything, made from what the other features keep. */
export function overview(parts: OverviewParts): Feature {
  return { name: 'overview', routes: overviewRoutes(parts), text: { en: {} } };
}

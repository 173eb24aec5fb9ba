import type { Lists } from '../../data/lists.ts';
import {
  command,
  type Bundles,
  type Clock,
  type Communities,
  type Feature,
  type Messenger,
  type Roster,
  type SetAside,
  type Log,
} from '../../feature.ts';
import { digestActions } from './actions.ts';
import { showDigest } from './command.ts';
import { checkJob } from './jobs.ts';
import { digestRoutes } from './routes.ts';
import en from './text.en.json' with { type: 'json' };

export interface DigestParts {
  readonly lists: Lists;
  readonly messenger: Messenger;
  readonly roster: Roster;
  /** The other communities of a sponsor who has several. */
  readonly communities: Pick<Communities, 'find'>;
  readonly bundles: Bundles;
  /** Deep links into the tab. */
  readonly links: { tab(community: string, subPage: string): string };
  readonly clock: Clock;
  readonly log: Log;
  readonly setAside: SetAside;
}

/** What happened and what comes: for the sponsor, who answers in the card, and for the channel. */
export function digest(parts: DigestParts): Feature {
  return {
    name: 'digest',
    actions: digestActions(parts),
    commands: [
      command(
        { may: 'community.read', ready: true },
        { name: 'digest', about: 'command.digest', run: ask => showDigest(parts, ask) },
      ),
    ],
    routes: digestRoutes(parts),
    jobs: [checkJob(parts)],
    text: { en },
  };
}

import type { Lists } from '../../data/lists.ts';
import {
  command,
  type BallotBox,
  type Clock,
  type Feature,
  type Messenger,
  type Roster,
  type SetAside,
  type Log,
} from '../../feature.ts';
import { surveysActions } from './actions.ts';
import { showOpenSurvey } from './command.ts';
import { checkJob } from './jobs.ts';
import { surveysRoutes } from './routes.ts';
import en from './text.en.json' with { type: 'json' };

export interface SurveysParts {
  readonly lists: Lists;
  readonly messenger: Messenger;
  readonly roster: Roster;
  readonly ballotBox: BallotBox;
  /** Deep links into the tab. */
  readonly links: { tab(community: string, subPage: string): string };
  readonly clock: Clock;
  readonly log: Log;
  readonly setAside: SetAside;
}

/** Short surveys that open, remind and close by themselves; an anonymous one is that in earnest. */
export function surveys(parts: SurveysParts): Feature {
  return {
    name: 'surveys',
    actions: surveysActions(parts),
    commands: [
      command(
        { may: 'community.read', ready: true },
        { name: 'survey', about: 'command.survey', run: ask => showOpenSurvey(parts, ask) },
      ),
    ],
    routes: surveysRoutes(parts),
    jobs: [checkJob(parts)],
    text: { en },
  };
}

import type { Lists } from '../../data/lists.ts';
import type { Clock, Feature, Messenger, Roster, SetAside, Log } from '../../feature.ts';
import { planActions } from './actions.ts';
import { planCommands } from './command.ts';
import { addFromMessage } from './from-message.ts';
import { remindJob } from './jobs.ts';
import { planRoutes } from './routes.ts';
import messageText from './message-text.en.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };

export { planNote } from './note.ts';
export { planReader } from './store.ts';

export interface PlanParts {
  readonly lists: Lists;
  readonly messenger: Messenger;
  readonly roster: Roster;
  /** Deep links into the tab. */
  readonly links: { tab(community: string, subPage: string): string };
  readonly clock: Clock;
  readonly log: Log;
  readonly setAside: SetAside;
}

/** What the community means to do: who does what until when, and a word to its owners in time. */
export function plan(parts: PlanParts): Feature {
  return {
    name: 'plan',
    actions: { ...planActions(parts) },
    commands: [...planCommands(parts)],
    messageActions: { add: addFromMessage(parts) },
    jobs: [remindJob(parts)],
    routes: [...planRoutes(parts)],
    text: { en: { ...en, ...messageText } },
  };
}

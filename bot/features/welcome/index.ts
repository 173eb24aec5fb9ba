import type { Lists } from '../../lists/model.ts';
import type { Clock, Feature, Messenger, Roster, Log } from '../../feature.ts';
import { welcomeActions } from './actions.ts';
import { welcomeEvents } from './events.ts';
import { welcomeRoutes } from './routes.ts';
import method from '../../../domain/welcome/text.en.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };

export { newcomersNote } from './note.ts';

export interface WelcomeParts {
  readonly lists: Lists;
  readonly messenger: Messenger;
  /** Names the team's owners where nobody coordinates yet, and leaves out coordinators who have left. */
  readonly roster: Roster;
  /** Deep links into the tab. */
  readonly links: { tab(community: string, subPage: string): string };
  readonly clock: Clock;
  readonly log: Log;
}

/** Where fixed sentences with ids go; pino fits. */
/** A word for each newcomer, once, in their own chat; what they answer is for the coordinators. */
export function welcome(parts: WelcomeParts): Feature {
  return {
    name: 'welcome',
    actions: welcomeActions(parts),
    events: welcomeEvents(parts),
    routes: welcomeRoutes(parts),
    text: { en: { ...en, ...method } },
  };
}

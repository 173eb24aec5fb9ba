import type { SetUp } from '../../../domain/permissions.ts';
import type { Switches } from '../../../domain/switches.ts';
import type { Lists } from '../../lists/model.ts';
import type { Provision } from '../../lists/provisioning.ts';
import {
  command,
  type Clock,
  type Communities,
  type Feature,
  type Messenger,
  type Roster,
  type Log,
} from '../../feature.ts';
import { settingsActions } from './actions.ts';
import { showSettings } from './command.ts';
import { copyJob } from './copy.ts';
import { settingsEvents } from './events.ts';
import { settingsRoutes } from './routes.ts';
import { text } from './text.ts';

export { changeCoordinators } from './coordinators.ts';
export { repairLists } from './repair.ts';

export interface SettingsParts {
  readonly lists: Lists;
  readonly messenger: Messenger;
  readonly roster: Roster;
  readonly communities: Communities;
  /** Creates or repairs the community's SharePoint lists; may be repeated. */
  readonly provision: Provision;
  /** Deep links into the tab. */
  readonly links: { tab(community: string, subPage: string): string };
  /** Entra object ids of those who look after the app in the whole organisation. */
  readonly administrators?: readonly string[];
  readonly switches?: Switches;
  readonly setUp?: SetUp;
  readonly clock: Clock;
  readonly log: Log;
}

/** Where fixed sentences with ids go; pino fits. */
/** How the app is set up in a team: offered once in the channel, changed in a card or in the tab. */
export function settings(parts: SettingsParts): Feature {
  return {
    name: 'settings',
    actions: settingsActions(parts),
    commands: [
      command(
        { may: 'community.read' },
        { name: 'settings', about: 'command.settings', run: ask => showSettings(parts, ask) },
      ),
    ],
    events: settingsEvents(parts),
    jobs: [copyJob(parts)],
    routes: settingsRoutes(parts),
    text,
  };
}

import { command, type Feature } from '../../feature.ts';
import { settingsActions } from './actions.ts';
import { showSettings } from './command.ts';
import { changeCommand, setActions } from './by-word.ts';
import { copyJob } from './copy.ts';
import { settingsEvents } from './events.ts';
import { settingsRoutes } from './routes.ts';
import type { SettingsParts } from './parts.ts';
import { text } from './text.ts';

export { changeCoordinators, changeWeek } from './change.ts';
export { repairLists } from './repair.ts';

/** How the app is set up in a team: offered once in the channel, changed in a card or in the tab. */
export function settings(parts: SettingsParts): Feature {
  return {
    name: 'settings',
    actions: { ...settingsActions(parts), ...setActions(parts) },
    commands: [
      command(
        { may: 'community.read' },
        { name: 'settings', about: 'command.settings', run: ask => showSettings(parts, ask) },
      ),
      changeCommand(parts),
    ],
    events: settingsEvents(parts),
    jobs: [copyJob(parts)],
    routes: settingsRoutes(parts),
    text,
  };
}

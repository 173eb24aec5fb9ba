import { command, type Feature } from '../../feature.ts';
import { showOverview } from './command.ts';
import { showPeople } from './people.ts';
import { overviewRoutes } from './routes.ts';
import de from './text.de.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };
import type { OverviewParts } from './parts.ts';

/** One look at everything, made from what the other features keep: the tab's first screen, and a card. */
export function overview(parts: OverviewParts): Feature {
  return {
    name: 'overview',
    commands: [
      command({ may: 'community.read' }, { name: 'overview', about: 'command', run: ask => showOverview(parts, ask) }),
      command({ may: 'community.read' }, { name: 'people', run: ask => showPeople(parts, ask) }),
    ],
    routes: overviewRoutes(parts),
    text: { en, de },
  };
}

import type { PersonalData } from '../../personal-data/personal-data.ts';
import type { Clock, Feature, Messenger } from '../../feature.ts';
import { privacyActions, privacyCommands } from './actions.ts';
import { privacyRoutes } from './routes.ts';
import en from './text.en.json' with { type: 'json' };

export interface PrivacyParts {
  readonly personalData: PersonalData;
  readonly messenger: Pick<Messenger, 'optOut'>;
  /** Deep links into the tab. */
  readonly links: { tab(community: string, subPage: string): string };
  readonly clock: Clock;
}

/** Everybody's own: what is kept about them, as a file to take away, and the way to have it erased. */
export function privacy(parts: PrivacyParts): Feature {
  return {
    name: 'privacy',
    actions: privacyActions(parts),
    commands: privacyCommands(parts),
    routes: privacyRoutes(parts),
    text: { en },
  };
}

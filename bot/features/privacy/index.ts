import type { Feature } from '../../feature.ts';
import { privacyActions, privacyCommands } from './actions.ts';
import { messageActions, messageCommands } from './messages.ts';
import { privacyRoutes } from './routes.ts';
import de from './text.de.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };
import type { PrivacyParts } from './parts.ts';

/** Everybody's own: what is kept about them, as a file to take away, and the way to have it erased. */
export function privacy(parts: PrivacyParts): Feature {
  return {
    name: 'privacy',
    actions: { ...privacyActions(parts), ...messageActions(parts) },
    commands: [...privacyCommands(parts), ...messageCommands(parts)],
    routes: privacyRoutes(parts),
    text: { en, de },
  };
}

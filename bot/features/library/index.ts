import type { Feature } from '../../feature.ts';
import { libraryActions, libraryWishes } from './checking.ts';
import { libraryCommands, libraryPassages } from './command.ts';
import { addFromMessage } from './from-message.ts';
import type { LibraryParts } from './parts.ts';
import { libraryRoutes } from './routes.ts';
import de from './text.de.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };

/** What the community found worth finding again, with when it helps, looked at once a year. */
export function library(parts: LibraryParts): Feature {
  return {
    name: 'library',
    actions: { ...libraryActions(parts) },
    commands: [...libraryCommands(parts)],
    messageActions: { add: addFromMessage(parts) },
    wishes: libraryWishes(parts),
    routes: [...libraryRoutes(parts)],
    passages: libraryPassages(parts),
    text: { en, de },
  };
}

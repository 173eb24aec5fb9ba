import { command, type Feature } from '../../feature.ts';
import { showCharter } from './command.ts';
import { createDocuments } from '../../documents/documents.ts';
import { reviewActions, charterWishes } from './review.ts';
import { charterRoutes } from './routes.ts';
import method from '../../../domain/charter/text.en.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };
import type { CharterParts } from './parts.ts';

/** What the community is for and how it works: read and edited in the tab, shown in the conversation. */
export function charter(parts: CharterParts): Feature {
  const documents = createDocuments();
  return {
    name: 'charter',
    actions: reviewActions(parts),
    commands: [
      command(
        { may: 'community.read' },
        { name: 'charter', about: 'command.charter', run: ask => showCharter(parts, ask) },
      ),
    ],
    routes: charterRoutes(parts, documents),
    wishes: charterWishes(parts),
    text: { en: { ...en, ...method } },
    stop: documents.stop,
  };
}

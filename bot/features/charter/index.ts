import { command, type Feature } from '../../feature.ts';
import { charterPassages, showCharter } from './command.ts';
import { createDocuments } from '../../documents/documents.ts';
import { reviewActions, reviewWishes } from './review.ts';
import { draftRoutes } from './draft-routes.ts';
import { questionActions, questionWishes } from './question.ts';
import { roundActions } from './round.ts';
import { charterRoutes } from './routes.ts';
import { voiceRoutes } from './voice-routes.ts';
import germanMethod from '../../../domain/charter/text.de.json' with { type: 'json' };
import method from '../../../domain/charter/text.en.json' with { type: 'json' };
import de from './text.de.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };
import type { CharterParts } from './parts.ts';

export { charterWaiting } from './waiting.ts';

/** What the community is for and how it works: read and edited in the tab, shown in the conversation. */
export function charter(parts: CharterParts): Feature {
  const documents = createDocuments();
  const [review, question] = [reviewWishes(parts), questionWishes(parts)];
  return {
    name: 'charter',
    actions: { ...reviewActions(parts), ...questionActions(parts), ...roundActions(parts) },
    commands: [
      command(
        { may: 'community.read' },
        { name: 'charter', about: 'command.charter', run: ask => showCharter(parts, ask) },
      ),
    ],
    routes: [...charterRoutes(parts, documents), ...voiceRoutes(parts), ...draftRoutes(parts)],
    passages: charterPassages(parts),
    wishes: async morning => [...(await review(morning)), ...(await question(morning))],
    text: { en: { ...en, ...method }, de: { ...de, ...germanMethod } },
    stop: documents.stop,
  };
}

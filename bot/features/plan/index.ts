import type { Feature } from '../../feature.ts';
import { planActions } from './actions.ts';
import { commentJob } from './comment-job.ts';
import { commentRoutes } from './comment-routes.ts';
import { commentWishes } from './comment-wishes.ts';
import { actActions } from './acts.ts';
import { assignActions } from './assign.ts';
import { planCommands } from './command.ts';
import { addFromMessage } from './from-message.ts';
import { planPassages } from './questions.ts';
import { planRoutes } from './routes.ts';
import { planWishes } from './wishes.ts';
import germanMessageText from './message-text.de.json' with { type: 'json' };
import messageText from './message-text.en.json' with { type: 'json' };
import de from './text.de.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };
import type { PlanParts } from './parts.ts';

export { planNote } from './note.ts';
export { planWaiting } from './waiting.ts';
export { planAdder, planReader } from './store.ts';
export { planOwners } from './owners.ts';

/** What the community means to do: who does what until when, and a word to its owners in time. */
export function plan(parts: PlanParts): Feature {
  return {
    name: 'plan',
    actions: { ...planActions(parts), ...actActions(parts), ...assignActions(parts) },
    commands: [...planCommands(parts)],
    messageActions: { add: addFromMessage(parts) },
    wishes: async morning => [...(await planWishes(parts)(morning)), ...(await commentWishes(parts)(morning))],
    routes: [...planRoutes(parts), ...commentRoutes(parts)],
    jobs: [commentJob(parts)],
    passages: planPassages(parts),
    text: { en: { ...en, ...messageText }, de: { ...de, ...germanMessageText } },
  };
}

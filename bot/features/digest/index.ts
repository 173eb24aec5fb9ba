import { command, type Feature } from '../../feature.ts';
import { digestActions } from './actions.ts';
import { showDigest } from './command.ts';
import { checkJob } from './jobs.ts';
import { digestRoutes } from './routes.ts';
import de from './text.de.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };
import type { DigestParts } from './parts.ts';
import { digestReaches, digestWishes } from './wishes.ts';

/** What happened and what comes: for the sponsor, who answers in the card, and for the channel. */
export function digest(parts: DigestParts): Feature {
  return {
    name: 'digest',
    actions: digestActions(parts),
    commands: [
      command(
        { may: 'community.read', ready: true },
        { name: 'digest', about: 'command.digest', run: ask => showDigest(parts, ask) },
      ),
    ],
    routes: digestRoutes(parts),
    jobs: [checkJob(parts)],
    wishes: digestWishes(parts),
    reaches: digestReaches(parts),
    text: { en, de },
  };
}

import { api } from '../../../domain/api.ts';
import { command, route, type Feature } from '../../feature.ts';
import { facilitationActions, showRunningWeek } from './actions.ts';
import type { FacilitationParts } from './parts.ts';
import { morningJob, weekJob, weekReaches } from './jobs.ts';
import { handOverActions } from './hand-over.ts';
import { answerNow, startNow } from './now.ts';
import { planningActions } from './planning.ts';
import { rhythmActions } from './rhythm-actions.ts';
import germanMethod from '../../../domain/facilitation/text.de.json' with { type: 'json' };
import method from '../../../domain/facilitation/text.en.json' with { type: 'json' };
import de from './text.de.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };

/** The facilitation week: one card a week, its tasks ticked together. */
export function facilitation(parts: FacilitationParts): Feature {
  return {
    name: 'facilitation',
    actions: {
      ...facilitationActions(parts),
      ...rhythmActions(parts),
      ...handOverActions(parts),
      ...planningActions(parts),
    },
    commands: [
      command(
        { may: 'community.read', ready: true },
        { name: 'week', about: 'command.week', personal: true, run: ask => showRunningWeek(parts, ask) },
      ),
      command(
        { may: 'facilitation.change', ready: true },
        {
          name: 'this week now',
          about: 'command.now',
          offeredTo: 'facilitation.change',
          changes: true,
          run: ask => answerNow(parts, ask),
        },
      ),
    ],
    routes: [
      route(api.startWeek, { may: 'settings.edit', ready: true }, async request => ({
        body: { said: (await startNow(parts, request)).said },
      })),
    ],
    jobs: [weekJob(parts), morningJob(parts)],
    reaches: weekReaches(parts),
    text: { en: { ...en, ...method }, de: { ...de, ...germanMethod } },
  };
}

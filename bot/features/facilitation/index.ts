import { command, type Feature } from '../../feature.ts';
import { facilitationActions, showRunningWeek } from './actions.ts';
import type { FacilitationParts } from './parts.ts';
import { morningJob, weekJob, weekReaches } from './jobs.ts';
import method from '../../../domain/facilitation/text.en.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };

/** The facilitation week: one card a week, its tasks ticked together. */
export function facilitation(parts: FacilitationParts): Feature {
  return {
    name: 'facilitation',
    actions: facilitationActions(parts),
    commands: [
      command(
        { may: 'community.read', ready: true },
        { name: 'week', about: 'command.week', run: ask => showRunningWeek(parts, ask) },
      ),
    ],
    jobs: [weekJob(parts), morningJob(parts)],
    reaches: weekReaches(parts),
    text: { en: { ...en, ...method } },
  };
}

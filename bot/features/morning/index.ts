import type { Feature } from '../../feature.ts';
import { morningActions } from './actions.ts';
import { morningJob } from './job.ts';
import type { MorningParts } from './parts.ts';
import de from './text.de.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };

export { comingQuestions } from './coming.ts';

/** One card a person and morning: what the other features would like to say comes through here. */
export function morning(parts: MorningParts): Feature {
  return { name: 'morning', actions: { ...morningActions(parts) }, jobs: [morningJob(parts)], text: { en, de } };
}

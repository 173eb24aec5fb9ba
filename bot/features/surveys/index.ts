import { command, type Feature } from '../../feature.ts';
import { surveysActions } from './actions.ts';
import { writeActions, writeCommand } from './by-word.ts';
import { showOpenSurvey } from './command.ts';
import { checkJob } from './jobs.ts';
import { surveyPassages } from './questions.ts';
import { repeatActions } from './repeating.ts';
import { surveysRoutes } from './routes.ts';
import { surveysWishes } from './wishes.ts';
import type { SurveysParts } from './parts.ts';
import { text } from './text.ts';

export { feedbackPlanner } from './feedback.ts';

/** Short surveys that open, remind and close by themselves; an anonymous one is that in earnest. */
export function surveys(parts: SurveysParts): Feature {
  return {
    name: 'surveys',
    actions: { ...surveysActions(parts), ...writeActions(parts), ...repeatActions(parts) },
    commands: [
      command(
        { may: 'community.read', ready: true },
        { name: 'survey', about: 'command.survey', run: ask => showOpenSurvey(parts, ask) },
      ),
      writeCommand(parts),
    ],
    routes: surveysRoutes(parts),
    passages: surveyPassages(parts),
    jobs: [checkJob(parts)],
    wishes: surveysWishes(parts),
    text,
  };
}

import { isReady, type Weekday } from '../../../domain/community.ts';
import { nextOnDays } from '../../../domain/schedule.ts';
import { phaseOf, remindsOn } from '../../../domain/survey.ts';
import type { Job } from '../../feature.ts';
import { todayIn } from '../../today.ts';
import type { SurveysParts } from './index.ts';
import { endLost, openSurvey, remind, settle } from './sending.ts';
import { answeredBy, surveyOf } from './store.ts';

const everyDay: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/**
 * Once a day, at the time of day the community chose for its facilitation: what opens today is sent, what closes tomorrow
 * is remembered, what has closed is counted. Each of these knows whether it was done, so a missed day is made up for.
 */
export function checkJob(parts: SurveysParts): Job {
  return {
    name: 'surveys.check',
    next(community, after) {
      if (!isReady(community)) return null;
      const { timeZone, facilitation: { time } } = community.settings;
      return nextOnDays({ days: everyDay, time, timeZone }, after);
    },
    async run({ community }) {
      if (!isReady(community)) return;
      const today = todayIn(parts, community);
      for (const { value: row } of await parts.lists.of(community.id).surveys.all()) {
        const survey = surveyOf(row);
        const phase = phaseOf(survey, today);
        if (phase === 'open' && survey.anonymous && (await answeredBy(parts, community, survey)) === 'gone') {
          await endLost(parts, community, row);
          continue;
        }
        if (phase === 'open') await openSurvey(parts, community, survey);
        if (phase === 'open' && remindsOn(survey, today)) await remind(parts, community, survey);
        if (phase === 'closed' && row.answered === null) await settle(parts, community, row);
        // Whoever counted it may have been stopped before this.
        else if (phase === 'closed' && survey.anonymous) await parts.ballotBox.destroy(community.id, survey.id);
      }
      parts.log?.info({ community: community.id, today }, 'surveys checked');
    },
  };
}

import type { Weekday } from '../../../domain/community.ts';
import { nextOnDays } from '../../../domain/schedule.ts';
import { reminderDay } from '../../../domain/surveys/days.ts';
import { phaseOf } from '../../../domain/surveys/survey.ts';
import { definitions } from '../../lists/model.ts';
import { eachRow } from '../../shared/each-row.ts';
import type { Job } from '../../feature.ts';
import { todayIn } from '../../shared/days.ts';
import type { SurveysParts } from './parts.ts';
import { endLost, openSurvey, remindChannel, settle } from './sending.ts';
import { answeredBy, surveyOf } from './store.ts';

const everyDay: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/**
 * Each open day, at the time of day the community chose for its facilitation: what has opened goes into the channel, or
 * is noted for whom it is; the channel is reminded of what closes before the open day after the next; what has closed
 * is counted. Each of these knows whether it was done, so a day off, or a missed one, is made up for.
 */
export function checkJob(parts: SurveysParts): Job {
  return {
    name: 'surveys.check',
    rests: true,
    next(community, after) {
      const {
        timeZone,
        facilitation: { time },
      } = community.settings;
      return nextOnDays({ days: everyDay, time, timeZone }, after);
    },
    async run({ community }) {
      const today = todayIn(parts, community);
      const rest = await parts.restDays.of(community);
      const rows = (await parts.lists.of(community.id).surveys.all()).map(({ value }) => value);
      await eachRow(
        parts,
        { community: community.id, list: definitions.surveys.title },
        rows,
        ({ key, title }) => ({ key, what: title }),
        async row => {
          const survey = surveyOf(row);
          const phase = phaseOf(survey, today);
          if (phase === 'open' && survey.anonymous && (await answeredBy(parts, community, survey)) === 'gone') {
            return endLost(parts, community, row);
          }
          if (phase === 'open') await openSurvey(parts, community, survey);
          if (phase === 'open' && survey.audience === 'channel' && reminderDay(survey, rest) === today)
            await remindChannel(parts, community, survey);
          if (phase === 'closed') await settle(parts, community, row);
        },
      );
      parts.log.info({ community: community.id, today }, 'surveys checked');
    },
  };
}

import type { ReadyCommunity } from '../../../domain/community.ts';
import type { Permission } from '../../../domain/permissions.ts';
import { isFeedback, nameOf, phaseOf, type Results, type Survey } from '../../../domain/surveys/survey.ts';
import { resultsOf } from '../../../domain/surveys/results.ts';
import { trendOf, type Trend } from '../../../domain/surveys/trend.ts';
import type { SurveyRow } from '../../lists/model.ts';
import { todayIn } from '../../shared/days.ts';
import { resultsCard } from './cards.ts';
import type { SurveysParts } from './parts.ts';
import { answersTo, surveyOf } from './store.ts';

const channelKind = 'surveys.results';

/** The results as a member may see them; `coordinates` says whether they look after surveys. */
export async function readResults(
  parts: SurveysParts,
  community: ReadyCommunity,
  row: SurveyRow,
  coordinates: boolean,
): Promise<Results> {
  const survey = surveyOf(row);
  const phase = phaseOf(survey, todayIn(parts, community));
  const waits = survey.anonymous && row.answered === null && (phase === 'open' || phase === 'closed');
  const box = waits ? await parts.ballotBox.look(community.id, survey.id) : null;
  const shut = box === null || box.state === 'open' ? null : box.state;
  const asked = { survey, phase, answered: row.answered, shut, coordinates };
  const first = resultsOf({ ...asked, sheets: [] });
  // What is hidden anyway need not be read.
  if (first.state === 'hidden' && (survey.anonymous || !coordinates)) return first;
  return resultsOf({
    ...asked,
    sheets: (await answersTo(parts, community, survey.id)).flatMap(({ sheets }) => sheets),
  });
}

/** What changed since the survey that this one repeats had closed; null for one that repeats none that is still there. */
export async function readTrend(
  parts: SurveysParts,
  community: ReadyCommunity,
  now: { readonly survey: Survey; readonly results: Results },
  coordinates: boolean,
): Promise<Trend | null> {
  const { repeats } = now.survey;
  const row = repeats === null ? undefined : (await parts.lists.of(community.id).surveys.find(repeats))?.value;
  if (!row || phaseOf(row, todayIn(parts, community)) !== 'closed') return null;
  const results = await readResults(parts, community, row, coordinates);
  const questions = trendOf({ survey: surveyOf(row), results }, now);
  return { since: row.closedOn ?? row.closesOn, questions: [...questions] };
}

/**
 * What it takes to read what was written to a survey. Names were promised to those who coordinate; words without a name
 * are read by those whose role it is, too, and those about an event by its critical friends.
 */
export function wordsOf(survey: Pick<Survey, 'anonymous' | 'event'>): Permission {
  if (isFeedback(survey)) return 'events.feedback';
  return survey.anonymous ? 'surveys.results' : 'surveys.answers';
}

export async function tellChannel(
  parts: SurveysParts,
  community: ReadyCommunity,
  survey: Survey,
  results: Results,
): Promise<void> {
  const { messenger, links } = parts;
  const trend = await readTrend(parts, community, { survey, results }, false);
  await messenger.post({
    community: community.id,
    kind: channelKind,
    period: survey.id,
    to: [{ channel: true }],
    card: t =>
      resultsCard(
        {
          community,
          survey,
          results,
          trend,
          link: links.tab(community.id, 'surveys'),
          mayShare: false,
          toAll: true,
        },
        t,
      ),
    summary: t => t('results.summary', { title: nameOf(survey) }),
  });
}

import type { Community, ReadyCommunity } from '../../../domain/community.ts';
import { isFeedback, phaseOf, readersOf, type Survey } from '../../../domain/surveys/survey.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, type Card } from '../../cards.ts';
import type { Ask, Passage } from '../../feature.ts';
import { answerCard, answerLines, type Answer } from '../../shared/answer.ts';
import { onDay, todayIn } from '../../shared/days.ts';
import { resultsCard } from './cards.ts';
import type { SurveysParts } from './parts.ts';
import { readResults, readTrend } from './results.ts';
import { readSurveys, surveyOf } from './store.ts';

/** In characters and rows; together they keep the fullest card under 25 KB. */
const longestTitle = 80;
const mostRows = 6;

type Asked = Pick<Ask<ReadyCommunity>, 'community' | 'rest' | 'found' | 't'>;

/**
 * What is answered about surveys beside their own cards: who sees what is answered, how one turned out, and which there
 * are; undefined for the one to answer.
 */
export async function answerAboutSurveys(parts: SurveysParts, ask: Asked): Promise<Card | undefined> {
  const question = ask.rest.trim().toLowerCase();
  if (question === 'anonymous') return whoSees(parts, ask);
  if (question === 'results') return lastResults(parts, ask);
  return question === 'list' ? allSurveys(parts, ask) : undefined;
}

/** As it was promised: of one that is anonymous nobody learns who has answered, and of one with names coordinators do. */
async function whoSees(parts: SurveysParts, ask: Asked): Promise<Card> {
  const { t } = ask;
  const open = (await surveysOf(parts, ask)).filter(({ phase }) => phase === 'open');
  return answerCard({
    ...frame(parts, ask),
    title: t('question.anonymous.title'),
    text: [
      answerLines(
        open.slice(0, mostRows).map(survey => ({
          title: plain(shortened(survey.title, longestTitle)),
          value: t(`question.anonymous.${isFeedback(survey) ? 'feedback' : survey.anonymous ? 'nobody' : 'named'}`, {
            readers: t(`privacy.readers.${readersOf(survey)}`),
          }),
        })),
      ),
      t('question.anonymous.text'),
    ]
      .filter(Boolean)
      .join('\n\n'),
  });
}

/** The last survey that closed, as every member may see it. */
async function lastResults(parts: SurveysParts, ask: Asked): Promise<Card> {
  const { community, t } = ask;
  const today = todayIn(parts, community);
  const closed = (await readSurveys(parts, community, today))
    .map(({ value }) => value)
    .filter(row => phaseOf(row, today) === 'closed')
    .toSorted((one, other) => (other.closedOn ?? other.closesOn).localeCompare(one.closedOn ?? one.closesOn));
  const [last] = closed;
  if (!last) return answerCard({ ...frame(parts, ask), title: t('question.results.none') });
  const results = await readResults(parts, community, last, false);
  const link = parts.links.tab(community.id, 'surveys');
  const survey = surveyOf(last);
  const trend = await readTrend(parts, community, { survey, results }, false);
  return resultsCard({ community, survey, results, trend, link, mayShare: false }, t);
}

async function allSurveys(parts: SurveysParts, ask: Asked): Promise<Card> {
  const { t } = ask;
  const surveys = (await surveysOf(parts, ask)).filter(({ phase }) => phase !== 'planned');
  return answerCard({
    ...frame(parts, ask),
    title: t('question.list', { count: surveys.length }),
    text: answerLines(
      surveys.slice(0, mostRows).map(({ title, phase, closesOn, closedOn }) => ({
        title: plain(shortened(title, longestTitle)),
        value:
          phase === 'open' ? t('question.open', onDay(closesOn)) : t('question.closed', onDay(closedOn ?? closesOn)),
      })),
    ),
  });
}

async function surveysOf(parts: SurveysParts, { community }: Pick<Asked, 'community'>) {
  const today = todayIn(parts, community);
  return (await readSurveys(parts, community, today)).map(
    ({ value }): Survey & { readonly phase: ReturnType<typeof phaseOf> } => ({
      ...surveyOf(value),
      phase: phaseOf(value, today),
    }),
  );
}

function frame({ links }: SurveysParts, { community, t }: Asked): Pick<Answer, 'community' | 'page'> {
  return { community, page: { open: t('notice.open'), link: links.tab(community.id, 'surveys') } };
}

/** Surveys by their titles; those that are only planned are for those who plan them. */
export function surveyPassages(parts: SurveysParts) {
  return async ({ community }: { readonly community: Community }): Promise<readonly Passage[]> => {
    const today = todayIn(parts, community);
    return (await readSurveys(parts, community, today)).flatMap(({ value }) => {
      const phase = phaseOf(value, today);
      const typed = phase === 'open' ? 'survey' : 'survey list';
      return phase === 'planned'
        ? []
        : [{ kind: 'survey', id: value.key, title: value.title, text: value.intro, typed }];
    });
  };
}

import type { ReadyCommunity } from '../../../domain/community.ts';
import { phaseOf, type Survey } from '../../../domain/surveys/survey.ts';
import { plain } from '../../cards.ts';
import type { Ask, CardReply } from '../../feature.ts';
import { todayIn } from '../../shared/days.ts';
import { pointerCard } from '../../shared/pointer.ts';
import { askCard } from './cards.ts';
import { answerAboutSurveys } from './questions.ts';
import type { SurveysParts } from './parts.ts';
import { hasAnswered, isShut, namedAnswer, readSurveys, surveyOf } from './store.ts';

/** What `survey`, typed to the bot, is answered with: the newest open survey that this person has not answered. */
export async function showOpenSurvey(parts: SurveysParts, ask: Ask<ReadyCommunity>): Promise<CardReply> {
  const answer = await answerAboutSurveys(parts, ask);
  if (answer) return { card: answer };
  const { community, who, place, t } = ask;
  const today = todayIn(parts, community);
  const open: Survey[] = [];
  for (const { value } of await readSurveys(parts, community, today)) {
    const survey = surveyOf(value);
    if (phaseOf(survey, today) === 'open' && !(await isShut(parts, community, survey))) open.push(survey);
  }
  // In a channel everybody reads along, so nothing there depends on what this person has answered.
  if (place === 'channel' && open[0])
    return { card: askCard({ community, survey: open[0], inChat: false, sheet: null, token: null }, t) };
  for (const survey of open) {
    if (await hasAnswered(parts, community, survey, who)) continue;
    return { card: askCard({ community, survey, inChat: false, sheet: null, token: null }, t) };
  }
  const named = open.find(survey => !survey.anonymous);
  if (named)
    return {
      card: askCard(
        {
          community,
          survey: named,
          inChat: false,
          sheet: await namedAnswer(parts, community, named, who),
          token: null,
        },
        t,
      ),
    };
  if (open.length > 0)
    return {
      notice: t('notice.all-answered', {
        titles: open.map(({ title }) => t('notice.answered', { title: plain(title) })),
      }),
    };
  const link = parts.links.tab(community.id, 'surveys');
  return { card: pointerCard({ text: t('notice.none-open'), open: t('notice.open'), link }) };
}

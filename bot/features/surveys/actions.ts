import { z } from 'zod';
import { isReady, type Community, type Member, type ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { mustBeAble } from '../../../domain/permissions.ts';
import { longestText, phaseOf, type Question, type Survey } from '../../../domain/survey.ts';
import { identifier } from '../../../domain/text.ts';
import { cardAction, type CardReply, type Press } from '../../feature.ts';
import { todayIn } from '../../today.ts';
import { answeredCard, askCard, inputName, resumedCard, stoppedCard } from './cards.ts';
import type { SurveysParts } from './index.ts';
import { readResults, tellChannel } from './results.ts';
import { answer, findSurvey, namedAnswer, surveyOf } from './store.ts';

const SurveyData = z.object({ survey: identifier(64), token: identifier(100).default('') });
/** With the inputs, whose names begin with `q-`; what they mean depends on the survey. */
const AnswerData = SurveyData.catchall(z.unknown());
const NoData = z.object({});
type SurveyData = z.infer<typeof SurveyData>;

/** Who answers is who pressed; the card's data never says whose answer it is. */
export function surveysActions(parts: SurveysParts) {
  const { messenger, links } = parts;

  async function onAnswer({ data, who, community, t }: Press<z.infer<typeof AnswerData>>): Promise<CardReply> {
    const ready = readied(community);
    const survey = await surveyNamed(ready, data);
    const given = Object.fromEntries(
      survey.questions.map(question => [question.id, entered(question, data[inputName(question)])]),
    );
    const answered = await answer(parts, { community: ready, survey, who, given, token: data.token || null });
    if (answered.kind === 'kept') return { card: answeredCard({ community: ready, survey, token: answered.token }, t) };
    return {
      notice:
        answered.kind === 'too-long'
          ? t('notice.too-long', { count: answered.length, most: longestText })
          : t(`notice.${answered.kind}`),
    };
  }

  async function onChange({ data, who, community, t }: Press<SurveyData>): Promise<CardReply> {
    const ready = readied(community);
    const survey = await surveyNamed(ready, data);
    if (phaseOf(survey, todayIn(parts, ready)) !== 'open') return { notice: t('notice.closed') };
    return {
      card: askCard(
        {
          community: ready,
          survey,
          inChat: false,
          sheet: await namedAnswer(parts, ready, survey, who),
          token: data.token || null,
        },
        t,
      ),
    };
  }

  async function onShare({ data, who, community, t }: Press<SurveyData>): Promise<CardReply> {
    const ready = readied(community);
    const shared = await share(parts, ready, who, data.survey);
    return { notice: t(`notice.${shared}`), outcome: shared === 'shared' ? 'done' : 'nothing' };
  }

  async function onStop({ who, community, t }: Press<unknown>): Promise<CardReply> {
    await messenger.optOut(community.id, who.id, true);
    return { card: stoppedCard({ community, link: links.tab(community.id, 'surveys') }, t) };
  }

  async function onResume({ who, community, t }: Press<unknown>): Promise<CardReply> {
    await messenger.optOut(community.id, who.id, false);
    return { card: resumedCard({ community, link: links.tab(community.id, 'surveys') }, t) };
  }

  async function surveyNamed(community: Community, { survey }: SurveyData): Promise<Survey> {
    return surveyOf((await findSurvey(parts, community, survey)).value);
  }

  return {
    answer: cardAction({ data: AnswerData, unnamed: true, run: onAnswer }),
    change: cardAction({ data: SurveyData, unnamed: true, run: onChange }),
    share: cardAction({ data: SurveyData, run: onShare }),
    stop: cardAction({ data: NoData, run: onStop }),
    resume: cardAction({ data: NoData, run: onResume }),
  };
}

/** Shows the results in the channel, once. */
export async function share(
  parts: SurveysParts,
  community: ReadyCommunity,
  who: Member,
  id: string,
): Promise<'shared' | 'nothing-to-share'> {
  mustBeAble(who, 'surveys.plan', community);
  const { value: row } = await findSurvey(parts, community, id);
  const survey = surveyOf(row);
  // As everybody may see them, whoever presses.
  const results = await readResults(parts, community, row, false);
  if (results.state === 'hidden') return 'nothing-to-share';
  await tellChannel(parts, community, survey, results);
  return 'shared';
}

export function readied(community: Community): ReadyCommunity {
  if (isReady(community)) return community;
  throw new CommunityError('not-set-up', `community ${community.id} has no settings yet`);
}

/** Teams sends every input as text, several choices as `0,2`. */
function entered({ kind }: Question, text: unknown): unknown {
  if (kind === 'text' || typeof text !== 'string' || text === '') return text;
  return kind === 'rating' ? Number(text) : text.split(',').map(Number);
}

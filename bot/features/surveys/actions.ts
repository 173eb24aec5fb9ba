import { z } from 'zod';
import type { Community, ReadyCommunity } from '../../../domain/community.ts';
import { longestText, phaseOf, type Question, type Survey } from '../../../domain/surveys/survey.ts';
import { identifier } from '../../../domain/text.ts';
import { cardAction, type CardReply, type Press } from '../../feature.ts';
import { plain } from '../../cards.ts';
import type { Translate } from '../../text.ts';
import { todayIn } from '../../shared/days.ts';
import { answeredCard, askCard, inputName } from './cards.ts';
import type { SurveysParts } from './parts.ts';
import { readResults, tellChannel } from './results.ts';
import { answer, findSurvey, namedAnswer, surveyOf, type Answered } from './store.ts';
import { quietActions } from '../../shared/quiet.ts';

const SurveyData = z.object({ survey: identifier(64), token: identifier(100).default('') });
/** With the inputs, whose names begin with `q-`; what they mean depends on the survey. */
const AnswerData = SurveyData.catchall(z.unknown());
type SurveyData = z.infer<typeof SurveyData>;
type Pressed<Data> = Press<Data, ReadyCommunity>;

/** Every member may read the surveys and answer them: an answer belongs to the person who pressed. */
export const reading = { may: 'community.read', ready: true } as const;
export const planning = { may: 'surveys.plan', ready: true } as const;

async function onAnswer(
  parts: SurveysParts,
  { data, who, community, t }: Pressed<z.infer<typeof AnswerData>>,
): Promise<CardReply> {
  const survey = await surveyNamed(parts, community, data);
  const given = Object.fromEntries(
    survey.questions.flatMap(question => {
      const typed = data[inputName(question)];
      return typeof typed === 'string' ? [[question.id, entered(question, typed)]] : [];
    }),
  );
  const unsaid = survey.questions.map(({ id }) => id).filter(id => !(id in given));
  const answered = await answer(parts, { community, survey, who, given, unsaid, token: data.token || null });
  if (answered.kind === 'kept') return { card: answeredCard({ community, survey, token: answered.token }, t) };
  return { notice: refusalIn(answered, t) };
}

/** Why an answer was not kept. */
export function refusalIn(answered: Exclude<Answered, { readonly kind: 'kept' }>, t: Translate): string {
  if (answered.kind === 'too-long') return t('notice.too-long', { count: answered.length, most: longestText });
  if (answered.kind !== 'missing') return t(`notice.${answered.kind}`);
  return t('notice.missing', {
    count: answered.questions.length,
    questions: answered.questions.map(text => t('notice.answered', { title: plain(text) })),
  });
}

async function onChange(parts: SurveysParts, { data, who, community, t }: Pressed<SurveyData>): Promise<CardReply> {
  const survey = await surveyNamed(parts, community, data);
  if (phaseOf(survey, todayIn(parts, community)) !== 'open') return { notice: t('notice.closed') };
  return {
    card: askCard(
      {
        community,
        survey,
        inChat: false,
        sheet: await namedAnswer(parts, community, survey, who),
        token: data.token || null,
      },
      t,
    ),
  };
}

async function onShare(parts: SurveysParts, { data, community, t }: Pressed<SurveyData>): Promise<CardReply> {
  const shared = await share(parts, community, data.survey);
  return { notice: t(`notice.${shared}`), outcome: shared === 'shared' ? 'done' : 'nothing' };
}

async function surveyNamed(parts: SurveysParts, community: Community, { survey }: SurveyData): Promise<Survey> {
  return surveyOf((await findSurvey(parts, community, survey)).value);
}

/** Who answers is who pressed; the card's data never says whose answer it is. */
export function surveysActions(parts: SurveysParts) {
  return {
    answer: cardAction(reading, { data: AnswerData, unnamed: true, run: press => onAnswer(parts, press) }),
    change: cardAction(reading, { data: SurveyData, unnamed: true, run: press => onChange(parts, press) }),
    tried: cardAction(planning, {
      data: z.object({}),
      run: async ({ t }) => ({ notice: t('trial.tried'), outcome: 'nothing' }),
    }),
    share: cardAction(planning, { data: SurveyData, run: press => onShare(parts, press) }),
    ...quietActions(parts, ({ id }, t) => ({
      verb: 'surveys.resume',
      still: t('stopped.still'),
      page: { open: t('open'), link: parts.links.tab(id, 'surveys') },
    })),
  };
}

/** Shows the results in the channel, once. */
export async function share(
  parts: SurveysParts,
  community: ReadyCommunity,
  id: string,
): Promise<'shared' | 'nothing-to-share'> {
  const { value: row } = await findSurvey(parts, community, id);
  const survey = surveyOf(row);
  // As every member may see them, also when a coordinator presses.
  const results = await readResults(parts, community, row, false);
  if (results.state === 'hidden') return 'nothing-to-share';
  await tellChannel(parts, community, survey, results);
  return 'shared';
}

/** Teams sends every input as text, several choices as `0,2`. */
function entered({ kind }: Question, text: string): unknown {
  if (kind === 'text' || text.trim() === '') return text;
  return kind === 'rating' ? Number(text) : text.split(',').map(Number);
}

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Person, ReadyCommunity } from '../../../domain/community.ts';
import { addDays } from '../../../domain/schedule.ts';
import { dueAgain } from '../../../domain/surveys/repeats.ts';
import {
  daysFrom,
  nameOf,
  opensNotBefore,
  phaseOf,
  SurveyId,
  type Survey,
  type SurveyDraft,
} from '../../../domain/surveys/survey.ts';
import { identifier } from '../../../domain/text.ts';
import { plain, type Card } from '../../cards.ts';
import { cardAction, type CardReply, type Morning, type Press, type Wish } from '../../feature.ts';
import { answerCard } from '../../shared/answer.ts';
import { nearDay, onDay, todayIn } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import { planning } from './actions.ts';
import type { SurveysParts } from './parts.ts';
import { planSurvey } from './plan-survey.ts';
import { surveyOf } from './store.ts';

const repeatKind = 'surveys.repeat';
/** For how long a quarter that has passed is a reason to ask: then the next one is near. */
const worthAsking = 60;

const RepeatData = z.object({ survey: SurveyId, opensOn: identifier(10).pipe(z.iso.date()) });
type RepeatData = z.infer<typeof RepeatData>;

/** Proposes the next one of a survey of every quarter to those who coordinate; it is planned when one of them presses. */
export function repeatWishes(
  { links }: SurveysParts,
  { community, today }: Morning,
  surveys: readonly Survey[],
  coordinators: readonly Person[],
): readonly Wish[] {
  return dueAgain(surveys, today).flatMap(survey => {
    const next = nextOf(survey, surveys, today);
    return coordinators.map(
      (person): Wish => ({
        kind: repeatKind,
        period: survey.id,
        to: { person },
        urgency: 'soon',
        until: addDays(today, worthAsking),
        again: { since: null },
        card: t => proposalCard({ community, survey, next, link: links.tab(community.id, 'surveys') }, t),
        summary: t => t('repeat.line', { title: nameOf(survey) }),
        line: t => t('surveys:repeat.line', { title: nameOf(survey) }),
      }),
    );
  });
}

export function repeatActions(parts: SurveysParts) {
  return { again: cardAction(planning, { data: RepeatData, run: press => onAgain(parts, press) }) };
}

/** From the day after today on, as long as before, and with everything else as it was. */
function nextOf({ id, closedOn: _closedOn, ...survey }: Survey, others: readonly Survey[], today: string): SurveyDraft {
  const days = daysFrom(survey.opensOn, survey.closesOn);
  const from = (opensOn: string): SurveyDraft => ({
    ...survey,
    repeats: id,
    opensOn,
    closesOn: addDays(opensOn, days),
  });
  const tomorrow = from(addDays(today, 1));
  const apart = opensNotBefore(tomorrow, others);
  return apart === null ? tomorrow : from(apart);
}

interface Proposal {
  readonly community: ReadyCommunity;
  readonly survey: Survey;
  readonly next: SurveyDraft;
  readonly link: string;
}

function proposalCard({ community, survey, next, link }: Proposal, t: Translate): Card {
  const { opensOn, closesOn, audience, anonymous, questions } = next;
  return answerCard({
    community,
    title: t('repeat.ask', { title: plain(nameOf(survey)) }),
    text: [t('repeat.text'), questions.map(({ text }) => `- ${plain(text)}`).join('\n')].join('\n\n'),
    facts: [
      { title: t('write.opens'), value: t('write.day', onDay(opensOn, nearDay)) },
      { title: t('write.closes'), value: t('write.day', onDay(closesOn, nearDay)) },
      { title: t('write.to'), value: t(`write.audience.${audience}`) },
      { title: t('write.names'), value: t(anonymous ? 'write.anonymous' : 'write.named') },
    ],
    primary: {
      title: t('write.yes'),
      verb: 'surveys.again',
      data: { survey: survey.id, opensOn } satisfies RepeatData,
    },
    page: { open: t('open'), link },
  });
}

/** Two who press at once plan one: what is planned is found by what it repeats, and for which time. */
async function onAgain(
  parts: SurveysParts,
  { data, who, community, t }: Press<RepeatData, ReadyCommunity>,
): Promise<CardReply> {
  const today = todayIn(parts, community);
  const surveys = (await parts.lists.of(community.id).surveys.all()).map(({ value }) => surveyOf(value));
  const earlier = surveys.find(({ id }) => id === data.survey);
  const attempts = surveys.filter(({ repeats }) => repeats === data.survey);
  const standing = attempts.find(survey => phaseOf(survey, today) !== 'taken back');
  const page = { open: t('open'), link: parts.links.tab(community.id, 'surveys') };
  if (standing) return { card: answerCard({ community, ...plannedWords(standing, t), page }) };
  if (!earlier || phaseOf(earlier, today) !== 'closed' || data.opensOn <= today) return { notice: t('repeat.late') };

  const key = createHash('sha256').update(`${earlier.id} again ${attempts.length}`).digest('hex').slice(0, 32);
  const draft = { ...nextOf(earlier, surveys, addDays(data.opensOn, -1)) };
  const { value } = await planSurvey(parts, community, { key, draft, by: who, onBehalfOf: null });
  return { card: answerCard({ community, ...plannedWords(surveyOf(value), t), page }) };
}

function plannedWords(survey: Survey, t: Translate) {
  const when = onDay(survey.opensOn, nearDay);
  return { title: t('write.done', { title: plain(nameOf(survey)), ...when }), text: t('repeat.doneText') };
}

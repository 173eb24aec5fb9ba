import { createHash } from 'node:crypto';
import { z } from 'zod';
import { peopleInCharge, type Person, type ReadyCommunity } from '../../../domain/community.ts';
import { can } from '../../../domain/permissions.ts';
import { addDays } from '../../../domain/schedule.ts';
import { surveyTemplates, templateIds, templateIn, type WordedTemplate } from '../../../domain/surveys/method.ts';
import { opensNotBefore, SurveyId, type SurveyDraft } from '../../../domain/surveys/survey.ts';
import { identifier, shortened } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import { cardAction, command, type Ask, type CardReply, type Command, type Press } from '../../feature.ts';
import { answerCard } from '../../shared/answer.ts';
import { nearDay, onDay, todayIn } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import { planning, reading } from './actions.ts';
import type { SurveysParts } from './parts.ts';
import { planSurvey } from './plan-survey.ts';

const longestName = 60;
const mostNames = 4;
/** Those that a sentence can name, and the words for them. */
const named = ['event', 'pulse', 'needs', 'tools', 'energy', 'review', 'room', 'closing'] as const;
type Named = (typeof named)[number];

const WriteData = z.object({
  survey: SurveyId,
  template: z.enum(templateIds),
  opensOn: identifier(10).pipe(z.iso.date()),
});
type WriteData = z.infer<typeof WriteData>;

export function writeCommand(parts: SurveysParts): Command {
  return command(reading, {
    name: 'new survey',
    changes: true,
    showsFirst: true,
    about: 'command.write',
    offeredTo: 'surveys.plan',
    run: ask => onWrite(parts, ask),
  });
}

export function writeActions(parts: SurveysParts) {
  return { write: cardAction(planning, { data: WriteData, run: press => onPlan(parts, press) }) };
}

/** "Ask everybody whether they liked the last meeting": the survey as it would be, before it is planned. */
async function onWrite(parts: SurveysParts, ask: Ask<ReadyCommunity>): Promise<CardReply> {
  const { community, who, rest, t } = ask;
  if (!can(who, 'surveys.plan', community)) return { card: await mayNotCard(parts, community, t), outcome: 'refused' };
  const template = templateNamed(rest, t);
  if (!template)
    return {
      card: tell(parts, community, { title: t('write.which'), text: t('write.whichText') }, t),
      outcome: 'nothing',
    };
  const today = todayIn(parts, community);
  const others = (await parts.lists.of(community.id).surveys.all()).map(({ value }) => value);
  const tomorrow = addDays(today, 1);
  const opensOn = opensNotBefore(draftOf(template, tomorrow, today, t), others) ?? tomorrow;
  const draft = draftOf(template, opensOn, today, t);
  const data = { survey: idFrom(ask), template: template.id, opensOn } satisfies WriteData;
  const words = {
    title: t('write.ask', { title: plain(draft.title) }),
    text: draft.questions.map(question => `- ${plain(question.text)}`).join('\n'),
    facts: [
      { title: t('write.opens'), value: t('write.day', onDay(opensOn, nearDay)) },
      { title: t('write.closes'), value: t('write.day', onDay(draft.closesOn, nearDay)) },
      { title: t('write.to'), value: t(`write.audience.${draft.audience}`) },
      { title: t('write.names'), value: t(draft.anonymous ? 'write.anonymous' : 'write.named') },
    ],
    primary: { title: t('write.yes'), verb: 'surveys.write', data },
  };
  return { card: tell(parts, community, words, t), outcome: 'nothing' };
}

/** The id comes with the button, so that a second press finds what the first one planned. */
async function onPlan(
  parts: SurveysParts,
  { data, who, community, t }: Press<WriteData, ReadyCommunity>,
): Promise<CardReply> {
  const today = todayIn(parts, community);
  const found = surveyTemplates.find(({ id }) => id === data.template);
  if (!found || data.opensOn <= today) return { notice: t('write.late') };
  const draft = draftOf(templateIn(t, found), data.opensOn, today, t);
  const row = await planSurvey(parts, community, { key: data.survey, draft, by: who, onBehalfOf: null });
  const when = onDay(row.value.opensOn, nearDay);
  const words = { title: t('write.done', { title: plain(row.value.title), ...when }), text: t('write.doneText') };
  return { card: tell(parts, community, words, t) };
}

function draftOf({ id, ...template }: WordedTemplate, opensOn: string, today: string, t: Translate): SurveyDraft {
  const { title, intro, questions, anonymous, audience, days, feedback } = template;
  const event = feedback ? t('write.event', onDay(today)) : null;
  const closesOn = addDays(opensOn, days);
  const once = { tellsResults: false, everyQuarter: false, repeats: null };
  return { title, intro, questions, anonymous, audience, event, ...once, opensOn, closesOn };
}

/** The survey to start from that has most of its words in a sentence; undefined where none has any. */
function templateNamed(sentence: string, t: Translate): WordedTemplate | undefined {
  const said = ` ${sentence.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
  const count = (id: Named) =>
    t(`words.${id}`)
      .split(',')
      .filter(word => said.includes(` ${word.trim()} `)).length;
  const [best] = named.map(id => ({ id, count: count(id) })).toSorted((one, other) => other.count - one.count);
  const found = best && best.count > 0 ? surveyTemplates.find(({ id }) => id === best.id) : undefined;
  return found && templateIn(t, found);
}

async function mayNotCard(parts: SurveysParts, community: ReadyCommunity, t: Translate) {
  const people: readonly Person[] = peopleInCharge(community, await parts.roster.members(community.id));
  const names = people.slice(0, mostNames).map(({ name }) => plain(shortened(name, longestName)));
  return tell(parts, community, { title: t('write.mayNot', { names }) }, t);
}

function tell(
  { links }: SurveysParts,
  community: ReadyCommunity,
  words: Omit<Parameters<typeof answerCard>[0], 'community' | 'page'>,
  t: Translate,
) {
  return answerCard({ community, ...words, page: { open: t('open'), link: links.tab(community.id, 'surveys') } });
}

/** The same when the same message is answered again after a failure. */
function idFrom({ who, message }: Pick<Ask, 'who' | 'message'>): string {
  return createHash('sha256').update(`${who.id} ${message}`).digest('hex').slice(0, 32);
}

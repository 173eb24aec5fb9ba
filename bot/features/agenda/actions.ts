import { z } from 'zod';
import { topParked } from '../../../domain/agenda/days.ts';
import {
  isOpen,
  longestAnswer,
  longestQuestion,
  QuestionId,
  type KeptQuestion,
} from '../../../domain/agenda/question.ts';
import { heard, Says } from '../../../domain/agenda/voices.ts';
import type { ReadyCommunity } from '../../../domain/community.ts';
import { addMonths } from '../../../domain/schedule.ts';
import { line } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import { cardAction, type CardReply, type Press } from '../../feature.ts';
import { answerCard as plainCard } from '../../shared/answer.ts';
import { todayIn } from '../../shared/days.ts';
import { enteredRemark } from '../../shared/inputs.ts';
import { quietActions } from '../../shared/quiet.ts';
import { nextCard, questionCard } from './cards.ts';
import { kept } from './command.ts';
import type { AgendaParts } from './parts.ts';
import { answeredBy } from './routes.ts';
import {
  changeQuestion,
  findHeard,
  findQuestion,
  hears,
  idFor,
  isOwn,
  keepVoice,
  lookingAfter,
  mayAnswerIt,
  readAgenda,
  reading,
} from './store.ts';

export const chooseKind = 'agenda.choose';
const nextKind = 'agenda.next';

/** `from`: a card of this question alone shows who joined in; one of several does not. */
const VoiceData = z.object({ question: QuestionId, says: Says, from: z.enum(['card', 'list']).default('card') });
const ParkData = z.object({ question: line(longestQuestion).min(1) });
const AnswerData = z.object({ question: QuestionId, answer: enteredRemark(10_000) });
const AskData = z.object({ month: z.string().regex(/^\d{4}-\d\d$/) });

type Pressed<Data> = Press<Data, ReadyCommunity>;

async function onVoice(
  parts: AgendaParts,
  { data, who, community, t }: Pressed<z.infer<typeof VoiceData>>,
): Promise<CardReply> {
  const question = await findQuestion(parts, community, data.question);
  if (isOwn(question, who)) return { notice: t('notice.own') };
  if (!hears(question, who)) return { notice: t('notice.closed', { title: plain(question.title) }) };
  await keepVoice(parts, community, question, who, data.says);
  const now = await findHeard(parts, community, question.id);
  if (data.from === 'card') return { card: questionCard({ community, heard: now, links: parts.links }, t) };
  const { meToo } = heard(now.voices);
  const values = { title: plain(question.title), count: meToo.length };
  return { notice: t(`notice.${data.says}`, values), outcome: 'done' };
}

/** What the bot could not answer is kept for everybody. The same words of the same person are one question. */
async function onPark(parts: AgendaParts, press: Pressed<z.infer<typeof ParkData>>): Promise<CardReply> {
  const { data, who } = press;
  // What nobody knew is asked in somebody's own chat alone.
  return kept(parts, { ...press, place: 'chat' }, { title: data.question, id: idFor(who, data.question) });
}

async function onAnswer(
  parts: AgendaParts,
  { data, who, community, t }: Pressed<z.infer<typeof AnswerData>>,
): Promise<CardReply> {
  const { answer } = data;
  if (answer === undefined || answer === '') return { notice: t('shared:nothingCame') };
  if (answer.length > longestAnswer) return { notice: t('notice.tooLong', { most: longestAnswer }) };
  const before = await findHeard(parts, community, data.question);
  const { question } = before;
  const isSame = question.answer === answer && question.answeredBy?.id === who.id;
  if (!isSame && (!isOpen(question) || !mayAnswerIt(question, who, community)))
    return {
      card: questionCard({ community, heard: before, links: parts.links, lead: t('notice.answered') }, t),
      outcome: 'nothing',
    };
  await changeQuestion(parts, community, question.id, {
    onBehalfOf: null,
    decide: (current): KeptQuestion =>
      answeredBy(parts, { who, community }, current, { answer, resource: current.resource }),
  });
  const after = await findHeard(parts, community, question.id);
  return { card: questionCard({ community, heard: after, links: parts.links, lead: t('answer.saved') }, t) };
}

/** Puts the choice of the month to the channel: once, whoever presses first. */
async function onAsk(parts: AgendaParts, { data, community, t }: Pressed<z.infer<typeof AskData>>): Promise<CardReply> {
  const today = todayIn(parts, community);
  if (data.month !== today.slice(0, 7)) return { notice: t('choose.late') };
  const questions = topParked(await readAgenda(parts, community));
  if (questions.length === 0) return { notice: t('choose.nothing') };
  await parts.messenger.post({
    community: community.id,
    kind: nextKind,
    period: data.month,
    to: [{ channel: true }],
    card: reader => nextCard({ community, questions, links: parts.links }, reader),
    summary: reader => reader('next.title'),
    expires: new Date(`${addMonths(`${data.month}-01`, 1)}T00:00:00Z`),
  });
  const card = (reader: typeof t) =>
    plainCard({
      community,
      title: reader('choose.asked'),
      page: { open: reader('open'), link: parts.links.tab(community.id, 'agenda') },
    });
  await parts.messenger.refresh({ community: community.id, kind: chooseKind, period: data.month, card });
  return { card: card(t) };
}

export function agendaActions(parts: AgendaParts) {
  return {
    voice: cardAction(reading, { data: VoiceData, run: press => onVoice(parts, press) }),
    park: cardAction(reading, { data: ParkData, run: press => onPark(parts, press) }),
    answer: cardAction(reading, { data: AnswerData, run: press => onAnswer(parts, press) }),
    ask: cardAction(lookingAfter, { data: AskData, run: press => onAsk(parts, press) }),
    ...quietActions(parts, ({ id }, t) => ({
      verb: 'agenda.resume',
      still: t('stopped.still'),
      page: { open: t('open'), link: parts.links.tab(id, 'agenda') },
    })),
  };
}

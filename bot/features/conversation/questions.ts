import { createHash } from 'node:crypto';
import { z } from 'zod';
import { longestQuestion as longestKept } from '../../../domain/agenda/question.ts';
import { peopleInCharge, type Community, type Person } from '../../../domain/community.ts';
import { line, shortened } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import { cardAction, type Ask, type CardAction, type CardReply } from '../../feature.ts';
import { answerCard, type AnswerButton } from '../../shared/answer.ts';
import type { ConversationParts } from './parts.ts';

/** In characters: a question is no report. */
const longestQuestion = 500;
const mostNames = 4;

const Question = z.object({ question: line(longestQuestion).min(1) });

/** What the bot cannot answer, somebody may. Nothing is passed on, or kept, before the person presses. */
export async function offerToPass(
  { roster }: Pick<ConversationParts, 'roster'>,
  { who, community, rest, t }: Ask,
): Promise<CardReply> {
  const question = shortened(rest.replace(/\s+/g, ' ').trim(), longestQuestion);
  const people = await othersInCharge(roster, community, who);
  const keep = /\?[!?]*$/.test(question) ? keepButton(question, t) : [];
  if (question === '' || (people.length === 0 && keep.length === 0)) return { notice: t('unknown.alone') };
  return {
    card: answerCard({
      community,
      title: t('unknown.title'),
      text: [
        ...(people.length > 0
          ? [t('unknown.text', { names: people.slice(0, mostNames).map(({ name }) => plain(name)) })]
          : [t('unknown.alone')]),
        ...(keep.length > 0 ? [t('unknown.keepText')] : []),
      ].join(' '),
      others: [
        ...(people.length > 0 ? [{ title: t('unknown.pass'), verb: 'conversation.pass', data: { question } }] : []),
        ...keep,
      ],
    }),
    outcome: 'nothing',
  };
}

/** Whoever asks the community and not one person has it kept on the learning agenda, as long as it is no report. */
function keepButton(question: string, t: Ask['t']): readonly AnswerButton[] {
  return question.length > longestKept ? [] : [{ title: t('unknown.keep'), verb: 'agenda.park', data: { question } }];
}

/**
 * Brings a question to those who coordinate, with the asker's name. The same question of the same person on the same
 * day is one message, however often it is pressed.
 */
export function passOn({ messenger, roster, clock }: ConversationParts): CardAction {
  return cardAction(
    { may: 'community.read' },
    {
      data: Question,
      async run({ data: { question }, who, community, t }) {
        const people = await othersInCharge(roster, community, who);
        if (people.length === 0) return { notice: t('unknown.alone') };
        const day = clock().toISOString().slice(0, 10);
        const key = createHash('sha256').update(`${who.id} ${question}`).digest('hex').slice(0, 16);
        await messenger.post({
          community: community.id,
          kind: 'conversation.question',
          period: `${day} ${key}`,
          to: people.map(person => ({ person })),
          card: reader =>
            answerCard({
              community,
              title: reader('question.title', { name: plain(who.name) }),
              text: plain(question),
              facts: [{ title: reader('question.community'), value: plain(community.name) }],
            }),
          summary: reader => reader('question.summary', { name: who.name }),
        });
        return {
          card: answerCard({
            community,
            title: t('passed.title', { names: people.slice(0, mostNames).map(({ name }) => plain(name)) }),
            text: plain(question),
          }),
        };
      },
    },
  );
}

async function othersInCharge(
  roster: ConversationParts['roster'],
  community: Community,
  asker: Person,
): Promise<readonly Person[]> {
  return peopleInCharge(community, await roster.members(community.id)).filter(({ id }) => id !== asker.id);
}

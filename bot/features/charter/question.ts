import { z } from 'zod';
import { SectionId } from '../../../domain/charter/charter.ts';
import {
  knownQuestion,
  nextQuestion,
  restingSections,
  type CharterQuestion,
} from '../../../domain/charter/weekly-question.ts';
import { peopleInCharge, type Community, type ReadyCommunity } from '../../../domain/community.ts';
import { workingDays } from '../../../domain/facilitation/facilitation.ts';
import { localDay, nextOnDays } from '../../../domain/schedule.ts';
import { identifier } from '../../../domain/text.ts';
import { change } from '../../lists/list.ts';
import type { Card } from '../../cards.ts';
import { cardAction, type CardReply, type Job, type Press } from '../../feature.ts';
import { enteredRemark } from '../../shared/inputs.ts';
import type { Translate } from '../../text.ts';
import type { CharterParts } from './parts.ts';
import { answeredQuestionCard, laterCard, longestAnswer, questionCard } from './question-cards.ts';
import { fingerprintsOf } from './voices.ts';

const questionKind = 'charter.question';

const QuestionData = z.object({
  /** The occasion on which it was asked. */
  period: z.iso.date(),
  section: SectionId,
  question: identifier(60),
});
const AnswerData = QuestionData.extend({ answer: enteredRemark(longestAnswer * 2) });
type QuestionData = z.infer<typeof QuestionData>;
type AnswerData = z.infer<typeof AnswerData>;
type Pressed<Data> = Press<Data, ReadyCommunity>;

/** On the second working day of the week, as long as a section is empty: asks those who coordinate one question. */
export function questionJob(parts: CharterParts): Job {
  return {
    name: questionKind,
    rests: true,
    next(community, after) {
      const {
        timeZone,
        facilitation: { day, time },
      } = community.settings;
      return nextOnDays({ days: workingDays(day).slice(1, 2), time, timeZone }, after);
    },
    async run({ community, now, due }) {
      const { timeZone } = community.settings;
      const period = localDay(due, timeZone);
      // Of a server that was down for days, the question of last week is nobody's any more.
      if (period !== localDay(now, timeZone)) return;
      const to = peopleInCharge(community, await parts.roster.members(community.id));
      if (to.length === 0)
        return parts.log.warn({ community: community.id }, 'nothing asked about the charter: there is nobody to ask');
      const asked = await questionOf(parts, community.id, period, true);
      if (!asked) return;
      await parts.messenger.post({
        community: community.id,
        kind: questionKind,
        period,
        to: to.map(person => ({ person })),
        card: t => questionCard({ community, period, asked, link: linkTo(parts, community, asked) }, t),
        summary: t => t('question.summary', { section: t(`method.${asked.section}.title`) }),
      });
    },
  };
}

/**
 * The question of this occasion, chosen once: an occasion that is repeated finds what it chose.
 * @param byItself nobody wants one: sections of which enough was asked are left alone
 */
async function questionOf(
  { lists, clock }: CharterParts,
  community: string,
  occasion: string,
  byItself = false,
): Promise<CharterQuestion | undefined> {
  const { askedQuestions, charter, charterDrafts } = lists.of(community);
  const rows = (await charter.all()).map(({ value }) => value);
  const asked = (await askedQuestions.all()).map(({ value }) => value);
  const written = new Set<string>(fingerprintsOf(rows).keys());
  const before = asked.find(({ period, section }) => period === occasion && !written.has(section));
  const drafts = byItself ? (await charterDrafts.all()).map(({ value }) => value) : [];
  const closed = byItself ? new Set([...written, ...restingSections(asked, drafts)]) : written;
  const next = (before && knownQuestion(before.section, before.question)) ?? nextQuestion(closed, asked);
  if (!next) return undefined;
  const key = `${next.section}/${next.question}`;
  await change(askedQuestions, key, current =>
    current?.period === occasion ? undefined : { key, ...next, askedAt: clock().toISOString(), period: occasion },
  );
  return next;
}

function linkTo({ links }: CharterParts, community: Community, { section }: CharterQuestion): string {
  return links.tab(community.id, `charter/${section}`);
}

/** What was written is a draft: nothing stands in the charter before somebody puts it there. */
async function onAnswer(parts: CharterParts, press: Pressed<AnswerData>): Promise<CardReply> {
  const { data, who, community, t } = press;
  const { section, question } = data;
  const text = data.answer ?? '';
  if (text === '') return { notice: t('question.empty') };
  if (text.length > longestAnswer)
    return { notice: t('question.tooLong', { most: longestAnswer, count: text.length }) };
  const { charter, charterDrafts } = parts.lists.of(community.id);
  const key = `${section}/${question}/${who.id}`;
  const etag = (await charter.find(section))?.etag ?? null;
  await change(charterDrafts, key, current =>
    current?.text === text
      ? undefined
      : {
          key,
          section,
          question,
          text,
          by: { id: who.id, name: who.name },
          at: parts.clock().toISOString(),
          etag,
        },
  );
  const asked = { section, question };
  return shown(parts, press, each =>
    answeredQuestionCard({ community, asked, text, link: linkTo(parts, community, asked) }, each),
  );
}

/** Another question for this person alone; the others keep theirs. */
async function onAnother(parts: CharterParts, press: Pressed<QuestionData>): Promise<CardReply> {
  const { data, community, t } = press;
  const { period, section, question } = data;
  const asked = await questionOf(parts, community.id, `${period} ${section}/${question}`);
  if (!asked) return { notice: t('question.none') };
  return shown(parts, press, each =>
    questionCard({ community, period, asked, link: linkTo(parts, community, asked) }, each),
  );
}

async function onLater(parts: CharterParts, press: Pressed<QuestionData>): Promise<CardReply> {
  const { community } = press;
  return shown(parts, press, each => laterCard({ community }, each));
}

/** In this person's chat for good: what a press returns lasts only until the chat is opened anew. */
async function shown(
  { messenger }: CharterParts,
  { data: { period }, who, community, automatic, t }: Pressed<QuestionData>,
  card: (t: Translate) => Card,
): Promise<CardReply> {
  if (!automatic)
    await messenger.refresh({
      community: community.id,
      kind: questionKind,
      period,
      to: [{ person: { id: who.id, name: who.name } }],
      card,
    });
  return { card: card(t) };
}

export function questionActions(parts: CharterParts) {
  const writing = { may: 'charter.edit', ready: true } as const;
  return {
    answer: cardAction(writing, { data: AnswerData, run: press => onAnswer(parts, press) }),
    another: cardAction(writing, { data: QuestionData, run: press => onAnother(parts, press) }),
    later: cardAction(writing, { data: QuestionData, run: press => onLater(parts, press) }),
  };
}

import { z } from 'zod';
import { SectionId } from '../../../domain/charter/charter.ts';
import {
  knownQuestion,
  nextQuestion,
  questionOfWeek,
  type CharterQuestion,
  type WeekFacts,
} from '../../../domain/charter/weekly-question.ts';
import { peopleInCharge, timeZoneOf, type Community, type ReadyCommunity } from '../../../domain/community.ts';
import { weekOf } from '../../../domain/facilitation/facilitation.ts';
import { addMonths, localDay } from '../../../domain/schedule.ts';
import { identifier } from '../../../domain/text.ts';
import { change, whenThere } from '../../lists/list.ts';
import type { Card } from '../../cards.ts';
import { cardAction, type CardReply, type Morning, type Press, type Wish } from '../../feature.ts';
import { enteredRemark } from '../../shared/inputs.ts';
import type { Translate } from '../../text.ts';
import type { CharterParts } from './parts.ts';
import { answeredQuestionCard, laterCard, longestAnswer, questionCard } from './question-cards.ts';
import { fingerprintsOf } from './voices.ts';

const questionKind = 'charter.question';

const QuestionData = z.object({
  /** Under which it was put; cards of earlier versions have the week. */
  period: identifier(60).min(1),
  section: SectionId,
  question: identifier(60),
});
const AnswerData = QuestionData.extend({ answer: enteredRemark(longestAnswer * 2) });
type QuestionData = z.infer<typeof QuestionData>;
type AnswerData = z.infer<typeof AnswerData>;
type Pressed<Data> = Press<Data, ReadyCommunity>;

/**
 * As long as a section is empty, asks those who coordinate about one, once a week at most: again after two and after six
 * weeks, with another question, and then no more, until something is written, kept as a draft or reviewed.
 */
export function questionWishes(parts: CharterParts): (morning: Morning) => Promise<readonly Wish[]> {
  const { lists, roster, log } = parts;
  return async ({ community, now, today }) => {
    const { key: week } = weekOf(community.settings, now);
    const facts = await readWeekFacts(lists.of(community.id), community);
    const asked = questionOfWeek(week, facts);
    if (!asked) return [];
    const to = peopleInCharge(community, await roster.members(community.id));
    if (to.length === 0)
      log.warn({ community: community.id }, 'nothing asked about the charter: there is nobody to ask');
    const period = facts.changedOn ?? 'start';
    return to.map(
      (person): Wish => ({
        kind: questionKind,
        period,
        to: { person },
        urgency: 'sometime',
        // As long as it is so; on another week's mornings it is another question.
        until: addMonths(today, 1),
        again: { since: null },
        beforeSent: () => noteAsked(parts, community, { asked, occasion: week }),
        card: t => questionCard({ community, period, asked, link: linkTo(parts, community, asked) }, t),
        summary: t => t('question.summary', { section: t(`method.${asked.section}.title`) }),
        line: t => t('charter:question.line', { section: t(`charter:method.${asked.section}.title`) }),
      }),
    );
  };
}

/** What decides about the question of a week, and which sections are named as empty. */
export async function readWeekFacts(
  { charter, charterDrafts, askedQuestions }: ReturnType<CharterParts['lists']['of']>,
  community: ReadyCommunity,
): Promise<WeekFacts> {
  const [rows, asked, drafts] = await Promise.all([
    whenThere(() => charter.all()),
    askedQuestions.all(),
    charterDrafts.all(),
  ]);
  const moments = [...rows.map(({ value }) => value.changedAt), ...drafts.map(({ value }) => value.at)];
  const last = moments.toSorted().at(-1);
  return {
    written: new Set(fingerprintsOf(rows.map(({ value }) => value)).keys()),
    asked: asked.map(({ value }) => value),
    drafts: drafts.map(({ value }) => value),
    changedOn: last === undefined ? null : localDay(new Date(last), timeZoneOf(community)),
  };
}

/** The question of a press, chosen once: one that is repeated finds what it chose. */
async function anotherQuestion(
  parts: CharterParts,
  community: ReadyCommunity,
  occasion: string,
): Promise<CharterQuestion | undefined> {
  const { askedQuestions, charter } = parts.lists.of(community.id);
  const asked = (await askedQuestions.all()).map(({ value }) => value);
  const written = new Set<string>(fingerprintsOf((await charter.all()).map(({ value }) => value)).keys());
  const before = asked.find(({ period, section }) => period === occasion && !written.has(section));
  const next = (before && knownQuestion(before.section, before.question)) ?? nextQuestion(written, asked);
  if (next) await noteAsked(parts, community, { asked: next, occasion });
  return next;
}

/** @param occasion the week, or a press in it */
async function noteAsked(
  { lists, clock }: CharterParts,
  { id, settings }: ReadyCommunity,
  { asked, occasion }: { readonly asked: CharterQuestion; readonly occasion: string },
): Promise<void> {
  const now = clock();
  const week = weekOf(settings, now).key;
  const key = `${asked.section}/${asked.question}`;
  await change(lists.of(id).askedQuestions, key, current =>
    current?.period === occasion
      ? undefined
      : {
          key,
          ...asked,
          askedAt: now.toISOString(),
          // The question of the running week stays that, also when it comes round again by presses.
          period: current?.period === week ? week : occasion,
        },
  );
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
  const asked = await anotherQuestion(parts, community, `${period} ${section}/${question}`);
  if (!asked) return { notice: t('question.none') };
  return shown(parts, press, each =>
    questionCard({ community, period, asked, link: linkTo(parts, community, asked) }, each),
  );
}

/** Cards of earlier versions have this button; newer ones can be put off or let go as every open question. */
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

import { z } from 'zod';
import type { Community, Person } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { contributionIds, reasonIds } from '../../../domain/welcome/method.ts';
import { longestWords, type WelcomeAnswer } from '../../../domain/welcome/welcome.ts';
import type { Card } from '../../cards.ts';
import { change } from '../../lists/list.ts';
import type { NewcomerRow } from '../../lists/model.ts';
import { cardAction, type CardReply, type Press } from '../../feature.ts';
import { enteredChoices, enteredRemark } from '../../shared/inputs.ts';
import { stoppedCard } from '../../shared/quiet.ts';
import type { Translate } from '../../text.ts';
import { answeredCard, welcomeCard } from './cards.ts';
import { readFacts } from './community-facts.ts';
import { messageKind, messagePeriod } from './events.ts';
import type { WelcomeParts } from './parts.ts';
import { newcomer } from './newcomer.ts';

/** What is not offered any more is passed over. */
function chosenFrom(ids: readonly string[]) {
  return enteredChoices(2_000).transform(chosen => chosen && ids.filter(id => chosen.includes(id)));
}

const AnswerData = z.object({
  reasons: chosenFrom(reasonIds),
  // A little over what is kept, so that a person who wrote too much is told so.
  inOwnWords: enteredRemark(20_000),
  contributions: chosenFrom(contributionIds),
  /** Whom the card named as its readers: one from before member support reads along names no such thing. */
  readers: z.literal('support').optional(),
});
const NoData = z.object({});
type AnswerData = z.infer<typeof AnswerData>;
type NoData = z.infer<typeof NoData>;
type Answer = Pick<NewcomerRow, 'reasons' | 'inOwnWords' | 'contributions'>;

async function onAnswer(parts: WelcomeParts, { data, who, community, t }: Press<AnswerData>): Promise<CardReply> {
  const count = data.inOwnWords?.length ?? 0;
  if (count > longestWords) return { notice: t('notice.tooLong', { most: longestWords, count }) };

  let answer = answerWith(data, { reasons: [], inOwnWords: '', contributions: [] });
  const { readers, ...said } = data;
  const nothingCame = Object.values(said).every(value => value === undefined);
  const kept = await keep(parts, community, who, row => {
    answer = answerWith(data, row);
    const answeredAt = nothingCame && row.answeredAt !== null ? row.answeredAt : parts.clock().toISOString();
    const forSupport = nothingCame ? row.forSupport : readers === 'support';
    return { ...row, ...answer, answeredAt, forSupport };
  });
  const facts = await readFacts(parts, community);
  return replaced(parts, community, who, each => answeredCard(facts, { name: who.name, answer, kept }, each), t);
}

/** What did not come back stays as it was. */
function answerWith(data: AnswerData, { reasons, inOwnWords, contributions }: Answer): Answer {
  return {
    reasons: data.reasons ?? reasons,
    inOwnWords: data.inOwnWords ?? inOwnWords,
    contributions: data.contributions ?? contributions,
  };
}

async function onChange(parts: WelcomeParts, { who, community, t }: Press<NoData>): Promise<CardReply> {
  return {
    card: welcomeCard(
      await readFacts(parts, community),
      { name: who.name, answer: await answerOf(parts, community, who) },
      t,
    ),
  };
}

async function onStop(parts: WelcomeParts, { who, community, t }: Press<NoData>): Promise<CardReply> {
  await parts.messenger.optOut(community.id, who.id, true);
  await keep(parts, community, who, row => ({ ...row, noMessages: true }));
  return replaced(
    parts,
    community,
    who,
    translate => stoppedCard({ community, verb: 'welcome.resume', still: translate('stopped.still') }, translate),
    t,
  );
}

async function onResume(parts: WelcomeParts, { who, community, t }: Press<NoData>): Promise<CardReply> {
  await parts.messenger.optOut(community.id, who.id, false);
  await keep(parts, community, who, row => ({ ...row, noMessages: false }));
  const answer = await answerOf(parts, community, who);
  const facts = await readFacts(parts, community);
  return replaced(
    parts,
    community,
    who,
    each =>
      answer
        ? answeredCard(facts, { name: who.name, answer, kept: true }, each)
        : welcomeCard(facts, { name: who.name, answer: undefined }, each),
    t,
  );
}

/** Shows the card at once, and keeps it: what a press returns lasts only until the chat is opened anew. */
async function replaced(
  parts: WelcomeParts,
  community: Community,
  { id, name }: Person,
  card: (t: Translate) => Card,
  t: Translate,
): Promise<CardReply> {
  await parts.messenger.refresh({
    community: community.id,
    kind: messageKind,
    period: messagePeriod,
    to: [{ person: { id, name } }],
    card,
  });
  return { card: card(t) };
}

/** @returns false when the community has no lists yet. */
async function keep(
  parts: WelcomeParts,
  community: Community,
  { id, name }: Person,
  decide: (row: NewcomerRow) => NewcomerRow,
): Promise<boolean> {
  const person = { id, name };
  return whenSetUp(async () => {
    await change(parts.lists.of(community.id).newcomers, id, current =>
      decide({ ...(current ?? newcomer(person, parts.clock())), person }),
    );
    return true;
  }, false);
}

async function answerOf(parts: WelcomeParts, community: Community, { id }: Person): Promise<WelcomeAnswer | undefined> {
  const row = (await whenSetUp(async () => parts.lists.of(community.id).newcomers.find(id), undefined))?.value;
  return row && row.answeredAt !== null ? row : undefined;
}

/** Who answers is who pressed; the card's data never says whose answer it is. */
export function welcomeActions(parts: WelcomeParts) {
  return {
    answer: cardAction({ may: 'community.read' }, { data: AnswerData, run: press => onAnswer(parts, press) }),
    change: cardAction({ may: 'community.read' }, { data: NoData, run: press => onChange(parts, press) }),
    stop: cardAction({ may: 'community.read' }, { data: NoData, run: press => onStop(parts, press) }),
    resume: cardAction({ may: 'community.read' }, { data: NoData, run: press => onResume(parts, press) }),
  };
}

/** A newcomer may be faster than those who set the community up. */
async function whenSetUp<T>(act: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof CommunityError && error.code === 'not-set-up') return otherwise;
    throw error;
  }
}

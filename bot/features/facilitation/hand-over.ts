import { z } from 'zod';
import { mostInOneRole, type Person, type ReadyCommunity } from '../../../domain/community.ts';
import { weekOf } from '../../../domain/facilitation/facilitation.ts';
import { begunAfresh } from '../../../domain/facilitation/rhythm.ts';
import { localDay } from '../../../domain/schedule.ts';
import { identifier } from '../../../domain/text.ts';
import { cardAction, type CardReply, type Press } from '../../feature.ts';
import { enteredLine } from '../../shared/inputs.ts';
import { messageKind, readWeek } from './board.ts';
import { answerCard, askCard, askedCard, handCard } from './choice-cards.ts';
import { postWeek } from './now.ts';
import type { FacilitationParts } from './parts.ts';

const askKind = 'facilitation.handOver';
const answerKind = 'facilitation.handOverAnswer';

const HandData = z.object({ week: z.iso.date() });
const HandOverData = HandData.extend({ to: enteredLine(100) });
const AnswerData = z.object({ asker: identifier(100).min(1) });
type AnswerData = z.infer<typeof AnswerData>;
type Pressed<Data> = Press<Data, ReadyCommunity>;

/**
 * Whoever facilitates asks somebody to do it in their place. Nothing changes before that person says yes; what was asked
 * is a row, since what a card carries proves nothing.
 */
export function handOverActions(parts: FacilitationParts) {
  const facilitators = { may: 'facilitation.change', ready: true } as const;
  const asked = { may: 'community.read', ready: true } as const;
  return {
    hand: cardAction(facilitators, { data: HandData, run: press => chooseWhom(parts, press) }),
    handOver: cardAction(facilitators, { data: HandOverData, run: press => askThem(parts, press) }),
    takeOver: cardAction(asked, { data: AnswerData, run: press => takeOver(parts, press) }),
    decline: cardAction(asked, { data: AnswerData, run: press => decline(parts, press) }),
  };
}

async function chooseWhom(
  { roster }: FacilitationParts,
  { data: { week }, who, community, t }: Pressed<z.infer<typeof HandData>>,
): Promise<CardReply> {
  const others = (await roster.members(community.id)).filter(({ id }) => id !== who.id);
  return { card: handCard({ community, week, people: others }, t) };
}

async function askThem(
  { lists, roster, messenger, clock }: FacilitationParts,
  { data, who, community, t }: Pressed<z.infer<typeof HandOverData>>,
): Promise<CardReply> {
  const member = data.to ? await roster.member(community.id, data.to) : undefined;
  if (!member || member.id === who.id) return { notice: t('notice.whom') };
  const [asker, asked] = [personOf(who), personOf(member)];
  // A question that waits for its answer is found again, and not asked twice.
  const { row } = await lists
    .of(community.id)
    .handOvers.create({ key: keyOf(asker.id, asked.id), asker, asked, askedAt: clock().toISOString() });
  await messenger.post({
    community: community.id,
    kind: askKind,
    period: row.value.askedAt,
    to: [{ person: asked }],
    card: to => askCard({ community, asker }, to),
    summary: to => to('handOver.summary', { name: asker.name, community: community.name }),
  });
  return { card: askedCard({ community, week: data.week, name: asked.name }, t) };
}

async function takeOver(
  parts: FacilitationParts,
  { data, who, community: before, t }: Pressed<AnswerData>,
): Promise<CardReply> {
  const row = await questionTo(parts, before, data, who);
  if (!row) return { notice: t('notice.notAsked') };
  const { asker, askedAt } = row.value;
  const now = parts.clock();
  const today = localDay(now, before.settings.timeZone);
  const community = await parts.changeWeek(before, week => ({
    ...begunAfresh(week, today),
    facilitators: inPlaceOf(asker, personOf(who), week.facilitators),
  }));
  const { key } = weekOf(community.settings, now);
  const shown = await readWeek(parts, community, key, now);
  await parts.messenger.refresh({ community: community.id, kind: messageKind, period: key, card: shown.shared });
  if (community.settings.facilitation.destination === 'chats') await postWeek(parts, community, now);
  await tellAsker(parts, { community, asker, who, at: askedAt, yes: true });
  await parts.lists.of(community.id).handOvers.remove(row);
  return { card: answerCard({ community, name: asker.name, part: 'taken' }, t) };
}

async function decline(parts: FacilitationParts, { data, who, community, t }: Pressed<AnswerData>): Promise<CardReply> {
  const row = await questionTo(parts, community, data, who);
  if (!row) return { notice: t('notice.notAsked') };
  const { asker, askedAt } = row.value;
  await tellAsker(parts, { community, asker, who, at: askedAt, yes: false });
  await parts.lists.of(community.id).handOvers.remove(row);
  return { card: answerCard({ community, name: asker.name, part: 'left' }, t) };
}

interface Answer {
  readonly community: ReadyCommunity;
  readonly asker: Person;
  readonly who: Person;
  /** When it was asked: it names the question. */
  readonly at: string;
  readonly yes: boolean;
}

/** Whoever asked hears it, and the question turns into its answer. */
async function tellAsker({ messenger }: FacilitationParts, { community, asker, who, at, yes }: Answer): Promise<void> {
  await messenger.refresh({
    community: community.id,
    kind: askKind,
    period: at,
    to: [{ person: who }],
    card: t => answerCard({ community, name: asker.name, part: yes ? 'taken' : 'left' }, t),
  });
  await messenger.post({
    community: community.id,
    kind: answerKind,
    period: `${at} ${who.id}`,
    to: [{ person: asker }],
    card: t => answerCard({ community, name: who.name, part: yes ? 'yes' : 'no' }, t),
    summary: t => t(yes ? 'handOver.yesSummary' : 'handOver.noSummary', { name: who.name }),
  });
}

function questionTo({ lists }: FacilitationParts, community: ReadyCommunity, { asker }: AnswerData, who: Person) {
  return lists.of(community.id).handOvers.find(keyOf(asker, who.id));
}

function personOf({ id, name }: Person): Person {
  return { id, name };
}

function keyOf(asker: string, asked: string): string {
  return `${asker}/${asked}`;
}

/** Whoever takes over stands where the other stood; where that is nowhere, or all places are taken, at the end. */
function inPlaceOf(leaving: Person, coming: Person, people: readonly Person[]): Person[] {
  const others = people.filter(({ id }) => id !== coming.id);
  const place = others.findIndex(({ id }) => id === leaving.id);
  if (place >= 0) return others.with(place, coming);
  return [...others.slice(0, mostInOneRole - 1), coming];
}

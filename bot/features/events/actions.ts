import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ReadyCommunity } from '../../../domain/community.ts';
import { Appetite, EventAnswer, guestsIn } from '../../../domain/events/attendance.ts';
import { EventId, hasBegun, lastWords, longestSaid, moved, type KeptEvent } from '../../../domain/events/event.ts';
import { psIds } from '../../../domain/events/method.ts';
import { cleanLine, line } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import { cardAction, type CardReply, type Press } from '../../feature.ts';
import { answerCard } from '../../shared/answer.ts';
import { enteredChoices, enteredLine, enteredRemark } from '../../shared/inputs.ts';
import { quietActions } from '../../shared/quiet.ts';
import type { Translate } from '../../text.ts';
import { afterShown, preparedNow } from './asking.ts';
import { howMany, keepAnswer, keepPresence } from './attendance.ts';
import { afterCard, longestGuests, longestNext, prepareCard } from './cards.ts';
import { asHeld } from './held.ts';
import { mayAnswer } from './invited.ts';
import { tellOf, type EventsWork } from './showing.ts';
import {
  byOf,
  changeEvent,
  changing,
  findEvent,
  moveEvent,
  mustEdit,
  readEvents,
  reading,
  type PlannedEvent,
} from './store.ts';
import { afterKind, prepareKind, preparePeriod } from './wishes.ts';
import { whenOf } from './when.ts';

/** Most next steps, and the longest of them in characters: as long as an action's title may be. */
const mostNext = 10;
const longestStep = 200;

const EventData = z.object({ event: EventId });
const AnswerData = EventData.extend({ says: EventAnswer, appetite: enteredLine(100) });
const ReadyData = EventData.extend({ ps: z.enum(psIds) });
const AfterData = EventData.extend({
  /** Whom the card asked about, by their ids: who is among them and was not ticked was not there. */
  asked: line(8_000),
  people: enteredChoices(8_000),
  guests: enteredRemark(longestGuests * 2),
  keep: enteredRemark(longestSaid * 2),
  change: enteredRemark(longestSaid * 2),
  next: enteredRemark(longestNext * 2),
});
type EventData = z.infer<typeof EventData>;
type AnswerData = z.infer<typeof AnswerData>;
type ReadyData = z.infer<typeof ReadyData>;
type AfterData = z.infer<typeof AfterData>;
type Pressed<Data> = Press<Data, ReadyCommunity>;

async function onAnswer(parts: EventsWork, { data, who, community, t }: Pressed<AnswerData>): Promise<CardReply> {
  const event = await findEvent(parts, community, data.event);
  if (!(await mayAnswer(parts, community, event, who))) return { notice: t('notice.notInvited'), outcome: 'refused' };
  const appetite = event.kind === 'launch' ? (Appetite.safeParse(data.appetite).data ?? null) : null;
  const kept = await keepAnswer(parts, community, { event, who }, { says: data.says, appetite });
  if (!kept) return { notice: t(`notice.closed.${closedBy(event)}`, { title: plain(event.title) }) };
  await parts.show(community, event.id);
  const values = { title: plain(event.title), ...whenOf(event, community) };
  return { notice: t(`notice.${data.says}`, values), outcome: 'done' };
}

/** Why an event takes no answers. */
export function closedBy({ state }: Pick<KeptEvent, 'state'>): 'draft' | 'cancelled' | 'over' {
  return state === 'draft' || state === 'cancelled' ? state : 'over';
}

async function onReady(parts: EventsWork, { data, who, community, t }: Pressed<ReadyData>): Promise<CardReply> {
  const event = await changeEvent(parts, community, who, data.event, {
    onBehalfOf: null,
    decide: current =>
      current.ps[data.ps]?.done ? undefined : withPs(current, data.ps, { done: true }, byOf(parts, who)),
  });
  return preparing(parts, community, event, t);
}

/** An event with what was said of one of the six Ps. */
export function withPs(
  event: KeptEvent,
  ps: keyof KeptEvent['ps'],
  said: { readonly text?: string; readonly done: boolean },
  { by, now }: ReturnType<typeof byOf>,
): KeptEvent {
  const before = event.ps[ps] ?? { text: '', done: false };
  return {
    ...event,
    ps: { ...event.ps, [ps]: { ...before, ...said } },
    changedBy: by,
    changedAt: now.toISOString(),
  };
}

/** The card of a host who prepares, and of the others who do. */
async function preparing(
  parts: EventsWork,
  community: ReadyCommunity,
  event: PlannedEvent,
  t: Translate,
): Promise<CardReply> {
  const { round, open } = await preparedNow(parts, community, event);
  const lastTimes = lastWords(event, await readEvents(parts, community));
  const card = (reader: Translate) =>
    prepareCard({ community, event, open, lastTimes, notice: reader('prepare.noted'), links: parts.links }, reader);
  await parts.messenger.refresh({
    community: community.id,
    kind: prepareKind,
    period: preparePeriod(event, round),
    card,
  });
  return { card: card(t) };
}

async function onAnnounce(parts: EventsWork, { data, who, community, t }: Pressed<EventData>): Promise<CardReply> {
  const before = await findEvent(parts, community, data.event);
  mustEdit(before, who, community);
  if (before.state !== 'announced' && moved(before, 'announce', byOf(parts, who)) === null)
    return { notice: t(`notice.closed.${closedBy(before)}`, { title: plain(before.title) }) };
  const event = await moveEvent(parts, community, who, data.event, { move: 'announce', onBehalfOf: null });
  await tellOf(parts, community, event);
  return preparing(parts, community, event, t);
}

async function onAfter(parts: EventsWork, { data, who, community, t }: Pressed<AfterData>): Promise<CardReply> {
  const { keep, change: otherwise, people, guests, next } = data;
  const before = await findEvent(parts, community, data.event);
  mustEdit(before, who, community);
  if ([keep, otherwise, people, guests, next].every(input => input === undefined))
    return { notice: t('shared:nothingCame') };
  if (before.state === 'cancelled') return { notice: t('notice.closed.cancelled', { title: plain(before.title) }) };
  if (!hasBegun(before, parts.clock())) return { notice: t('notice.notYet', { title: plain(before.title) }) };
  if (Math.max(keep?.length ?? 0, otherwise?.length ?? 0) > longestSaid)
    return { notice: t('notice.tooLong', { most: longestSaid }) };

  const asked = data.asked.split(',').filter(id => id !== '');
  const ticked = new Set(people);
  const rows = await keepPresence(parts, community, before.id, {
    people: people === undefined ? [] : asked.map(id => ({ id, was: ticked.has(id) ? 'yes' : 'no' })),
    guests: guestsIn(guests ?? '').map(guest => ({ ...guest, was: 'yes' as const })),
  });
  const event = await changeEvent(parts, community, who, before.id, {
    onBehalfOf: null,
    decide: current => held(current, { keep, change: otherwise, there: howMany(rows) }, byOf(parts, who)),
  });
  if (event.state === 'held') await parts.planFeedback(community, asHeld(parts, community, event));
  const steps = await planNext(parts, { who, community }, event, next ?? '');
  await parts.show(community, event.id);
  return afterwards(parts, community, event, { steps, t });
}

/** The event as it was held; the same when it says so already. */
export function held(
  event: PlannedEvent,
  said: { readonly keep?: string | undefined; readonly change?: string | undefined; readonly there: number },
  by: ReturnType<typeof byOf>,
): KeptEvent | undefined {
  const next = moved<KeptEvent>(event, 'hold', by);
  if (next === null) return undefined;
  const words = { keep: said.keep ?? event.keep, change: said.change ?? event.change, there: said.there };
  const isSame =
    next === event && words.keep === event.keep && words.change === event.change && words.there === event.there;
  return isSame ? undefined : { ...next, ...words, changedBy: by.by, changedAt: by.now.toISOString() };
}

/**
 * Puts what comes next into the plan, a line each. The same line of the same event is the same action, however often
 * the press is sent.
 */
async function planNext(
  parts: EventsWork,
  { who, community }: Pick<Pressed<unknown>, 'who' | 'community'>,
  event: PlannedEvent,
  text: string,
): Promise<number> {
  const steps = [...new Set(text.split('\n').map(cleanLine))].filter(step => step !== '').slice(0, mostNext);
  for (const step of steps) {
    const title = step.slice(0, longestStep);
    await parts.addAction(community, who, { title }, stepId(event.id, title));
  }
  return steps.length;
}

/** Names the action that a next step of an event becomes. */
function stepId(event: string, title: string): string {
  return createHash('sha256')
    .update(JSON.stringify([event, title]))
    .digest('hex')
    .slice(0, 32);
}

/** What every host reads who was asked: it is saved, whoever saved it. */
async function afterwards(
  parts: EventsWork,
  community: ReadyCommunity,
  event: PlannedEvent,
  { steps, t }: { readonly steps: number; readonly t: Translate },
): Promise<CardReply> {
  const shown = await afterShown(parts, community, event);
  const card = (reader: Translate) => {
    const notice = [
      reader('after.saved', { count: event.there ?? 0 }),
      ...(steps > 0 ? [reader('after.planned', { count: steps })] : []),
    ].join(' ');
    return afterCard({ ...shown, notice }, reader);
  };
  await parts.messenger.refresh({ community: community.id, kind: afterKind, period: event.id, card });
  return { card: card(t) };
}

async function onCancel(parts: EventsWork, { data, who, community, t }: Pressed<EventData>): Promise<CardReply> {
  const before = await findEvent(parts, community, data.event);
  mustEdit(before, who, community);
  if (before.state === 'held') return { notice: t('notice.heldAlready', { title: plain(before.title) }) };
  const event = await moveEvent(parts, community, who, data.event, { move: 'cancel', onBehalfOf: null });
  await tellOf(parts, community, event);
  return {
    card: answerCard({
      community,
      title: t('after.cancelled', { title: plain(event.title), ...whenOf(event, community) }),
      page: { open: t('open'), link: parts.links.tab(community.id, 'events') },
    }),
  };
}

export function eventsActions(parts: EventsWork) {
  return {
    answer: cardAction(reading, { data: AnswerData, run: press => onAnswer(parts, press) }),
    ready: cardAction(changing, { data: ReadyData, run: press => onReady(parts, press) }),
    announce: cardAction(changing, { data: EventData, run: press => onAnnounce(parts, press) }),
    after: cardAction(changing, { data: AfterData, run: press => onAfter(parts, press) }),
    cancel: cardAction(changing, { data: EventData, run: press => onCancel(parts, press) }),
    ...quietActions(parts, ({ id }, t) => ({
      verb: 'events.resume',
      still: t('stopped.still'),
      page: { open: t('open'), link: parts.links.tab(id, 'events') },
    })),
  };
}

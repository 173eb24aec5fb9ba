import { z } from 'zod';
import { isReady, type ReadyCommunity } from '../../../domain/community.ts';
import { findTask, mayUntick, phaseOf, tick, weekOf } from '../../../domain/facilitation.ts';
import { mustBeAble } from '../../../domain/permissions.ts';
import { identifier } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import { cardAction, type Ask, type CardReply, type Press } from '../../feature.ts';
import { messageKind, readWeek, type FacilitationParts } from './board.ts';

const WeekData = z.object({ week: z.iso.date() });
const TaskData = WeekData.extend({ task: identifier(60) });
type WeekData = z.infer<typeof WeekData>;
type TaskData = z.infer<typeof TaskData>;

export function facilitationActions(parts: FacilitationParts) {
  const { lists, messenger, clock } = parts;

  async function onTick(press: Press<TaskData>): Promise<CardReply> {
    mustBeAble(press.who, 'facilitation.tick', press.community);
    const {
      community,
      data: { week, task },
    } = press;
    if (!isReady(community)) return notSetUp(press);
    const refusal = refused(press, community);
    if (refusal) return refusal;

    // A create that finds its twin keeps it: the first tick stays.
    await lists
      .of(community.id)
      .ticks.create({ key: keyOf(press.data), ...tick(undefined, { week, task, person: press.who, now: clock() }) });
    return showToAll(press, community);
  }

  async function onUntick(press: Press<TaskData>): Promise<CardReply> {
    mustBeAble(press.who, 'facilitation.tick', press.community);
    const { community, t } = press;
    if (!isReady(community)) return notSetUp(press);
    const refusal = refused(press, community);
    if (refusal) return refusal;

    const { ticks } = lists.of(community.id);
    const ticked = await ticks.find(keyOf(press.data));
    if (ticked && !mayUntick(ticked.value, press.who))
      return { notice: t('notice.notYours', { name: plain(ticked.value.tickedBy.name) }), outcome: 'refused' };
    if (ticked) await ticks.remove(ticked);
    return showToAll(press, community);
  }

  /** Teams asks by itself when a card comes into view: a message update here would make it ask again, for ever. */
  async function onRefresh({ community, data: { week }, who, t }: Press<WeekData>): Promise<CardReply> {
    if (!isReady(community)) return notSetUp({ community, t });
    return { card: (await readWeek(parts, community, week, clock())).to(who, t) };
  }

  function refused({ data: { week, task }, t }: Press<TaskData>, community: ReadyCommunity): CardReply | undefined {
    const phase = phaseOf(week, community.settings, clock());
    if (phase === 'over') return { notice: t('notice.weekOver') };
    if (phase === 'to come') return { notice: t('notice.weekToCome') };
    return findTask(task) ? undefined : { notice: t('notice.unknownTask') };
  }

  /** The card for who pressed, and for everybody else who has a copy. */
  async function showToAll(
    { data: { week }, who, automatic, t }: Press<TaskData>,
    community: ReadyCommunity,
  ): Promise<CardReply> {
    const shown = await readWeek(parts, community, week, clock());
    if (!automatic)
      await messenger.refresh({ community: community.id, kind: messageKind, period: week, card: shown.shared });
    return { card: shown.to(who, t) };
  }

  return {
    tick: cardAction({ data: TaskData, run: onTick }),
    untick: cardAction({ data: TaskData, run: onUntick }),
    refresh: cardAction({ data: WeekData, run: onRefresh }),
  };
}

/** What `week`, typed to the bot, is answered with. */
export async function showRunningWeek(parts: FacilitationParts, { community, who, place, t }: Ask): Promise<CardReply> {
  if (!isReady(community)) return notSetUp({ community, t });
  const now = parts.clock();
  const { key } = weekOf(community.settings, now);
  // In a channel everybody reads the answer: notes stay in the chats.
  const readable = place === 'chat' ? parts : { ...parts, notes: undefined };
  return { card: (await readWeek(readable, community, key, now)).to(who, t) };
}

function keyOf({ week, task }: TaskData): string {
  return `${week}/${task}`;
}

function notSetUp({ community, t }: Pick<Ask, 'community' | 't'>): CardReply {
  return { notice: t('notice.notSetUp', { community: community.name }) };
}

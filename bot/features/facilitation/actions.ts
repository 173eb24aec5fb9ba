import { z } from 'zod';
import type { ReadyCommunity } from '../../../domain/community.ts';
import { findTask, mayUntick, phaseOf, tick, weekOf } from '../../../domain/facilitation/facilitation.ts';
import { takenToTick } from '../../../domain/facilitation/readers.ts';
import { can, mustBeAble } from '../../../domain/permissions.ts';
import { identifier } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import { cardAction, type Ask, type CardReply, type Press } from '../../feature.ts';
import { messageKind, readWeek } from './board.ts';
import { memberCard, readMemberWeek } from './member-week.ts';
import { answerNow } from './now.ts';
import type { FacilitationParts } from './parts.ts';

const WeekData = z.object({ week: z.iso.date() });
const TaskData = WeekData.extend({ task: identifier(60) });
type WeekData = z.infer<typeof WeekData>;
type TaskData = z.infer<typeof TaskData>;
type Pressed<Data> = Press<Data, ReadyCommunity>;

export function facilitationActions(parts: FacilitationParts) {
  const { lists, messenger, clock } = parts;

  async function onTick(press: Pressed<TaskData>): Promise<CardReply> {
    const {
      community,
      data: { week, task },
    } = press;
    const refusal = refused(press);
    if (refusal) return refusal;

    // A create that finds its twin keeps it: the first tick stays.
    await lists
      .of(community.id)
      .ticks.create({ key: keyOf(press.data), ...tick(undefined, { week, task, person: press.who, now: clock() }) });
    return showToAll(press);
  }

  async function onUntick(press: Pressed<TaskData>): Promise<CardReply> {
    const { community, t } = press;
    const refusal = refused(press);
    if (refusal) return refusal;

    const { ticks } = lists.of(community.id);
    const ticked = await ticks.find(keyOf(press.data));
    if (ticked && !mayUntick(ticked.value, press.who))
      return { notice: t('notice.notYours', { name: plain(ticked.value.tickedBy.name) }), outcome: 'refused' };
    if (ticked) await ticks.remove(ticked);
    return showToAll(press);
  }

  /** Teams asks by itself when a card comes into view: a message update here would make it ask again, for ever. */
  async function onRefresh({ community, data: { week }, who, t }: Pressed<WeekData>): Promise<CardReply> {
    return { card: (await readWeek(parts, community, week, clock())).inPlace(who, t) };
  }

  function refused({ data: { week, task }, who, community, t }: Pressed<TaskData>): CardReply | undefined {
    const phase = phaseOf(week, community.settings, clock());
    if (phase === 'over') return { notice: t('notice.weekOver') };
    if (phase === 'to come') return { notice: t('notice.weekToCome') };
    const found = findTask(task);
    if (!found) return { notice: t('notice.unknownTask') };
    mustBeAble(who, takenToTick(found), community);
    return undefined;
  }

  /** The card for who pressed, and for everybody else who has a copy. */
  async function showToAll({ data: { week }, who, community, automatic, t }: Pressed<TaskData>): Promise<CardReply> {
    const shown = await readWeek(parts, community, week, clock());
    if (!automatic)
      await messenger.refresh({ community: community.id, kind: messageKind, period: week, card: shown.shared });
    return { card: shown.inPlace(who, t) };
  }

  return {
    // Who may tick this task and not that is seen once it is known which.
    tick: cardAction({ may: 'facilitation.greet', ready: true }, { data: TaskData, run: onTick }),
    untick: cardAction({ may: 'facilitation.greet', own: 'tick', ready: true }, { data: TaskData, run: onUntick }),
    now: cardAction(
      { may: 'facilitation.change', ready: true },
      { data: z.object({}), run: press => answerNow(parts, press) },
    ),
    refresh: cardAction({ may: 'community.read', ready: true }, { data: WeekData, run: onRefresh }),
  };
}

/**
 * What `week`, typed to the bot, is answered with, for the person's eyes: the card of those who facilitate, and what is
 * on for everybody else.
 */
export async function showRunningWeek(
  parts: FacilitationParts,
  { community, who, t }: Ask<ReadyCommunity>,
): Promise<CardReply> {
  if (!can(who, 'facilitation.greet', community)) {
    const week = await readMemberWeek(parts, community, who);
    return { card: memberCard({ community, week, links: parts.links }, t) };
  }
  const now = parts.clock();
  const { key } = weekOf(community.settings, now);
  return { card: (await readWeek(parts, community, key, now)).to(who, t) };
}

function keyOf({ week, task }: TaskData): string {
  return `${week}/${task}`;
}

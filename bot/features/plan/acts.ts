import { createHash } from 'node:crypto';
import type { Member, ReadyCommunity } from '../../../domain/community.ts';
import { changeFor, hasRoomFor, isFresh, undoing, type Act, type Trace } from '../../../domain/plan/acts.ts';
import { mustBeAbleWith } from '../../../domain/permissions.ts';
import { reachOf } from '../../../domain/plan/plan.ts';
import { plain } from '../../cards.ts';
import { cardAction, type Ask, type CardReply, type Press } from '../../feature.ts';
import { nearDay, onDay, todayIn } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import { actedCard, confirmCard, tellCard } from './act-cards.ts';
import { Fresh, Reminding, Taken, Wanted } from './act-data.ts';
import { addedCard } from './cards.ts';
import type { PlanParts } from './parts.ts';
import { showReminders, showWithout } from './reminders.ts';
import {
  actionOf,
  addAction,
  changeAction,
  changing,
  findAction,
  listOf,
  reading,
  type PlannedAction,
} from './store.ts';

type Pressed<Data> = Press<Data, ReadyCommunity>;

/** Somebody who asks something of the plan, by a word or a press. */
export interface Asking {
  readonly community: ReadyCommunity;
  readonly who: Member;
  readonly t: Translate;
}

/**
 * Does it at once to somebody's own action, and shows it first where it is another's. Whoever may not is told whom to
 * ask.
 */
export async function actOrAsk(
  parts: PlanParts,
  asking: Asking,
  wanted: Wanted,
  action: PlannedAction,
): Promise<CardReply> {
  const { who, community, t } = asking;
  if (reachOf(action, who, community) === 'nothing') return refusal(parts, asking, action);
  const others = action.owners.length > 0 && !action.owners.some(({ id }) => id === who.id);
  if (!others) return act(parts, asking, wanted);
  return { card: confirmCard({ community, wanted, action, links: parts.links }, t), outcome: 'nothing' };
}

async function act(parts: PlanParts, asking: Asking, wanted: Wanted): Promise<CardReply> {
  const { who, community, t } = asking;
  const before = await findAction(parts, community, wanted.action);
  mustReachAny(asking, before);
  const meant = actOf(parts, asking, wanted);
  if (meant.kind === 'stuck' && !hasRoomFor(meant.line, before)) return { notice: t('act.notesFull') };
  const action = await changeAction(parts, community, who, wanted.action, current => changeFor(meant, current));
  await showReminders(parts, community, action.owners);
  if (meant.kind !== 'done' && action.state === 'done')
    return { notice: t('act.doneAlready', { title: plain(action.title) }) };
  const trace: Trace = { before, after: action, line: meant.kind === 'stuck' ? meant.line : '' };
  return { card: actedCard({ community, act: wanted.act, action, trace, links: parts.links }, t) };
}

function actOf(parts: PlanParts, { who, community, t }: Asking, { act: kind, due, why }: Wanted): Act {
  if (kind === 'move') return { kind, due };
  if (kind === 'done') return { kind };
  const when = onDay(todayIn(parts, community), nearDay);
  return { kind, line: why === '' ? '' : t('act.stuckLine', { why, name: who.name, ...when }) };
}

/**
 * Whoever may change nothing of an action is refused before they read what became of it, also when nothing would
 * change.
 */
function mustReachAny({ who, community }: Asking, action: PlannedAction): void {
  mustBeAbleWith(who, 'action', reachOf(action, who, community) !== 'nothing', community);
}

function refusal({ links }: PlanParts, { community, t }: Asking, action: PlannedAction): CardReply {
  const owner = action.owners[0] ?? action.addedBy;
  const names = { title: plain(action.title), name: plain(owner.name) };
  return { card: tellCard({ community, text: t('act.notYours', names), links }, t), outcome: 'refused' };
}

async function onChoose(parts: PlanParts, press: Pressed<Wanted>): Promise<CardReply> {
  return actOrAsk(parts, press, press.data, await findAction(parts, press.community, press.data.action));
}

async function onUndo(parts: PlanParts, press: Pressed<Taken>): Promise<CardReply> {
  const { data, who, community, t } = press;
  mustReachAny(press, await findAction(parts, community, data.action));
  const trace: Trace = {
    before: { state: data.state, due: data.due || null },
    after: { state: data.stateAfter, due: data.dueAfter || null },
    line: data.line,
  };
  let changed = false;
  const action = await changeAction(parts, community, who, data.action, current => {
    const back = undoing(trace, current);
    changed = back === null;
    return back ?? undefined;
  });
  await showReminders(parts, community, action.owners);
  const title = plain(action.title);
  if (changed) return { notice: t('act.changedSince', { title }) };
  return { card: tellCard({ community, text: t('act.undone', { title }), links: parts.links }, t) };
}

/** The id comes with the button, so that a second press finds what the first one added. */
async function onRemind(parts: PlanParts, { data, who, community, t }: Pressed<Reminding>): Promise<CardReply> {
  // In a channel others see the card, too.
  if (who.id !== data.person) return { notice: t('remind.others'), outcome: 'refused' };
  const { title, due } = data;
  const wish = { title, due, owners: [{ id: who.id }] };
  const action = await addAction(parts, community, who, wish, { id: data.action, onBehalfOf: null });
  return added(parts, { community, who, t }, action);
}

/** What was just added, with its way out. */
export async function added(
  parts: PlanParts,
  { community, who, t }: Asking,
  action: PlannedAction,
): Promise<CardReply> {
  const members = await parts.roster.members(community.id);
  const today = todayIn(parts, community);
  return {
    card: addedCard(
      { community, action, members, today, fresh: isFreshFor(parts, { community, who }, action), links: parts.links },
      t,
    ),
  };
}

/** Takes back what was added, by whoever added it, as long as it is fresh: nobody else has touched it. */
async function onTakeBack(parts: PlanParts, { data, who, community, t }: Pressed<Fresh>): Promise<CardReply> {
  const list = listOf(parts, community, null);
  const stored = await list.find(data.action);
  if (stored) {
    const action = actionOf(stored.value);
    if (!isFreshFor(parts, { community, who }, action))
      return { notice: t('act.notFresh'), outcome: action.addedBy.id === who.id ? 'nothing' : 'refused' };
    await showWithout(parts, community, action, action.owners);
    await list.remove(stored);
  }
  return { card: tellCard({ community, text: t('act.removed'), links: parts.links }, t) };
}

/** Whether this person may still take back what they added. */
export function isFreshFor(
  parts: PlanParts,
  { community, who }: Pick<Asking, 'community' | 'who'>,
  action: PlannedAction,
): boolean {
  return isFresh(action, who, { today: todayIn(parts, community), timeZone: community.settings.timeZone });
}

/**
 * The id of what a sentence adds: the same when the same message is answered again after a failure, and another for
 * every other message.
 */
export function idFrom({ who, message }: Pick<Ask, 'who' | 'message'>, what: string): string {
  return createHash('sha256')
    .update(JSON.stringify([who.id, message, what]))
    .digest('hex')
    .slice(0, 32);
}

export function actActions(parts: PlanParts) {
  return {
    choose: cardAction(changing, { data: Wanted, run: press => onChoose(parts, press) }),
    act: cardAction(changing, { data: Wanted, run: press => act(parts, press, press.data) }),
    undo: cardAction(changing, { data: Taken, run: press => onUndo(parts, press) }),
    remind: cardAction(reading, { data: Reminding, run: press => onRemind(parts, press) }),
    takeBack: cardAction(changing, { data: Fresh, run: press => onTakeBack(parts, press) }),
  };
}

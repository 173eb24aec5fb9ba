import { z } from 'zod';
import { Day, type ReadyCommunity } from '../../../domain/community.ts';
import { ActionId, type Action } from '../../../domain/plan/plan.ts';
import { weekLater } from '../../../domain/plan/days.ts';
import { identifier } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import { cardAction, type CardReply, type Press } from '../../feature.ts';
import type { Translate } from '../../text.ts';
import { nearDay, onDay, todayIn } from '../../shared/days.ts';
import { enteredDay, enteredLine } from '../../shared/inputs.ts';
import { isFreshFor } from './acts.ts';
import { addedCard, planCard, reminderCard } from './cards.ts';
import { nobody } from './from-message-cards.ts';
import type { PlanParts } from './parts.ts';
import { showReminders, showWithout } from './reminders.ts';
import { changeAction, changing, findAction, membersNamed, readNow, type PlannedAction } from './store.ts';
import { quietActions } from '../../shared/quiet.ts';

const OptionalDay = z.union([Day, z.literal('')]).default('');
const RowData = z.object({
  action: ActionId,
  /** The day the card shows: pressed twice, a week is one week. */
  due: OptionalDay,
  from: z.enum(['plan', 'reminder']),
});
const SetData = z.object({
  action: ActionId,
  /** What the card showed: only what was changed on it is changed. */
  shown: z.object({ due: OptionalDay, owner: identifier(100).default('') }),
  due: enteredDay(),
  /** A person's id, or {@link nobody}. */
  owner: enteredLine(100),
});
type RowData = z.infer<typeof RowData>;
type SetData = z.infer<typeof SetData>;
type Pressed<Data> = Press<Data, ReadyCommunity>;

function onDone(parts: PlanParts, press: Pressed<RowData>): Promise<CardReply> {
  return onRow(parts, press, 'done', ({ state }) => (state === 'done' ? undefined : { state: 'done' }));
}

function onReopen(parts: PlanParts, press: Pressed<RowData>): Promise<CardReply> {
  return onRow(parts, press, 'reopened', ({ state }) => (state === 'done' ? { state: 'doing' } : undefined));
}

function onLater(parts: PlanParts, press: Pressed<RowData>): Promise<CardReply> {
  const today = todayIn(parts, press.community);
  return onRow(parts, press, 'later', ({ state, due }) =>
    state !== 'done' && due !== null && due === press.data.due ? { due: weekLater(due, today) } : undefined,
  );
}

async function onRow(
  parts: PlanParts,
  { data, who, community, t }: Pressed<RowData>,
  outcome: 'done' | 'reopened' | 'later',
  decide: (current: PlannedAction) => Partial<Action> | undefined,
): Promise<CardReply> {
  const action = await changeAction(parts, community, who, data.action, decide);
  const values = { title: plain(action.title), ...onDay(action.due, nearDay) };
  const noticeIn = (reader: Translate): string =>
    reader(outcome === 'later' && action.due === null ? 'notice.noDay' : `notice.${outcome}`, values);
  const notice = noticeIn(t);
  // The update of a card takes the place of the answer to its button, so it says the same.
  await showReminders(
    parts,
    community,
    action.owners,
    data.from === 'plan' ? undefined : { person: who.id, notice: noticeIn },
  );

  const now = await readNow(parts, community);
  const shown = { community, ...now, today: todayIn(parts, community), notice, links: parts.links };
  return {
    card:
      data.from === 'plan'
        ? planCard({ ...shown, me: who.id }, t)
        : reminderCard({ ...shown, person: who, rest: await parts.restDays.of(community) }, t),
  };
}

async function onSet(parts: PlanParts, { data, who, community, t }: Pressed<SetData>): Promise<CardReply> {
  const { shown, due = shown.due, owner = shown.owner } = data;
  if (data.due === undefined && data.owner === undefined) return { notice: t('shared:nothingCame') };
  if (!OptionalDay.safeParse(due).success) return { notice: t('message.due-odd') };
  const isNobody = owner === '' || owner === nobody;
  const owners =
    owner === shown.owner ? undefined : await membersNamed(parts, community, isNobody ? [] : [{ id: owner }]);
  const before = await findAction(parts, community, data.action);
  if (owners)
    await showWithout(
      parts,
      community,
      before,
      before.owners.filter(({ id }) => id !== owner),
    );
  const action = await changeAction(parts, community, who, data.action, () => {
    const wanted = { ...(due === shown.due ? {} : { due: due === '' ? null : due }), ...(owners ? { owners } : {}) };
    return Object.keys(wanted).length === 0 ? undefined : wanted;
  });
  await showReminders(parts, community, action.owners);
  const members = await parts.roster.members(community.id);
  const notice = t(data.due === undefined && action.due !== null ? 'notice.savedButDay' : 'notice.saved');
  return {
    card: addedCard(
      {
        community,
        action,
        members,
        today: todayIn(parts, community),
        fresh: isFreshFor(parts, { community, who }, action),
        notice,
        links: parts.links,
      },
      t,
    ),
  };
}

/** Owners of an action, the person who added it and coordinators may press; the others read why not. */
export function planActions(parts: PlanParts) {
  return {
    done: cardAction(changing, { data: RowData, run: press => onDone(parts, press) }),
    reopen: cardAction(changing, { data: RowData, run: press => onReopen(parts, press) }),
    later: cardAction(changing, { data: RowData, run: press => onLater(parts, press) }),
    set: cardAction(changing, { data: SetData, run: press => onSet(parts, press) }),
    ...quietActions(parts, ({ id }, t) => ({
      verb: 'plan.resume',
      still: t('stopped.still'),
      page: { open: t('open'), link: parts.links.tab(id, 'plan') },
    })),
  };
}

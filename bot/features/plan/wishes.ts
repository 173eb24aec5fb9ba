import { remindersFor, remindsOf, type When } from '../../../domain/plan/days.ts';
import { isOverdue } from '../../../domain/plan/plan.ts';
import { addMonths, endOfDay } from '../../../domain/schedule.ts';
import { shortened } from '../../../domain/text.ts';
import type { Morning, Wish } from '../../feature.ts';
import { nearDay, onDay } from '../../shared/days.ts';
import { reminderCard } from './cards.ts';
import type { PlanParts } from './parts.ts';
import { reminderKind } from './reminders.ts';
import { readNow, type PlannedAction } from './store.ts';

const longestTitle = 90;

export const overdueKind = 'plan.overdue';

/** Names one overdue action among all messages: on another day it is another. */
export function overduePeriod(action: string, due: string): string {
  return `${action}/${due}`;
}

/**
 * One card for each owner with what is due until the next open day, and one for each action that stays overdue. Whoever
 * left the team hears nothing more; coordinators read of their actions in the week's card and in the tab.
 */
export function planWishes(parts: PlanParts): (morning: Morning) => Promise<readonly Wish[]> {
  return async morning => {
    const { actions } = await readNow(parts, morning.community);
    return [...dueWishes(parts, morning, actions), ...overdueWishes(parts, morning, actions)];
  };
}

function dueWishes(
  { links }: PlanParts,
  { community, today, rest }: Morning,
  actions: readonly PlannedAction[],
): readonly Wish[] {
  const where = { timeZone: community.settings.timeZone, rest };
  return remindersFor(actions, today, where).map(({ person, actions: due }): Wish => {
    const first = due[0]?.title ?? '';
    return {
      kind: reminderKind,
      period: today,
      to: { person },
      urgency: due.some(action => cannotWait(remindsOf(action.due, today, where))) ? 'now' : 'soon',
      until: today,
      agreed: true,
      card: t => reminderCard({ community, person, actions, today, rest, links }, t),
      summary: t => t('reminder.summary', { count: due.length, title: first, community: community.name }),
      line: t => t('plan:wish.due', { count: due.length, title: shortened(first, longestTitle) }),
      expires: endOfDay(today, where.timeZone),
    };
  });
}

function cannotWait(when: When | null): boolean {
  return when === 'today' || when === 'last';
}

/** Its owners were reminded of it by the day itself; when it stays open, it comes back by name. */
function overdueWishes(
  { links }: PlanParts,
  { community, today, rest }: Morning,
  actions: readonly PlannedAction[],
): readonly Wish[] {
  return actions.flatMap(({ id, title, due, owners, state }) =>
    due === null || !isOverdue({ due, state }, today)
      ? []
      : owners.map(
          (person): Wish => ({
            kind: overdueKind,
            period: overduePeriod(id, due),
            to: { person },
            urgency: 'sometime',
            until: addMonths(today, 1),
            again: { since: due },
            agreed: true,
            card: t => reminderCard({ community, person, actions, today, rest, links }, t),
            summary: t => t('wish.overdue', { title, ...onDay(due, nearDay) }),
            line: t => t('plan:wish.overdue', { title: shortened(title, longestTitle), ...onDay(due, nearDay) }),
          }),
        ),
  );
}

import { remindersFor, remindsOf } from '../../../domain/plan/days.ts';
import { endOfDay } from '../../../domain/schedule.ts';
import { shortened } from '../../../domain/text.ts';
import type { Morning, Wish } from '../../feature.ts';
import { reminderCard } from './cards.ts';
import type { PlanParts } from './parts.ts';
import { reminderKind } from './reminders.ts';
import { actionOf, readActions } from './store.ts';

const longestTitle = 90;

/**
 * One card for each owner with what is due until the next open day. An owner who left the team hears nothing more;
 * coordinators read of their actions in the week's card and in the tab.
 */
export function planWishes(parts: PlanParts): (morning: Morning) => Promise<readonly Wish[]> {
  return async ({ community, today, rest }) => {
    const { timeZone } = community.settings;
    const actions = (await readActions(parts, community)).map(({ value }) => actionOf(value));
    return remindersFor(actions, today, { timeZone, rest }).map(({ person, actions: due }): Wish => {
      const first = due[0]?.title ?? '';
      const isLast = due.some(action => remindsOf(action.due, today, { timeZone, rest }) === 'today');
      return {
        kind: reminderKind,
        period: today,
        to: { person },
        urgency: isLast ? 'now' : 'soon',
        until: today,
        agreed: true,
        card: t => reminderCard({ community, person, actions, today, rest, links: parts.links }, t),
        summary: t => t('reminder.summary', { count: due.length, title: first, community: community.name }),
        line: t => t('plan:wish.due', { count: due.length, title: shortened(first, longestTitle) }),
        expires: endOfDay(today, timeZone),
      };
    });
  };
}

import type { Community } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { planWeek, type PlanWeek } from '../../../domain/plan/days.ts';
import type { Translate } from '../../text.ts';
import { todayIn } from '../../shared/days.ts';
import type { PlanParts } from './parts.ts';
import { actionOf, readActions } from './store.ts';

/**
 * Lines for the coordinators' card: what is due this week, what is overdue, and what belongs to people who left; none
 * when there is nothing of that. The feature that shows them brings the language; the sentences are this feature's.
 */
export function planNote(
  parts: Pick<PlanParts, 'lists' | 'roster' | 'clock'>,
): (community: Community) => Promise<(t: Translate) => readonly string[]> {
  return async community => {
    const week = await read(parts, community);
    return t => {
      const lines = (['due', 'overdue', 'left'] as const)
        .filter(about => week[about] > 0)
        .map(about => t(`plan:note.${about}`, { count: week[about] }));
      return lines.length === 0 ? [] : [t('plan:note.all', { lines: lines.join(', ') })];
    };
  };
}

async function read(parts: Pick<PlanParts, 'lists' | 'roster' | 'clock'>, community: Community): Promise<PlanWeek> {
  try {
    const [rows, members] = await Promise.all([readActions(parts, community), parts.roster.members(community.id)]);
    const today = todayIn(parts, community);
    return planWeek(
      rows.map(({ value }) => actionOf(value)),
      today,
      new Set(members.map(({ id }) => id)),
    );
  } catch (error) {
    // A community of an earlier version has no list for its plan yet.
    if (error instanceof CommunityError && error.code === 'not-set-up') return { due: 0, overdue: 0, left: 0 };
    throw error;
  }
}

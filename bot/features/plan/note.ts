import type { Community } from '../../../domain/community.ts';
import { dueInWeek } from '../../../domain/plan/days.ts';
import { whenThere } from '../../lists/list.ts';
import type { Translate } from '../../text.ts';
import { todayIn } from '../../shared/days.ts';
import type { PlanParts } from './parts.ts';
import { actionOf, readActions } from './store.ts';

/**
 * A line for the coordinators' card: how much is due this week; none when nothing is. The feature that shows it brings
 * the language; the sentence is this feature's.
 */
export function planNote(
  parts: Pick<PlanParts, 'lists' | 'clock'>,
): (community: Community) => Promise<(t: Translate) => readonly string[]> {
  return async community => {
    const rows = await whenThere(() => readActions(parts, community));
    const count = dueInWeek(
      rows.map(({ value }) => actionOf(value)),
      todayIn(parts, community),
    );
    return t => (count === 0 ? [] : [t('plan:note', { count })]);
  };
}

import type { Community } from '../../../domain/community.ts';
import { dueInWeek } from '../../../domain/plan/days.ts';
import type { Translate } from '../../text.ts';
import { todayIn } from '../../shared/days.ts';
import type { PlanParts } from './parts.ts';
import { readOpen } from './store.ts';

/**
 * A line for the coordinators' card: how much is due this week; none when nothing is. The feature that shows it brings
 * the language; the sentence is this feature's.
 */
export function planNote(
  parts: Pick<PlanParts, 'lists' | 'clock'>,
): (community: Community) => Promise<(t: Translate) => readonly string[]> {
  return async community => {
    const count = dueInWeek(await readOpen(parts, community), todayIn(parts, community));
    return t => (count === 0 ? [] : [t('plan:note', { count })]);
  };
}

import type { Member, Person, ReadyCommunity } from '../../../domain/community.ts';
import type { PlanParts } from './parts.ts';
import { showReminders } from './reminders.ts';
import { changeAction, type PlannedAction } from './store.ts';

/** Gives an action other owners, for features that pass on what people held; see {@link changeAction}. */
export function planOwners(
  parts: PlanParts,
): (
  community: ReadyCommunity,
  who: Member,
  action: string,
  decide: (owners: readonly Person[]) => readonly Person[],
) => Promise<PlannedAction> {
  return async (community, who, id, decide) => {
    const action = await changeAction(parts, community, who, id, ({ owners }) => {
      const next = [...decide(owners)];
      return JSON.stringify(next) === JSON.stringify(owners) ? undefined : { owners: next };
    });
    await showReminders(parts, community, action.owners);
    return action;
  };
}

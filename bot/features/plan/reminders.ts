import type { Person, ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { remindsOf } from '../../../domain/plan-days.ts';
import type { Translate } from '../../text.ts';
import { todayIn } from '../../today.ts';
import { reminderCard } from './cards.ts';
import type { PlanParts } from './index.ts';
import { actionOf, readActions, type PlannedAction } from './store.ts';

export const reminderKind = 'plan.reminder';

/** What whoever pressed a button of their reminder reads in it. */
export interface Said {
  readonly person: string;
  notice(t: Translate): string;
}

/** Today's reminders of everybody who owns or owned these actions show the plan as it is now; cards without one of them are left alone. */
export async function showReminders(
  parts: PlanParts,
  community: ReadyCommunity,
  changed: readonly PlannedAction[],
  said?: Said,
): Promise<void> {
  const { timeZone } = community.settings;
  const today = todayIn(parts, community);
  const concerned = changed.filter(({ due }) => remindsOf(due, today, timeZone) !== null);
  const owners = new Map<string, Person>(concerned.flatMap(action => action.owners).map(owner => [owner.id, owner]));
  if (owners.size === 0) return;

  try {
    const actions = (await readActions(parts, community)).map(({ value }) => actionOf(value));
    for (const person of owners.values()) {
      const card = { community, person, actions, today, links: parts.links };
      await parts.messenger.refresh({
        community: community.id,
        kind: reminderKind,
        period: today,
        to: [{ person }],
        card: t => reminderCard({ ...card, ...(said?.person === person.id ? { notice: said.notice(t) } : {}) }, t),
      });
    }
  } catch (error) {
    // The change is saved; a card that shows it late is no reason to say that it failed.
    if (!(error instanceof CommunityError)) throw error;
    parts.log.info({ community: community.id, code: error.code }, 'reminders of the plan not refreshed');
  }
}

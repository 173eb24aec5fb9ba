import type { Person, ReadyCommunity } from '../../../domain/community.ts';
import type { Translate } from '../../text.ts';
import { todayIn } from '../../shared/days.ts';
import { reminderCard } from './cards.ts';
import type { PlanParts } from './parts.ts';
import { readNow, type PlannedAction } from './store.ts';

export const reminderKind = 'plan.reminder';

/** What the person who pressed a button of their reminder reads in it. */
export interface Said {
  readonly person: string;
  notice(t: Translate): string;
}

/**
 * Today's reminders of these people show the plan as it is now. Whether this very change concerns their cards is not
 * asked: a change that is repeated changes nothing, and has to turn the same cards.
 */
export async function showReminders(
  parts: PlanParts,
  community: ReadyCommunity,
  people: readonly Person[],
  said?: Said,
): Promise<void> {
  if (people.length === 0) return;
  const { actions } = await readNow(parts, community);
  await showAs(parts, community, { people, actions, said });
}

/**
 * The reminders of owners who are about to lose an action show the plan without it, before it is saved: afterwards
 * nothing would say any more who that was.
 */
export async function showWithout(
  parts: PlanParts,
  community: ReadyCommunity,
  { id }: PlannedAction,
  people: readonly Person[],
): Promise<void> {
  if (people.length === 0) return;
  const { actions } = await readNow(parts, community);
  await showAs(parts, community, { people, actions: actions.filter(action => action.id !== id) });
}

async function showAs(
  { messenger, clock, restDays, links }: PlanParts,
  community: ReadyCommunity,
  {
    people,
    actions,
    said,
  }: {
    readonly people: readonly Person[];
    readonly actions: readonly PlannedAction[];
    readonly said?: Said | undefined;
  },
): Promise<void> {
  const today = todayIn({ clock }, community);
  const rest = await restDays.of(community);
  for (const person of new Map(people.map(one => [one.id, one])).values()) {
    const card = { community, person, actions, today, rest, links };
    await messenger.refresh({
      community: community.id,
      kind: reminderKind,
      period: today,
      to: [{ person }],
      card: t => reminderCard({ ...card, ...(said?.person === person.id ? { notice: said.notice(t) } : {}) }, t),
    });
  }
}

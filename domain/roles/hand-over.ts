import type { Person } from '../community.ts';
import type { Holding } from './roles.ts';

/** An action of the plan, as far as a hand-over tells of it. */
interface PlannedAction {
  readonly title: string;
  readonly owners: readonly Person[];
  readonly state: string;
  readonly due: string | null;
  readonly doneAt: string | null;
}

/** What whoever gave a role up leaves, and what they did while they had it. */
export interface HandOver {
  /** Titles of what is still theirs to do, the earliest day first. */
  readonly open: readonly string[];
  /** Titles of what they finished in their term, the newest first. */
  readonly done: readonly string[];
}

/** For the next holder, and for a word of thanks that knows what for. */
export function handOverOf(
  { person, since }: Pick<Holding, 'person' | 'since'>,
  plan: readonly PlannedAction[],
): HandOver {
  const theirs = plan.filter(({ owners }) => owners.some(({ id }) => id === person.id));
  const open = theirs.filter(({ state }) => state !== 'done');
  const done = theirs.filter(
    ({ state, doneAt }) => state === 'done' && doneAt !== null && doneAt.slice(0, 10) >= since,
  );
  return {
    open: open.toSorted((one, other) => (one.due ?? '9').localeCompare(other.due ?? '9')).map(({ title }) => title),
    done: done.toSorted((one, other) => (other.doneAt ?? '').localeCompare(one.doneAt ?? '')).map(({ title }) => title),
  };
}

/** Who had this role last and gave it up within a year: whom the next holder may ask. */
export function holderBefore(
  holdings: readonly Holding[],
  { role, person, yearAgo }: { readonly role: string; readonly person: string; readonly yearAgo: string },
): Holding | undefined {
  return holdings
    .filter(
      one =>
        one.role === role &&
        one.state === 'ended' &&
        one.person.id !== person &&
        one.until !== null &&
        one.until >= yearAgo,
    )
    .toSorted((one, other) => one.changedAt.localeCompare(other.changedAt))
    .at(-1);
}

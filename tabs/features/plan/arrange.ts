import { z } from 'zod';
import type { ActionView } from '../../../domain/plan/api.ts';
import { actionStates, byDue } from '../../../domain/plan/plan.ts';
import { dueGroup, dueGroups } from '../../../domain/plan/due.ts';

export const groupings = ['none', 'owner', 'aim', 'due', 'state'] as const;
type Grouping = (typeof groupings)[number];

export const columns = ['title', 'owner', 'state', 'due', 'aim'] as const;
export type ColumnName = (typeof columns)[number];

/** How the list stands: what belongs together, and in which order. */
export const Arrangement = z.object({
  group: z.enum(groupings),
  sort: z.enum(columns),
  isDown: z.boolean(),
});
export type Arrangement = z.infer<typeof Arrangement>;

/** From the soonest day to the last, what is done at the end. */
export const asPlanned: Arrangement = { group: 'none', sort: 'due', isDown: false };

export interface Group {
  /** Empty for what belongs to nothing: no owner, no aim, no group at all. */
  readonly key: string;
  /** A person's name, an aim, or the id of a state or of a stretch of days. */
  readonly name: string;
  readonly actions: readonly ActionView[];
}

/** The actions in order, and in groups; one that has two owners stands with both. */
export function arranged(
  actions: readonly ActionView[],
  { group, sort, isDown }: Arrangement,
  today: string,
): readonly Group[] {
  const ordered = actions.toSorted((one, other) => (isDown ? -1 : 1) * order[sort](one, other) || byDue(one, other));
  if (group === 'none') return [{ key: '', name: '', actions: ordered }];
  const groups = new Map<string, { name: string; actions: ActionView[] }>();
  for (const action of ordered)
    for (const { key, name } of belongings(action, group, today)) {
      const found = groups.get(key) ?? { name, actions: [] };
      found.actions.push(action);
      groups.set(key, found);
    }
  const places: readonly string[] = group === 'state' ? actionStates : group === 'due' ? dueGroups : [];
  return [...groups]
    .map(([key, { name, actions: own }]) => ({ key, name, actions: own }))
    .toSorted(
      (one, other) =>
        places.indexOf(one.key) - places.indexOf(other.key) ||
        Number(one.key === '') - Number(other.key === '') ||
        one.name.localeCompare(other.name),
    );
}

const order: Readonly<Record<ColumnName, (one: ActionView, other: ActionView) => number>> = {
  title: (one, other) => one.title.localeCompare(other.title),
  owner: (one, other) => lastly(one.owners[0]?.name).localeCompare(lastly(other.owners[0]?.name)),
  state: (one, other) => actionStates.indexOf(one.state) - actionStates.indexOf(other.state),
  due: (one, other) =>
    Number(one.state === 'done') - Number(other.state === 'done') || lastly(one.due).localeCompare(lastly(other.due)),
  aim: (one, other) => lastly(one.aim).localeCompare(lastly(other.aim)),
};

/** What is not there comes last. */
function lastly(text: string | null | undefined): string {
  return text ?? '\u{10FFFD}';
}

function belongings(
  action: ActionView,
  group: Exclude<Grouping, 'none'>,
  today: string,
): readonly { readonly key: string; readonly name: string }[] {
  switch (group) {
    case 'owner':
      return action.owners.length === 0
        ? [{ key: '', name: '' }]
        : action.owners.map(({ id, name }) => ({ key: id, name }));
    case 'aim':
      return [{ key: action.aim ?? '', name: action.aim ?? '' }];
    case 'state':
      return [{ key: action.state, name: action.state }];
    case 'due': {
      const key = dueGroup(action, today);
      return [{ key, name: key }];
    }
  }
}

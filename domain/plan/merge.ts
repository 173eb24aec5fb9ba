import { mergeEdits } from '../merge.ts';
import { actionFields, changedFields, takeField, type Action, type ActionField } from './plan.ts';

/** Two edits of one action put together, field by field. */
export interface MergedAction {
  /** Theirs where only they changed something, otherwise mine. */
  readonly action: Action;
  /** What only they changed, and notes that both changed in different places. */
  readonly theirs: readonly ActionField[];
  /** What both changed, differently: mine stands in `action` until somebody chooses. */
  readonly clashes: readonly ActionField[];
}

/** @param base what both began from; null when there was no action, so that every difference is a clash. */
export function mergeActions(base: Action | null, mine: Action, current: Action): MergedAction {
  const between = (one: Action, other: Action): ReadonlySet<ActionField> => new Set(changedFields(one, other));
  const [differing, byMe, byThem] = [
    between(mine, current),
    base && between(base, mine),
    base && between(base, current),
  ];
  const notes =
    base && differing.has('notes') && byMe?.has('notes') && byThem?.has('notes')
      ? mergeEdits(base.notes, mine.notes, current.notes)
      : null;

  let action = mine;
  const theirs: ActionField[] = [];
  const clashes: ActionField[] = [];
  for (const field of actionFields) {
    if (!differing.has(field)) continue;
    if (field === 'notes' && notes?.kind === 'merged') {
      action = { ...action, notes: notes.text };
      theirs.push(field);
    } else if (byMe && !byMe.has(field)) {
      action = takeField(field, action, current);
      theirs.push(field);
    } else if (!byThem || byThem.has(field)) clashes.push(field);
  }
  return { action, theirs, clashes };
}

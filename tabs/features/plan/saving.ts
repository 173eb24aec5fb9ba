import { ActionView } from '../../../domain/api.ts';
import { Action, type ActionField } from '../../../domain/plan.ts';
import { mergeActions } from '../../../domain/plan-merge.ts';
import { ApiFailure } from '../../lib/api.ts';

/** An action as somebody wants it, and what that is based on. */
export interface ActionEdit {
  readonly action: Action;
  /** Null for an action that is new. */
  readonly base: Action | null;
  readonly etag: string | null;
}

export type ActionSaved =
  /** `theirs`: what somebody else changed meanwhile and is kept; `by`: who. */
  | {
      readonly kind: 'saved';
      readonly view: ActionView;
      readonly theirs: readonly ActionField[];
      readonly by: string | null;
    }
  /** Both changed the same: somebody has to choose. */
  | {
      readonly kind: 'clash';
      readonly merged: Action;
      readonly current: ActionView;
      readonly clashes: readonly ActionField[];
    }
  /** Somebody removed it. */
  | { readonly kind: 'gone' };

export interface ActionStore {
  /** Fails with `version-conflict` when the ETag is not that of what is stored. */
  put(action: Action, etag: string | null): Promise<ActionView>;
  read(): Promise<ActionView | null>;
}

/** How often somebody may save in between before we give up and say so. */
const rounds = 4;

/** Saves an action. What others changed meanwhile is kept, unless both changed the same. */
export async function saveAction(store: ActionStore, edit: ActionEdit): Promise<ActionSaved> {
  let next = edit;
  const theirs = new Set<ActionField>();
  let by: string | null = null;

  for (let round = 1; ; round++) {
    try {
      const view = await store.put(next.action, next.etag);
      return { kind: 'saved', view, theirs: [...theirs], by };
    } catch (error) {
      if (!(error instanceof ApiFailure) || error.code !== 'version-conflict' || round === rounds) throw error;
      const sent = ActionView.safeParse(error.current);
      const current = sent.success ? sent.data : await store.read();
      if (!current) return { kind: 'gone' };
      const stored = valuesOf(current);
      const merged = mergeActions(next.base, next.action, stored);
      if (merged.clashes.length > 0) return { kind: 'clash', merged: merged.action, current, clashes: merged.clashes };
      for (const field of merged.theirs) theirs.add(field);
      by = current.changed.by.name;
      next = { action: merged.action, base: stored, etag: current.etag };
    }
  }
}

/** What people say about an action, without what the server says about it. */
export function valuesOf({ title, owners, due, state, weight, aim, notes }: ActionView): Action {
  return { title, owners, due, state, weight, aim, notes };
}

/** An action of which only the title is known. */
export function newAction(title: string, state: Action['state']): Action {
  return { title: title.trim(), owners: [], due: null, state, weight: 'baseline', aim: null, notes: '' };
}

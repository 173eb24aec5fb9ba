import { ActionView } from '../../../domain/plan/api.ts';
import type { ActionDetails } from '../../../domain/plan/details.ts';
import type { Action, ActionField } from '../../../domain/plan/plan.ts';
import type { Versioned } from '../../lib/save-version.ts';

export interface ActionStore {
  /** Fails with `version-conflict` when the ETag is not that of what is stored. */
  put(action: Action, etag: string | null): Promise<ActionView>;
  read(): Promise<ActionView | null>;
}

/** An action; it is gone when somebody removed it. */
export function versionedAction(store: ActionStore): Versioned<Action, ActionView, ActionField> {
  return {
    put: store.put,
    async current(refusal) {
      const sent = ActionView.safeParse(refusal);
      return sent.success ? sent.data : store.read();
    },
    read: view => ({ value: valuesOf(view), etag: view.etag }),
    async merge(base, mine, theirs) {
      // Few are met by another's change: what compares texts comes then.
      const { mergeActions } = await import('../../../domain/plan/merge.ts');
      const { action, ...merged } = mergeActions(base, mine, theirs);
      return { value: action, ...merged };
    },
  };
}

/** What people say about an action, without what the server says about it. */
export function valuesOf({ title, owners, due, state, weight, aim, notes }: ActionView): Action {
  return { title, owners, due, state, weight, aim, notes };
}

/** What is in it besides its fields. */
export function detailsOf({ steps, links }: ActionDetails): ActionDetails {
  return { steps, links };
}

/** An action of which only the title is known. */
export function newAction(title: string, state: Action['state'], due: string | null = null): Action {
  return { title: title.trim(), owners: [], due, state, weight: 'baseline', aim: null, notes: '' };
}

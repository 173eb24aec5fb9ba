import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { RolesView } from '../../../domain/roles/api.ts';
import { keys } from '../../lib/queries.ts';
import { useSession } from '../../lib/session.tsx';

export interface RoleChange {
  /** Asks for the change; the answer is all roles as they are then. */
  readonly ask: () => Promise<RolesView>;
  /** Said aloud when it is done. */
  readonly done: string;
  /** Asks for it to be as before, where it can be. */
  readonly undo?: () => Promise<RolesView>;
  /** The browser forgets what was typed for it, also when the form was left meanwhile. */
  readonly forget?: () => void;
}

/** Carries out one change at a time and shows what came of it, on every screen it touches. */
export function useRoleChange(after: () => void) {
  const { communityId, announce, offerUndo } = useSession();
  const queries = useQueryClient();

  async function show(view: RolesView): Promise<void> {
    await queries.cancelQueries({ queryKey: keys.roles(communityId) });
    queries.setQueryData(keys.roles(communityId), view);
    // Who may do what depends on the coordinators, and they are a role too.
    void queries.invalidateQueries({ queryKey: keys.community(communityId) });
    void queries.invalidateQueries({ queryKey: keys.settings(communityId) });
  }

  return useMutation({
    mutationFn: ({ ask }: RoleChange) => ask(),
    async onSuccess(view, { done, undo, forget }) {
      forget?.();
      await show(view);
      if (undo)
        offerUndo({
          sentence: done,
          async undo() {
            await show(await undo());
            return true;
          },
        });
      else announce(done);
      after();
    },
  });
}

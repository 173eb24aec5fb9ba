import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { planApi, type ActionView } from '../../../domain/plan/api.ts';
import { withDetail } from '../../../domain/plan/change-detail.ts';
import type { ActionDetails, DetailChange } from '../../../domain/plan/details.ts';
import { useLeavingGuard } from '../../lib/leaving.ts';
import { keys } from '../../lib/queries.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { detailsOf } from './saving.ts';
import { showAction } from './use-plan.ts';

export interface Details {
  /** What is stored, and on top of it what is on its way there. */
  readonly shown: ActionDetails;
  readonly change: (change: DetailChange) => void;
  /** What was refused, or did not arrive, and is shown no more. */
  readonly failed: { readonly error: unknown; readonly again: () => void } | null;
}

/**
 * Steps or links of an action, each changed at once and one after the other. What is refused is gone from sight again.
 *
 * @param part whose changes these are, so that each shows its own failure.
 */
export function useDetails(action: ActionView, part: 'steps' | 'links'): Details {
  const { communityId } = useSession();
  const call = useCall();
  const queries = useQueryClient();
  const [failed, setFailed] = useState<{ readonly error: unknown; readonly change: DetailChange } | null>(null);
  const mutationKey = ['plan', communityId, action.id, part];

  const changing = useMutation({
    mutationKey,
    // The order in which somebody pressed is the order in which it is saved.
    scope: { id: `plan/${communityId}/${action.id}` },
    mutationFn: (change: DetailChange) => call(planApi.changeDetail, { params: { action: action.id }, body: change }),
    onMutate: () => setFailed(null),
    async onSuccess(view) {
      const queryKey = keys.plan(communityId);
      await queries.cancelQueries({ queryKey });
      showAction(queries, communityId, view);
    },
    onError(error, change) {
      setFailed({ error, change });
      // Perhaps somebody removed what was to be changed.
      void queries.invalidateQueries({ queryKey: keys.plan(communityId) });
    },
  });
  const pending = useMutationState({
    filters: { mutationKey, status: 'pending' },
    select: ({ state }) => state.variables as DetailChange,
  });
  useLeavingGuard(pending.length > 0);

  return {
    shown: pending.reduce(orAsItWas, detailsOf(action)),
    change: change => changing.mutate(change),
    failed: failed && { error: failed.error, again: () => changing.mutate(failed.change) },
  };
}

/** What the server will refuse changes nothing here, either. */
function orAsItWas(details: ActionDetails, change: DetailChange): ActionDetails {
  try {
    return withDetail(details, change);
  } catch {
    return details;
  }
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OverviewView } from '../../../domain/overview/api.ts';
import type { OwnAction } from '../../../domain/overview/overview.ts';
import { planApi } from '../../../domain/plan/api.ts';
import type { Action } from '../../../domain/plan/plan.ts';
import { ApiFailure } from '../../lib/api.ts';
import { keys } from '../../lib/queries.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useOverviewText } from './text.ts';

interface Finisher {
  finish(action: OwnAction): void;
  /** What came of the last press that did not go as wished. */
  readonly problem: { readonly sentence: string } | { readonly error: unknown; readonly again: () => void } | null;
}

/** *Done* beside one's own action: seen at once, with a way back, and taken back when it could not be saved. */
export function useDone(): Finisher {
  const { communityId, announce, offerUndo } = useSession();
  const call = useCall();
  const t = useOverviewText();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<Finisher['problem']>(null);
  const key = keys.overview(communityId);

  const save = (id: string, body: Action, etag: string) =>
    call(planApi.saveAction, { params: { action: id }, body, ifMatch: etag });
  function readAnew(): void {
    for (const queryKey of [key, keys.plan(communityId)]) void queries.invalidateQueries({ queryKey });
  }

  const finishing = useMutation({
    mutationFn: ({ id, etag, ...action }: OwnAction) => save(id, { ...action, state: 'done' }, etag),
    async onMutate({ id }) {
      setProblem(null);
      await queries.cancelQueries({ queryKey: key });
      queries.setQueryData<OverviewView>(
        key,
        before =>
          before && {
            ...before,
            mine: { ...before.mine, actions: before.mine.actions.filter(action => action.id !== id) },
            plan: { ...before.plan, mine: before.plan.mine - 1, done: before.plan.done + 1 },
          },
      );
    },
    onSuccess(saved, { id, etag: _etag, ...before }) {
      offerUndo({
        sentence: t('mine.doneSaid', { title: before.title }),
        async undo() {
          await save(id, before, saved.etag);
          readAnew();
          return true;
        },
      });
    },
    onError(error, action) {
      if (error instanceof ApiFailure && (error.code === 'version-conflict' || error.code === 'not-found')) {
        const sentence = t('mine.changed', { title: action.title });
        announce(sentence);
        setProblem({ sentence });
      } else setProblem({ error, again: () => finishing.mutate(action) });
    },
    onSettled: readAnew,
  });
  return { finish: action => finishing.mutate(action), problem };
}

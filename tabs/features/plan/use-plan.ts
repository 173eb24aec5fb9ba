import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { planApi, type ActionView, type PlanView } from '../../../domain/plan/api.ts';
import type { Action, ActionField, ActionState } from '../../../domain/plan/plan.ts';
import { keys } from '../../lib/queries.ts';
import { saveVersion, type Edit, type Saved } from '../../lib/save-version.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { valuesOf, versionedAction } from './saving.ts';
import { usePlanText } from './text.ts';

/** Saves an action and shows it in the plan at once, also when the form was left meanwhile. */
export function useSaveAction(): (id: string, edit: Edit<Action>) => Promise<Saved<Action, ActionView, ActionField>> {
  const { communityId } = useSession();
  const call = useCall();
  const queries = useQueryClient();

  return useCallback(
    async (id, edit) => {
      const versioned = versionedAction({
        put: (action, etag) => call(planApi.saveAction, { params: { action: id }, body: action, ifMatch: etag }),
        read: async () => (await call(planApi.plan)).actions.find(action => action.id === id) ?? null,
      });
      const saved = await saveVersion(versioned, edit);
      const key = keys.plan(communityId);
      await queries.cancelQueries({ queryKey: key });
      if (saved.kind !== 'gone')
        queries.setQueryData<PlanView>(key, before => before && withAction(before, saved.view));
      return saved;
    },
    [call, communityId, queries],
  );
}

export interface Mover {
  move(action: ActionView, state: ActionState): void;
  /** What came of the last move that did not go as wished. */
  readonly problem: { readonly sentence: string } | { readonly error: unknown; readonly again: () => void } | null;
}

interface Move {
  readonly action: ActionView;
  readonly state: ActionState;
  /** Whether it takes another move back: then there is no way back from it. */
  readonly isUndo?: boolean;
}

/** Moves an action to another state: seen at once, and taken back when it could not be saved. */
export function useMove(): Mover {
  const { communityId, announce, offerUndo } = useSession();
  const t = usePlanText();
  const queries = useQueryClient();
  const save = useSaveAction();
  const [problem, setProblem] = useState<Mover['problem']>(null);
  const key = keys.plan(communityId);

  const moving = useMutation({
    mutationFn: ({ action, state }: Move) => {
      const base: Action = valuesOf(action);
      return save(action.id, { value: { ...base, state }, base, etag: action.etag });
    },
    async onMutate({ action, state }) {
      setProblem(null);
      await queries.cancelQueries({ queryKey: key });
      queries.setQueryData<PlanView>(key, before => before && withAction(before, { ...action, state }));
    },
    onSuccess(saved, { action: { title, state: before }, state, isUndo }) {
      const done = t('moved', { title, state: t(`state.${state}`) });
      if (saved.kind === 'saved') {
        if (!isUndo) offerUndo({ sentence: done, undo: () => moveBack(saved.view, before) });
        return;
      }
      const sentence =
        saved.kind === 'clash'
          ? t('movedByOther', { name: saved.view.changed.by.name, title, state: t(`state.${saved.view.state}`) })
          : t('movedGone', { title });
      announce(sentence);
      setProblem({ sentence });
      if (saved.kind === 'gone') void queries.invalidateQueries({ queryKey: key });
    },
    onError(error, { action, state }) {
      queries.setQueryData<PlanView>(key, before => before && withAction(before, action));
      setProblem({ error, again: () => moving.mutate({ action, state }) });
    },
  });

  async function moveBack(action: ActionView, state: ActionState): Promise<boolean> {
    return (await moving.mutateAsync({ action, state, isUndo: true })).kind === 'saved';
  }

  return {
    problem,
    move(action, state) {
      if (action.state !== state) moving.mutate({ action, state });
    },
  };
}

/** The plan with one action replaced or added. */
function withAction(plan: PlanView, action: ActionView): PlanView {
  const known = plan.actions.some(({ id }) => id === action.id);
  return {
    ...plan,
    actions: known
      ? plan.actions.map(before => (before.id === action.id ? action : before))
      : [...plan.actions, action],
  };
}

/** The plan without one action. */
export function withoutAction(plan: PlanView, id: string): PlanView {
  return { ...plan, actions: plan.actions.filter(action => action.id !== id) };
}

import { useMutation, useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { planApi, type ActionView, type OlderActions, type PlanView } from '../../../domain/plan/api.ts';
import type { ActionDetails } from '../../../domain/plan/details.ts';
import { changedFields, takeField, type Action, type ActionField } from '../../../domain/plan/plan.ts';
import { keys } from '../../lib/queries.ts';
import { ApiFailure } from '../../lib/api.ts';
import { saveVersion, type Edit, type Saved } from '../../lib/save-version.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { valuesOf, versionedAction } from './saving.ts';
import { usePlanText } from './text.ts';

/** Saves an action and shows it in the plan at once, also when the form was left meanwhile. */
export function useSaveAction(): (
  id: string,
  edit: Edit<Action>,
  /** What comes back with an action whose removal is undone. */
  details?: ActionDetails,
) => Promise<Saved<Action, ActionView, ActionField>> {
  const { communityId } = useSession();
  const call = useCall();
  const queries = useQueryClient();

  return useCallback(
    async (id, edit, details) => {
      const versioned = versionedAction({
        put: (action, etag) =>
          call(planApi.saveAction, { params: { action: id }, body: { ...action, ...details }, ifMatch: etag }),
        read: () => readAction(call, id),
      });
      const saved = await saveVersion(versioned, edit);
      const key = keys.plan(communityId);
      await queries.cancelQueries({ queryKey: key });
      if (saved.kind !== 'gone') showAction(queries, communityId, saved.view);
      return saved;
    },
    [call, communityId, queries],
  );
}

export interface Changer {
  /** Saves what was changed in place. */
  change(action: ActionView, wanted: Action): void;
  /** What came of the last change that did not go as wished. */
  readonly problem: { readonly sentence: string } | { readonly error: unknown; readonly again: () => void } | null;
}

interface InPlace {
  readonly action: ActionView;
  readonly wanted: Action;
  /** Whether it takes another change back: then there is no way back from it. */
  readonly isUndo?: boolean;
}

/** Changes an action without opening it: seen at once, and taken back when it could not be saved. */
export function useChange(): Changer {
  const { communityId, announce, offerUndo } = useSession();
  const t = usePlanText();
  const queries = useQueryClient();
  const save = useSaveAction();
  const [problem, setProblem] = useState<Changer['problem']>(null);
  const key = keys.plan(communityId);

  const changing = useMutation({
    mutationFn: ({ action, wanted }: InPlace) =>
      save(action.id, { value: wanted, base: valuesOf(action), etag: action.etag }),
    async onMutate({ action, wanted }) {
      setProblem(null);
      await queries.cancelQueries({ queryKey: key });
      showAction(queries, communityId, { ...action, ...wanted });
    },
    onSuccess(saved, { action, wanted, isUndo }) {
      const { title } = wanted;
      if (saved.kind === 'saved') {
        const isMove = action.state !== wanted.state;
        const done = isMove
          ? t('moved', { title, state: t(`state.${wanted.state}`) })
          : t('panel.saved', { title: saved.view.title });
        if (!isUndo) offerUndo({ sentence: done, undo: () => changeBack(saved.view, valuesOf(action)) });
        return;
      }
      const sentence = saved.kind === 'clash' ? clashed(saved, wanted) : t('movedGone', { title });
      announce(sentence);
      setProblem({ sentence });
      if (saved.kind === 'gone') void queries.invalidateQueries({ queryKey: key });
    },
    onError(error, { action, wanted }) {
      showAction(queries, communityId, action);
      setProblem({ error, again: () => changing.mutate({ action, wanted }) });
    },
  });

  function clashed(
    { view, clashes }: Extract<Saved<Action, ActionView, ActionField>, { kind: 'clash' }>,
    wanted: Action,
  ) {
    const { name } = view.changed.by;
    return clashes.includes('state')
      ? t('movedByOther', { name, title: wanted.title, state: t(`state.${view.state}`) })
      : t('changedByOther', { name, title: wanted.title });
  }

  /** Only what was changed goes back: what else has happened to it since stays. */
  async function changeBack(now: ActionView, before: Action): Promise<boolean> {
    const wanted = changedFields(before, valuesOf(now)).reduce(
      (next, field) => takeField(field, next, before),
      valuesOf(now),
    );
    return (await changing.mutateAsync({ action: now, wanted, isUndo: true })).kind === 'saved';
  }

  return {
    problem,
    change(action, wanted) {
      if (changedFields(valuesOf(action), wanted).length > 0) changing.mutate({ action, wanted });
    },
  };
}

/** Shows an action as it is now, also one that was done long ago. */
export function showAction(queries: QueryClient, community: string, action: ActionView): void {
  queries.setQueryData<PlanView>(keys.plan(community), before => before && withAction(before, action));
  changeOlder(queries, community, actions => actions.map(before => (before.id === action.id ? action : before)));
}

/** Shows some actions no longer. */
export function hideActions(queries: QueryClient, community: string, ids: readonly string[]): void {
  const stays = ({ id }: ActionView): boolean => !ids.includes(id);
  queries.setQueryData<PlanView>(
    keys.plan(community),
    before => before && { ...before, actions: before.actions.filter(stays) },
  );
  changeOlder(queries, community, actions => actions.filter(stays));
}

function changeOlder(
  queries: QueryClient,
  community: string,
  change: (actions: readonly ActionView[]) => ActionView[],
): void {
  queries.setQueryData<InfiniteData<OlderActions>>(
    keys.olderActions(community),
    before => before && { ...before, pages: before.pages.map(page => ({ ...page, actions: change(page.actions) })) },
  );
}

/** One action as it is stored now; null when it was removed. */
export async function readAction(call: ReturnType<typeof useCall>, id: string): Promise<ActionView | null> {
  try {
    return await call(planApi.action, { params: { action: id } });
  } catch (error) {
    if (error instanceof ApiFailure && error.code === 'not-found') return null;
    throw error;
  }
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

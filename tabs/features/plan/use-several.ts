import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { planApi, type ActionView } from '../../../domain/plan/api.ts';
import { mayChange, type Action, type ActionField } from '../../../domain/plan/plan.ts';
import { ApiFailure } from '../../lib/api.ts';
import { keys } from '../../lib/queries.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { detailsOf, valuesOf } from './saving.ts';
import { usePlanText } from './text.ts';
import { hideActions, useSaveAction } from './use-plan.ts';

export interface Several {
  /** Changes one thing about all that are chosen. */
  readonly change: (chosen: readonly ActionView[], field: ActionField, to: (action: ActionView) => Action) => void;
  readonly remove: (chosen: readonly ActionView[]) => void;
  readonly busy: boolean;
  /** What stayed as it was, and why; empty for nothing. */
  readonly problem: string;
}

/** Several actions at once: each is saved as if it were alone, and one press takes all of it back. */
export function useSeveral(): Several {
  const { communityId, announce, offerUndo, texts } = useSession();
  const t = usePlanText();
  const call = useCall();
  const queries = useQueryClient();
  const save = useSaveAction();
  const [problem, setProblem] = useState('');
  const key = keys.plan(communityId);

  const working = useMutation({
    mutationFn: (work: () => Promise<void>) => work(),
    onMutate: () => setProblem(''),
    onError: () => void queries.invalidateQueries({ queryKey: key }),
  });

  /** What stayed as it was, by its title. */
  function tell(left: readonly ActionView[], notMine: readonly ActionView[]): void {
    const list = new Intl.ListFormat(texts.locale);
    const named = (those: readonly ActionView[]) => ({
      count: those.length,
      titles: list.format(those.map(({ title }) => title)),
    });
    const said = [
      ...(left.length > 0 ? [t('several.left', named(left))] : []),
      ...(notMine.length > 0 ? [t('several.notYours', named(notMine))] : []),
    ].join(' ');
    setProblem(said);
    if (said !== '') announce(said);
  }

  return {
    busy: working.isPending,
    problem,
    change(chosen, field, to) {
      const mine = chosen.filter(({ reach }) => mayChange(field, reach));
      const open = mine.map(action => ({ action, wanted: to(action) }));
      working.mutate(async () => {
        const done: { before: Action; view: ActionView }[] = [];
        try {
          for (const { action, wanted } of open) {
            const base = valuesOf(action);
            // One after the other: SharePoint's units are for everybody.
            const saved = await save(action.id, { value: wanted, base, etag: action.etag });
            if (saved.kind === 'saved') done.push({ before: base, view: saved.view });
          }
        } finally {
          // What was changed before something failed can be taken back, too.
          if (done.length > 0)
            offerUndo({
              sentence: t('several.changed', { count: done.length }),
              undo: async () => {
                const back = await Promise.all(
                  done.map(({ before, view }) =>
                    save(view.id, {
                      value: { ...valuesOf(view), [field]: before[field] },
                      base: valuesOf(view),
                      etag: view.etag,
                    }),
                  ),
                );
                return back.every(({ kind }) => kind === 'saved');
              },
            });
          const saved = new Set(done.map(({ view }) => view.id));
          tell(
            mine.filter(({ id }) => !saved.has(id)),
            chosen.filter(action => !mine.includes(action)),
          );
        }
      });
    },
    remove(chosen) {
      const mine = chosen.filter(({ reach }) => reach === 'everything');
      working.mutate(async () => {
        const gone: ActionView[] = [];
        try {
          for (const action of mine) {
            try {
              await call(planApi.removeAction, { params: { action: action.id }, ifMatch: action.etag });
              gone.push(action);
            } catch (error) {
              // Somebody changed this one, which is no reason to leave the others.
              if (!(error instanceof ApiFailure) || error.code !== 'version-conflict') throw error;
            }
          }
        } finally {
          await queries.cancelQueries({ queryKey: key });
          hideActions(
            queries,
            communityId,
            gone.map(({ id }) => id),
          );
          if (gone.length > 0)
            offerUndo({
              sentence: t('several.removed', { count: gone.length }),
              undo: async () => {
                const back = await Promise.all(
                  gone.map(action =>
                    save(action.id, { value: valuesOf(action), base: null, etag: null }, detailsOf(action)),
                  ),
                );
                return back.every(({ kind }) => kind === 'saved');
              },
            });
          tell(
            mine.filter(action => !gone.includes(action)),
            chosen.filter(action => !mine.includes(action)),
          );
        }
      });
    },
  };
}

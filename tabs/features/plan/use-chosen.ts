import { useCallback, useMemo, useState } from 'react';
import type { ActionView } from '../../../domain/plan/api.ts';

/** Which actions are chosen, to change something about all of them at once. */
export interface Chosen {
  readonly ids: ReadonlySet<string>;
  /** Whether something was chosen before: what could not be done stays named when nothing is chosen any more. */
  readonly began: boolean;
  readonly choose: (some: readonly ActionView[], isChosen: boolean) => void;
  /** One of them, or all from the one before to it, as they stand in `range`. */
  readonly pick: (action: ActionView, isChosen: boolean, range?: readonly ActionView[]) => void;
  readonly clear: () => void;
}

const nothing: ReadonlySet<string> = new Set();

export function useChosen(): Chosen {
  const [ids, setIds] = useState(nothing);
  const [began, setBegan] = useState(false);
  const [last, setLast] = useState<string | null>(null);

  const choose = useCallback((some: readonly ActionView[], isChosen: boolean) => {
    setIds(before => {
      const next = new Set(before);
      for (const { id } of some)
        if (isChosen) next.add(id);
        else next.delete(id);
      return next;
    });
    setBegan(true);
  }, []);

  const pick = useCallback(
    (action: ActionView, isChosen: boolean, range: readonly ActionView[] = []) => {
      const places = [range.findIndex(({ id }) => id === last), range.indexOf(action)];
      choose(places.includes(-1) ? [action] : range.slice(Math.min(...places), Math.max(...places) + 1), isChosen);
      setLast(action.id);
    },
    [choose, last],
  );

  const clear = useCallback(() => setIds(nothing), []);
  return useMemo(() => ({ ids, began, choose, pick, clear }), [ids, began, choose, pick, clear]);
}

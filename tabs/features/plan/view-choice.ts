import { z } from 'zod';
import { Arrangement, asPlanned } from './arrange.ts';

export const views = ['board', 'list', 'calendar'] as const;
const View = z.enum(views);
export type View = z.infer<typeof View>;

export interface ViewChoice {
  readonly read: () => View;
  readonly keep: (view: View) => void;
  readonly readArrangement: () => Arrangement;
  readonly keepArrangement: (arrangement: Arrangement) => void;
}

/**
 * How this person likes to see a plan, remembered in this browser.
 *
 * @param isNarrow on a phone the list comes first, unless somebody has chosen.
 */
export function createViewChoice(
  storage: () => Pick<Storage, 'getItem' | 'setItem'>,
  isNarrow: () => boolean,
): ViewChoice {
  const keys = { view: 'cop-companion.plan-view', arrangement: 'cop-companion.plan-list' };

  function get(key: string): string | null {
    try {
      return storage().getItem(key);
    } catch {
      return null;
    }
  }
  function set(key: string, value: string): void {
    try {
      storage().setItem(key, value);
    } catch {
      // Then it is as ever again next time.
    }
  }

  return {
    read: () => View.safeParse(get(keys.view)).data ?? (isNarrow() ? 'list' : 'board'),
    keep: view => set(keys.view, view),
    readArrangement() {
      try {
        return Arrangement.safeParse(JSON.parse(get(keys.arrangement) ?? 'null')).data ?? asPlanned;
      } catch {
        return asPlanned;
      }
    },
    keepArrangement: arrangement => set(keys.arrangement, JSON.stringify(arrangement)),
  };
}

import { z } from 'zod';

export const views = ['board', 'list'] as const;
const View = z.enum(views);
export type View = z.infer<typeof View>;

/** How this person likes to see a plan, remembered in this browser. */
export function createViewChoice(storage: () => Pick<Storage, 'getItem' | 'setItem'>): {
  read(): View;
  keep(view: View): void;
} {
  const key = 'cop-companion.plan-view';
  return {
    read() {
      try {
        return View.safeParse(storage().getItem(key)).data ?? 'board';
      } catch {
        return 'board';
      }
    },
    keep(view) {
      try {
        storage().setItem(key, view);
      } catch {
        // Then it is the board again next time.
      }
    },
  };
}

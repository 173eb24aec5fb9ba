import { lazy, useState, type ComponentType } from 'react';
import { useWhenIdle } from './use-when-idle.ts';

/** A part of a screen whose code comes after the first view. It belongs inside a `Suspense`, for whoever is faster. */
export type Later<Properties> = ComponentType<Properties> & {
  /** Gets its code; what does not come is asked for again when the part is shown. */
  readonly prepare: () => void;
};

/**
 * A part of a screen that is not looked at first: a form, a dialog, a menu. With its code there it is drawn at once;
 * `lazy` alone would show what stands in its place for a moment, and React keeps that for 300 ms.
 */
export function later<Properties extends object>(
  load: () => Promise<{ readonly default: ComponentType<Properties> }>,
): Later<Properties> {
  let here: ComponentType<Properties> | null = null;
  const get = async () => {
    const code = await load();
    here = code.default;
    return code;
  };
  const Lazy = lazy(get);

  function Part(properties: Properties) {
    // One that was shown before its code came goes on as it is: another component would begin anew.
    const [Component] = useState<ComponentType<Properties>>(() => here ?? Lazy);
    return <Component {...properties} />;
  }
  return Object.assign(Part, { prepare: () => void get().catch(() => undefined) });
}

/** Gets the code of parts once the screen stands and the browser has nothing else to do. */
export function usePrepared(stands: boolean, ...parts: readonly { readonly prepare: () => void }[]): void {
  useWhenIdle(stands, () => {
    for (const { prepare } of parts) prepare();
  });
}

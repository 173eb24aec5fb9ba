import { useCallback, useRef } from 'react';

export interface FocusTarget {
  /** Goes to the `ref` of what can take the focus. */
  readonly ref: (element: HTMLElement | null) => void;
  readonly focus: () => void;
}

/**
 * Something to move the focus to. A callback, because Fluent's types refuse ref objects under
 * `exactOptionalPropertyTypes`.
 */
export function useFocusTarget(): FocusTarget {
  const held = useRef<HTMLElement | null>(null);
  const ref = useCallback((element: HTMLElement | null) => {
    held.current = element;
  }, []);
  const focus = useCallback(() => held.current?.focus(), []);
  return { ref, focus };
}

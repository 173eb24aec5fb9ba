import type { ReactNode } from 'react';
import type { FocusTarget } from '../lib/focus.ts';

/** What a field is told in which one types and chooses from what fits. */
export interface ChoiceProperties {
  readonly ref?: FocusTarget['ref'];
  /** Where no label is in sight. */
  readonly label?: string;
  readonly placeholder?: string;
  /** What the field says. */
  readonly value: string;
  /** The values that are chosen already. */
  readonly chosen: readonly string[];
  readonly options: readonly {
    /** No two are the same. */
    readonly value: string;
    /** What is typed to find it. */
    readonly text: string;
    readonly shown: ReactNode;
    readonly disabled?: boolean;
  }[];
  readonly disabled?: boolean;
  /** Whether what was typed stays although it is no option. */
  readonly freeform?: boolean;
  readonly type: (text: string) => void;
  readonly leave: () => void;
  readonly choose: (value: string | undefined) => void;
}

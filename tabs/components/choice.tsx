import { Suspense, useState, type ReactNode } from 'react';
import { Input } from '@fluentui/react-components';
import type { FocusTarget } from '../lib/focus.ts';
import { later } from '../lib/later.tsx';

export interface ChoiceProperties {
  readonly ref?: FocusTarget['ref'];
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

const ComboBox = later(() => import('./combo-box.tsx'));

/** A field to type in and choose from what fits. It stands at once; the list under it comes a little later. */
export function Choice(properties: ChoiceProperties) {
  const { placeholder, value, disabled = false } = properties;
  const [entered, setEntered] = useState(false);
  return (
    <Suspense
      fallback={
        <Input
          readOnly
          value={value}
          disabled={disabled}
          onFocus={() => setEntered(true)}
          onBlur={() => setEntered(false)}
          {...(placeholder === undefined ? {} : { placeholder })}
        />
      }
    >
      <ComboBox {...properties} autoFocus={entered} />
    </Suspense>
  );
}

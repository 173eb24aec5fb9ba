import { Suspense } from 'react';
import { later } from '../lib/later.tsx';

export interface CheckListProperties {
  /** What they are together, where nothing around them says so. */
  readonly label?: string;
  readonly items: readonly {
    readonly key: string;
    readonly label: string;
    readonly checked: boolean;
    readonly disabled?: boolean;
  }[];
  readonly change: (key: string, checked: boolean) => void;
}

const CheckBoxes = later(() => import('./check-boxes.tsx'));

/** How high one of them is, in pixels. */
const height = 32;

/** Things to tick, one below the other. The boxes come after the form they stand in, which has kept their place. */
export function CheckList(properties: CheckListProperties) {
  return (
    <Suspense fallback={<div style={{ minHeight: properties.items.length * height }} />}>
      <CheckBoxes {...properties} />
    </Suspense>
  );
}

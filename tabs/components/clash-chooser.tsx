import { Suspense, lazy, type ComponentType } from 'react';
import type { ClashProperties } from './clash-properties.ts';

const ClashSides = lazy(() => import('./clash-sides.tsx'));

/** Both versions of each field that two people changed at once, to choose from. Few forms ever show it: it comes then. */
export function ClashChooser<Value, Name extends string>(properties: ClashProperties<Value, Name>) {
  const Sides = ClashSides as ComponentType<unknown> as ComponentType<ClashProperties<Value, Name>>;
  return (
    <Suspense fallback={null}>
      <Sides {...properties} />
    </Suspense>
  );
}

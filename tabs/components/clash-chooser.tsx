import { Suspense, lazy, type ComponentType } from 'react';

const ClashSides = lazy(() => import('./clash-sides.tsx'));

/** What two people changed at once, and what becomes of it. */
export interface ClashProperties<Value, Name extends string> {
  readonly title: string;
  /** Who saved the other version, where we know. */
  readonly by?: string | null;
  readonly clash: { readonly parts: readonly Name[]; readonly mine: Value; readonly theirs: Value };
  readonly label: (field: Name) => string;
  /** A field in words; empty for nothing. */
  readonly show: (field: Name, from: Value) => string;
  /** Whether a field is Markdown, which is shown as it reads. */
  readonly isMarkdown?: (field: Name) => boolean;
  /** Whose version of a field the form shows; what was written since is mine. */
  readonly chosen: (field: Name) => 'mine' | 'theirs';
  readonly take: (field: Name, from: Value) => void;
}

/** Both versions of each field that two people changed at once, to choose from. Few forms ever show it: it comes then. */
export function ClashChooser<Value, Name extends string>(properties: ClashProperties<Value, Name>) {
  const Sides = ClashSides as ComponentType<unknown> as ComponentType<ClashProperties<Value, Name>>;
  return (
    <Suspense fallback={null}>
      <Sides {...properties} />
    </Suspense>
  );
}

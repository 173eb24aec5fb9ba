import { ApiFailure } from './api.ts';

/** A value as somebody wants it, and what that is based on. */
export interface Edit<Value> {
  readonly value: Value;
  /** Null where nothing was stored. */
  readonly base: Value | null;
  readonly etag: string | null;
}

/** Mine and theirs put together. `Clash` says what both changed: a field, or a part of a text. */
export interface Merged<Value, Field, Clash = Field> {
  /** Theirs where only they changed something, otherwise mine. */
  readonly value: Value;
  /** What only they changed. */
  readonly theirs: readonly Field[];
  /** What both changed, differently: mine stands in `value` until somebody chooses. */
  readonly clashes: readonly Clash[];
}

/** One kind of thing that is saved with the ETag it is based on. */
export interface Versioned<Value, View, Field, Clash = Field> {
  /** Fails with `version-conflict` when the ETag is not that of what is stored. */
  put(value: Value, etag: string | null): Promise<View>;
  /** What is stored now: the refusal carries it, or it is asked for. Null when there is nothing to save to any more. */
  current(refusal: unknown): Promise<View | null>;
  /** What of a view people write. A null value is a thing nobody has stored yet. */
  read(view: View): Stored<Value | null>;
  /** @param base what both began from; null when there was nothing, so that every difference is a clash. */
  merge(
    base: Value | null,
    mine: Value,
    theirs: Value,
  ): Merged<Value, Field, Clash> | Promise<Merged<Value, Field, Clash>>;
}

export interface Stored<Value> {
  readonly value: Value;
  readonly etag: string | null;
}

export type Saved<Value, View, Field, Clash = Field> =
  /** `theirs`: what others changed meanwhile and is kept; `met`: the versions it came from. */
  | { readonly kind: 'saved'; readonly view: View; readonly theirs: readonly Field[]; readonly met: readonly View[] }
  /** Both changed the same: somebody has to choose. */
  | {
      readonly kind: 'clash';
      readonly merged: Value;
      readonly view: View;
      readonly stored: Stored<Value>;
      readonly clashes: readonly Clash[];
    }
  /** There is nothing to save to any more. */
  | { readonly kind: 'gone' };

/** How often somebody may save in between before we give up and say so. */
const rounds = 4;

/** Saves an edit. What others changed meanwhile is kept, unless both changed the same. */
export async function saveVersion<Value, View, Field, Clash = Field>(
  { put, current, read, merge }: Versioned<Value, View, Field, Clash>,
  edit: Edit<Value>,
): Promise<Saved<Value, View, Field, Clash>> {
  let next = edit;
  const theirs = new Set<Field>();
  const met: View[] = [];

  for (let round = 1; ; round++) {
    try {
      const view = await put(next.value, next.etag);
      return { kind: 'saved', view, theirs: [...theirs], met };
    } catch (error) {
      if (!(error instanceof ApiFailure) || error.code !== 'version-conflict' || round === rounds) throw error;
      const view = await current(error.current);
      if (view === null) return { kind: 'gone' };
      const { value, etag } = read(view);
      if (value === null) {
        next = { ...next, base: null, etag };
        continue;
      }
      const { value: merged, clashes, ...kept } = await merge(next.base, next.value, value);
      if (clashes.length > 0) return { kind: 'clash', merged, view, stored: { value, etag }, clashes };
      for (const field of kept.theirs) theirs.add(field);
      met.push(view);
      // Somebody already saved just this: writing it again would only change whose it is.
      if (etag !== null && isSame(merged, value)) return { kind: 'saved', view, theirs: [...theirs], met };
      next = { value: merged, base: value, etag };
    }
  }
}

/** Whether two values say the same, in whatever order their fields stand. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one, inOrder) === JSON.stringify(other, inOrder);
}

function inOrder(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

import { mergeEdits } from './merge.ts';

/** Two edits of one thing put together, field by field. */
interface MergedFields<Value, Field extends keyof Value = keyof Value> {
  /** Theirs where only they changed something, otherwise mine. */
  readonly value: Value;
  /** What only they changed, and texts that both changed in different places. */
  readonly theirs: readonly Field[];
  /** What both changed, differently: mine stands in `value` until somebody chooses. */
  readonly clashes: readonly Field[];
}

/**
 * @param base what both began from; null when there was nothing, so that every difference is a clash
 * @param how `changed` says in which fields two differ; `text` is the field whose lines are put together
 */
export function mergeFields<Value extends object, Field extends keyof Value & string>(
  { base, mine, current }: { readonly base: Value | null; readonly mine: Value; readonly current: Value },
  how: { readonly changed: (one: Value, other: Value) => readonly Field[]; readonly text: Field },
): MergedFields<Value, Field> {
  const byMe = base && new Set(how.changed(base, mine));
  const byThem = base && new Set(how.changed(base, current));
  let value = mine;
  const theirs: Field[] = [];
  const clashes: Field[] = [];
  for (const field of how.changed(mine, current)) {
    const isText = base !== null && field === how.text && byMe?.has(field) && byThem?.has(field);
    const together = isText ? mergeEdits(String(base[field]), String(mine[field]), String(current[field])) : null;
    if (together?.kind === 'merged') {
      value = { ...value, [field]: together.text };
      theirs.push(field);
    } else if (byMe && !byMe.has(field)) {
      value = withField(field, value, current);
      theirs.push(field);
    } else if (!byThem || byThem.has(field)) clashes.push(field);
  }
  return { value, theirs, clashes };
}

/** `into` with one field of `from`. */
export function withField<Value extends object>(field: keyof Value, into: Value, from: Value): Value {
  return { ...into, [field]: from[field] };
}

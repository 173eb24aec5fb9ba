const steps = 10;

/** A bar as the widths of two columns, `filled` and `rest`, that together make ten. Never without words beside it. */
export interface Bar {
  readonly filled: number;
  readonly rest: number;
}

/** Rounded down, so that only what is all done looks full; but the first step shows. */
export function barOf(done: number, of: number): Bar {
  const filled = done === 0 ? 0 : Math.max(1, Math.floor((done / of) * steps));
  return { filled, rest: steps - filled };
}

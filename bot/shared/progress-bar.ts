const steps = 10;

/** A bar of ten steps for a card. Rounded down, so that only what is all done looks full; but the first step shows. */
export function progressBar(done: number, of: number): string {
  const filled = done === 0 ? 0 : Math.max(1, Math.floor((done / of) * steps));
  return '▰'.repeat(filled) + '▱'.repeat(steps - filled);
}

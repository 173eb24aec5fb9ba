/** The most moments that any window of this length holds. */
export function mostIn(moments: readonly number[], milliseconds: number): number {
  const sorted = moments.toSorted((a, b) => a - b);
  let [most, first] = [0, 0];
  sorted.forEach((moment, index) => {
    while (moment - (sorted[first] ?? 0) >= milliseconds) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}

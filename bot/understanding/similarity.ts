/** How alike two stems are, from 0 to 1: misspelt words count nearly as much as the right ones, cut ones a little less. */
export function similarity(one: string, other: string): number {
  if (one === other) return 1;
  const shorter = Math.min(one.length, other.length);
  const longer = Math.max(one.length, other.length);
  if (shorter < 3 || /[\d@…]/.test(one + other)) return 0;
  const allowed = longer >= 8 ? 2 : longer >= 4 ? 1 : 0;
  if (longer - shorter <= allowed) {
    const edits = distance(one, other, allowed);
    // A short word that begins otherwise is another word: "none" is not "done".
    if (edits <= allowed && (longer >= 6 || one[0] === other[0])) return 1 - edits * (shorter >= 6 ? 0.1 : 0.18);
  }
  return shorter >= 4 && shorter / longer >= 0.55 && (one.startsWith(other) || other.startsWith(one)) ? 0.75 : 0;
}

/**
 * Letters to add, leave out or change; those that changed places with their neighbour count half. More than `most` when
 * there are more.
 */
function distance(one: string, other: string, most: number): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      let best = Math.min(last[column]! + 1, next[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (swapped) best = Math.min(best, before[column - 2]! + 0.5);
      next.push(best);
    }
    if (Math.min(...next) > most) return most + 1;
    before = last;
    last = next;
  }
  return last[other.length]!;
}

import { diffLines, diffWordsWithSpace } from 'diff';

/** A stretch of two texts that is in both, in the newer one only, or in the older one only. */
export interface Difference {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/**
 * Two texts with more edits than this are compared line by line: word by word it would take seconds, and say little.
 */
const mostEdits = 1_500;

/** What became of a text, word by word. Together the stretches hold all of both texts. */
export function differences(before: string, after: string): readonly Difference[] {
  const [older, newer] = [before.replace(/\r\n?/g, '\n'), after.replace(/\r\n?/g, '\n')];
  const changes =
    diffWordsWithSpace(older, newer, { maxEditLength: mostEdits }) ??
    diffLines(older, newer, { maxEditLength: mostEdits });
  if (!changes)
    return [
      { kind: 'removed', text: older },
      { kind: 'added', text: newer },
    ];
  return changes.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }));
}

/** How many words came and went. */
export function wordsChanged(changes: readonly Difference[]): { readonly added: number; readonly removed: number } {
  const count = (kind: Difference['kind']): number =>
    changes.reduce(
      (sum, change) => (change.kind === kind ? sum + (change.text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) : sum),
      0,
    );
  return { added: count('added'), removed: count('removed') };
}

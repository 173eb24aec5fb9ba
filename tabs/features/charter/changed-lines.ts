import { diffArrays } from 'diff';
import { tooComplex } from '../../../domain/markdown-complexity.ts';
import { linesOf, type Line, type Run } from '../../components/rich-text/lines.ts';
import type { Difference } from './differences.ts';

/** A stretch of a line that came, went or stayed as a whole. */
interface Stretch {
  readonly kind: Difference['kind'];
  readonly runs: readonly Run[];
}

/** A line of the newer text, or one of the older that is there no more. */
export interface ChangedLine extends Omit<Line, 'runs'> {
  readonly stretches: readonly Stretch[];
}

/** What is compared: that a line begins, and each word of it as it looks. */
type Token = { readonly line: Omit<Line, 'runs'> } | { readonly run: Run };

/** Texts with more edits than this are not compared word by word. */
const mostEdits = 1_500;

/** What became of a text as readers see it, word by word; null for what cannot be compared so. */
export function changedLines(before: string, after: string): readonly ChangedLine[] | null {
  if (tooComplex(before) || tooComplex(after)) return null;
  const changes = diffArrays<Token>([...tokensOf(before)], [...tokensOf(after)], {
    comparator: (one, other) => nameOf(one) === nameOf(other),
    maxEditLength: mostEdits,
  });
  if (!changes) return null;
  const lines: { line: Omit<Line, 'runs'>; stretches: Stretch[] }[] = [];
  for (const { added, removed, value } of changes) {
    const kind = added ? 'added' : removed ? 'removed' : 'same';
    for (const token of value) {
      const last = lines.at(-1);
      if ('line' in token) lines.push({ line: token.line, stretches: [] });
      else if (last) append(last.stretches, kind, token.run);
    }
  }
  return lines.filter(({ stretches }) => stretches.length > 0).map(({ line, stretches }) => ({ ...line, stretches }));
}

function append(stretches: Stretch[], kind: Stretch['kind'], run: Run): void {
  const last = stretches.at(-1);
  if (last?.kind === kind) stretches[stretches.length - 1] = { kind, runs: joined(last.runs, run) };
  else stretches.push({ kind, runs: [run] });
}

function joined(runs: readonly Run[], run: Run): readonly Run[] {
  const last = runs.at(-1);
  return last && nameOf({ run: { ...last, text: '' } }) === nameOf({ run: { ...run, text: '' } })
    ? [...runs.slice(0, -1), { ...last, text: last.text + run.text }]
    : [...runs, run];
}

function tokensOf(text: string): readonly Token[] {
  return linesOf(text).flatMap(({ runs, ...line }): readonly Token[] => [
    { line },
    ...runs.flatMap(run =>
      run.text
        .split(/(\s+|[\p{L}\p{N}]+)/u)
        .filter(word => word !== '')
        .map(word => ({ run: { ...run, text: word } })),
    ),
  ]);
}

function nameOf(token: Token): string {
  return 'line' in token ? `line ${token.line.kind} ${token.line.depth}` : JSON.stringify(token.run);
}

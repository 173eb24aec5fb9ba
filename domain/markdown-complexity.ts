/** Why a text is not read as Markdown, and the line on which it became too much, counted from 1. */
export interface TooComplex {
  readonly reason: 'nested' | 'lines' | 'marks' | 'long';
  readonly line: number;
  /** How much there may be. */
  readonly most: number;
}

/** Quotations and lists within each other. */
const deepest = 20;
/** A reader of Markdown spends time on every line, also on empty ones. */
const mostLines = 1_000;
/** What may open or close emphasis, code, a link, a table's cell: readers compare each with those before it. */
const mostMarks = 2_000;
/** In characters. Only a text that came by another way than ours is longer than a section may be. */
const longest = 40_000;

/** What begins a quotation, a list item or a footnote, with the space before it. */
const container = /([ \t]*)(?:>|[-+*](?=[ \t\n]|$)|\d{1,9}[.)](?=[ \t\n]|$)|\[\^[^\]\s]{1,200}\]:)/y;
const mark = /[*_~[\]|`<]/g;

/**
 * Whether a text would take a reader of Markdown too long, or too deep. Looks at each character once and reads no
 * Markdown, so that it may be asked of anything; it is a little stricter than the reader needs it.
 */
export function tooComplex(text: string): TooComplex | null {
  if (text.length > longest) return { reason: 'long', line: 1, most: longest };
  let marks = 0;
  for (const [index, line] of text.split('\n').entries()) {
    if (index >= mostLines) return { reason: 'lines', line: index + 1, most: mostLines };
    if (depthOf(line) > deepest) return { reason: 'nested', line: index + 1, most: deepest };
    marks += line.match(mark)?.length ?? 0;
    if (marks > mostMarks) return { reason: 'marks', line: index + 1, most: mostMarks };
  }
  return null;
}

/** How deep a line can stand at most: each level of a list takes two columns of indentation, or a mark of its own. */
function depthOf(line: string): number {
  let columns = 0;
  let depth = 0;
  container.lastIndex = 0;
  for (let found = container.exec(line); found; found = container.exec(line)) {
    columns += (found[1] ?? '').replaceAll('\t', '    ').length;
    depth++;
  }
  return depth === 0 ? 0 : depth + Math.floor(columns / 2);
}

import bidiModule from 'bidi-js';
import type { Run } from './markdown-blocks.ts';

/** Words that stand together on a line, drawn in one go. */
interface Fragment {
  readonly text: string;
  readonly run: Run;
  /** From the left edge of the block, in points. */
  readonly x: number;
  readonly width: number;
}

export interface Line {
  readonly fragments: readonly Fragment[];
}

/** Its types speak of a module with a default export, which is what bundlers see; Node sees the function itself. */
const createBidi = bidiModule as unknown as typeof bidiModule.default;

export type Measure = (text: string, run: Run) => number;

/** A stretch of a line with one look and one direction. */
interface Stretch {
  readonly text: string;
  readonly run: Run;
  /** Of the Unicode Bidirectional Algorithm: odd is right to left. */
  readonly level: number;
}

/**
 * Breaks text into lines and puts words where they are read: Arabic and Hebrew from right to left, numbers and English
 * among them from left to right. Nothing in pdfkit does that. Words that are wider than the block are cut.
 * @see https://www.unicode.org/reports/tr9/
 */
export function breakLines(runs: readonly Run[], width: number, measure: Measure): readonly Line[] {
  return paragraphs(runs).flatMap(paragraph => linesOf(paragraph, width, measure));
}

/** A line break in what a person wrote divides one block into several texts. */
function paragraphs(runs: readonly Run[]): readonly (readonly Run[])[] {
  const found: Run[][] = [[]];
  for (const run of runs) {
    for (const [index, text] of run.text.split('\n').entries()) {
      if (index > 0) found.push([]);
      if (text !== '') found.at(-1)?.push({ ...run, text });
    }
  }
  return found;
}

/** A text without line breaks, and how it is to be read: from its look and its direction, character by character. */
interface Paragraph {
  readonly text: string;
  readonly runAt: readonly Run[];
  readonly levels: ArrayLike<number>;
  /** The direction of the whole: odd is right to left. */
  readonly base: number;
  readonly mirrored: (word: string) => string;
}

function paragraphOf(runs: readonly Run[]): Paragraph {
  const bidi = createBidi();
  const text = runs.map(run => run.text).join('');
  const {
    levels,
    paragraphs: [paragraph],
  } = bidi.getEmbeddingLevels(text);
  return {
    text,
    levels,
    base: paragraph?.level ?? 0,
    runAt: runs.flatMap(run => Array.from<Run>({ length: run.text.length }).fill(run)),
    mirrored: word => [...word].map(character => bidi.getMirroredCharacter(character) ?? character).join(''),
  };
}

function linesOf(runs: readonly Run[], width: number, measure: Measure): readonly Line[] {
  const paragraph = paragraphOf(runs);
  const { text } = paragraph;
  const measured = (start: number, end: number): number =>
    stretchesOf(paragraph, start, end).reduce((sum, { text: part, run }) => sum + measure(part, run), 0);
  const lineOf = (start: number, end: number): Line =>
    aligned(fragmentsOf(paragraph, start, end, measure), paragraph.base % 2 === 0 ? null : width);

  const lines: Line[] = [];
  let start = 0;
  let filled = 0;
  for (const [from, to] of words(text, measured, width)) {
    const wide = measured(from, from + text.slice(from, to).trimEnd().length);
    if (from > start && filled + wide > width) {
      lines.push(lineOf(start, from));
      start = from;
      filled = 0;
    }
    filled += measured(from, to);
  }
  lines.push(lineOf(start, text.length));
  return lines;
}

function stretchesOf({ text, runAt, levels, base }: Paragraph, start: number, end: number): readonly Stretch[] {
  const found: Stretch[] = [];
  for (let from = start; from < end; ) {
    let to = from + 1;
    while (to < end && runAt[to] === runAt[from] && levels[to] === levels[from]) to++;
    found.push({ text: text.slice(from, to), run: runAt[from] as Run, level: levels[from] ?? base });
    from = to;
  }
  return found;
}

/** What stands on a line from left to right; spaces at its end are left out. */
function fragmentsOf(
  paragraph: Paragraph,
  start: number,
  end: number,
  measure: Measure,
): readonly Omit<Fragment, 'x'>[] {
  const trimmed = start + paragraph.text.slice(start, end).trimEnd().length;
  return inReadingOrder(stretchesOf(paragraph, start, trimmed)).flatMap(({ text, run, level }) => {
    const parts = level % 2 === 0 ? [text] : wordsFromTheRight(text).map(paragraph.mirrored);
    return parts.map(part => ({ text: part, run, width: measure(part, run) }));
  });
}

function wordsFromTheRight(text: string): readonly string[] {
  return text
    .split(/(\s+)/)
    .toReversed()
    .filter(word => word !== '');
}

/** @param right the edge that a line of right to left ends at; null for one that begins at the left edge. */
function aligned(parts: readonly Omit<Fragment, 'x'>[], right: number | null): Line {
  let x = right === null ? 0 : right - parts.reduce((sum, part) => sum + part.width, 0);
  const fragments: Fragment[] = [];
  for (const part of parts) {
    if (part.text.trim() !== '') fragments.push({ ...part, x });
    x += part.width;
  }
  return { fragments };
}

/** Where each word with the space after it begins and ends; words that no line can hold come in pieces. */
function* words(
  text: string,
  measured: (start: number, end: number) => number,
  width: number,
): Generator<readonly [number, number]> {
  for (const { index, 0: word } of text.matchAll(/\s*\S+\s*|\s+/g)) {
    if (measured(index, index + word.trimEnd().length) <= width) {
      yield [index, index + word.length];
      continue;
    }
    let from = index;
    let filled = 0;
    for (const { segment, index: at } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(word)) {
      const wide = measured(index + at, index + at + segment.length);
      if (index + at > from && filled + wide > width) {
        yield [from, index + at];
        from = index + at;
        filled = 0;
      }
      filled += wide;
    }
    yield [from, index + word.length];
  }
}

/** Rule L2: from the deepest level up, every stretch of that level or deeper is turned around. */
function inReadingOrder(stretches: readonly Stretch[]): readonly Stretch[] {
  const order = [...stretches];
  for (let level = Math.max(0, ...order.map(each => each.level)); level > 0; level--) {
    for (let from = 0; from < order.length; from++) {
      if ((order[from]?.level ?? 0) < level) continue;
      let to = from;
      while (to < order.length && (order[to]?.level ?? 0) >= level) to++;
      order.splice(from, to - from, ...order.slice(from, to).toReversed());
      from = to;
    }
  }
  return order;
}

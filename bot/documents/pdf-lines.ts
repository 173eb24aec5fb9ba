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

/** A line break that somebody wrote divides one block into several texts. */
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

function linesOf(runs: readonly Run[], width: number, measure: Measure): readonly Line[] {
  const bidi = createBidi();
  const text = runs.map(run => run.text).join('');
  const {
    levels,
    paragraphs: [paragraph],
  } = bidi.getEmbeddingLevels(text);
  const base = paragraph?.level ?? 0;
  const runAt = runs.flatMap(run => Array.from<Run>({ length: run.text.length }).fill(run));

  function stretches(start: number, end: number): readonly Stretch[] {
    const found: Stretch[] = [];
    for (let from = start; from < end; ) {
      let to = from + 1;
      while (to < end && runAt[to] === runAt[from] && levels[to] === levels[from]) to++;
      found.push({ text: text.slice(from, to), run: runAt[from] as Run, level: levels[from] ?? base });
      from = to;
    }
    return found;
  }
  const measured = (start: number, end: number): number =>
    stretches(start, end).reduce((sum, { text: part, run }) => sum + measure(part, run), 0);

  function line(start: number, end: number): Line {
    const trimmed = start + text.slice(start, end).trimEnd().length;
    const drawn = inReadingOrder(stretches(start, trimmed)).flatMap(({ text: words, run, level }) =>
      (level % 2 === 0
        ? [words]
        : words
            .split(/(\s+)/)
            .toReversed()
            .filter(word => word !== '')
            .map(mirrored)
      ).map(part => ({ text: part, run, width: measure(part, run) })),
    );
    const total = drawn.reduce((sum, part) => sum + part.width, 0);
    let x = base % 2 === 0 ? 0 : width - total;
    return {
      fragments: drawn.flatMap(part => {
        const at = x;
        x += part.width;
        return part.text.trim() === '' ? [] : [{ ...part, x: at }];
      }),
    };
  }
  function mirrored(word: string): string {
    return [...word].map(character => bidi.getMirroredCharacter(character) ?? character).join('');
  }

  const lines: Line[] = [];
  let start = 0;
  let filled = 0;
  for (const [from, to] of words(text, measured, width)) {
    const wide = measured(from, from + text.slice(from, to).trimEnd().length);
    if (from > start && filled + wide > width) {
      lines.push(line(start, from));
      start = from;
      filled = 0;
    }
    filled += measured(from, to);
  }
  lines.push(line(start, text.length));
  return lines;
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

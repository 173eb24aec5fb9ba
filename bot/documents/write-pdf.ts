import type { DocumentContent } from './document.ts';
import { blocksIn, type Block, type Run } from './markdown-blocks.ts';
import { colours, openPages, type Pages } from './pdf-pages.ts';

/** In points. */
const step = 18;
const cellPadding = 5;
const sizes = { title: 22, section: 15, heading: 11.5, text: 10.5, note: 8.5 } as const;
const lineHeight = 1.5;

interface Look {
  readonly size: number;
  readonly colour?: string;
  /** From the left margin. */
  readonly indent?: number;
  readonly after?: number;
  /** What it is to a screen reader. */
  readonly tag?: 'H1' | 'H2' | 'H3' | 'P' | 'LI';
  /** Drawn before the first line, in the indentation. */
  readonly marker?: string;
}

/** Sentences of the PDF itself, in the reader's language; a process can be given no function to ask for them. */
export interface PdfWords {
  /** What the □ means. */
  readonly unshowable: string;
  /** With `{page}` and `{pages}`. */
  readonly page: string;
}

/** A document as a tagged PDF on A4 with its fonts inside. Takes a second of hard work: see `documents.ts`. */
export async function writePdf(
  { title, lines, sections }: DocumentContent,
  words: PdfWords,
  at: (section: string) => void = () => {},
): Promise<Uint8Array> {
  const pages = openPages(title);
  write(pages, [{ text: title, bold: true }], { size: sizes.title, tag: 'H1', after: 6 });
  for (const text of lines) write(pages, [{ text }], { size: sizes.text, colour: colours.quiet, after: 0 });
  for (const section of sections) {
    at(section.title);
    writeSection(pages, section);
  }
  if (pages.missed()) {
    pages.skip(sizes.section);
    write(pages, [{ text: words.unshowable }], { size: sizes.note, colour: colours.quiet });
  }
  return pages.end({
    size: sizes.note,
    colour: colours.quiet,
    text: (page, of) => words.page.replace('{page}', String(page)).replace('{pages}', String(of)),
  });
}

function writeSection(pages: Pages, section: DocumentContent['sections'][number]): void {
  pages.skip(sizes.section);
  // A title never stands alone at the end of a page.
  pages.keep(sizes.section * lineHeight + sizes.text * 4);
  write(pages, [{ text: section.title, bold: true }], { size: sizes.section, tag: 'H2', after: 4 });
  for (const block of blocksIn(section)) writeBlock(pages, block);
  if (section.note !== '')
    write(pages, [{ text: section.note, italic: true }], { size: sizes.note, colour: colours.quiet });
}

function writeBlock(pages: Pages, block: Block): void {
  const indent = (block.quote + block.depth) * step;
  const colour = block.quote > 0 ? colours.quiet : colours.text;
  switch (block.kind) {
    case 'paragraph':
      return write(pages, block.runs, { size: sizes.text, indent, colour });
    case 'heading':
      return write(pages, bold(block.runs), { size: sizes.heading, indent, tag: 'H3', after: 3 });
    case 'item':
      return write(pages, block.runs, { size: sizes.text, indent, colour, tag: 'LI', marker: block.marker, after: 2 });
    case 'code':
      return write(pages, [{ text: block.text, code: true }], { size: sizes.note, indent });
    case 'table':
      return writeTable(pages, block.rows);
    case 'rule':
      return write(pages, [{ text: '⁂' }], { size: sizes.text, indent: pages.width / 2, colour: colours.quiet });
  }
}

function write(
  pages: Pages,
  runs: readonly Run[],
  { size, colour = colours.text, indent = 0, after = size * 0.6, tag = 'P', marker }: Look,
): void {
  pages.tagged(tag, () => {
    for (const [index, line] of pages.laidOut(runs, size, pages.width - indent).entries()) {
      pages.keep(size * lineHeight);
      if (index === 0 && marker !== undefined) pages.drawBeside(marker, indent - step, { size, colour });
      pages.draw(line, indent, { size, colour });
      pages.skip(size * lineHeight);
    }
  });
  pages.skip(after);
}

/** Cells of one width. A row that no page can hold is cut between its lines. */
function writeTable(pages: Pages, rows: Extract<Block, { kind: 'table' }>['rows']): void {
  const cellWidth = pages.width / Math.max(1, ...rows.map(row => row.length));
  const ink = { size: sizes.note, colour: colours.text };
  pages.tagged('Table', () => {
    for (const [number, row] of rows.entries()) {
      const cells = row.map(runs =>
        pages.laidOut(number === 0 ? bold(runs) : runs, ink.size, cellWidth - 2 * cellPadding),
      );
      const height = Math.max(1, ...cells.map(cell => cell.length));
      for (let index = 0; index < height; index++) {
        pages.keep(ink.size * lineHeight + cellPadding);
        for (const [column, cell] of cells.entries()) {
          const line = cell[index];
          if (line) pages.draw(line, column * cellWidth + cellPadding, ink);
        }
        pages.skip(ink.size * lineHeight);
      }
      pages.rule();
      pages.skip(cellPadding);
    }
  });
  pages.skip(sizes.text * 0.6);
}

function bold(runs: readonly Run[]): readonly Run[] {
  return runs.map(run => ({ ...run, bold: true }));
}

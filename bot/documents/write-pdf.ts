import PdfDocument from 'pdfkit';
import type { DocumentContent } from './document.ts';
import { blocksIn, printable, type Block, type Run } from './markdown-blocks.ts';
import { fontNames, fontOf, openFonts } from './pdf-fonts.ts';
import { breakLines, type Line } from './pdf-lines.ts';

/** In points. */
const margin = 64;
const step = 18;
const cellPadding = 5;
const sizes = { title: 22, section: 15, heading: 11.5, text: 10.5, note: 8.5 } as const;
const colours = { text: '#1f1f1f', quiet: '#595959', link: '#0b57a4', line: '#c8c8c8' } as const;

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
  const fonts = openFonts();
  const pdf = new PdfDocument({
    size: 'A4',
    margin,
    bufferPages: true,
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: 'en',
    info: { Title: printable(title), Creator: 'CoP Companion' },
  });
  const width = pdf.page.width - 2 * margin;
  const bottom = pdf.page.height - margin - 12;
  for (const name of fontNames) pdf.registerFont(name, fonts.bytes(name));
  const chunks: Buffer[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    pdf
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))))
      .on('error', reject);
  });
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  let y = margin;

  function measure(text: string, run: Run, size: number): number {
    return pdf.font(fontOf(run)).fontSize(size).widthOfString(text);
  }
  function laidOut(runs: readonly Run[], size: number, room: number): readonly Line[] {
    const drawn = runs.map(run => ({ ...run, text: fonts.drawable(printable(run.text), fontOf(run)) }));
    return breakLines(drawn, room, (text, run) => measure(text, run, size));
  }
  function keep(height: number): void {
    if (y + height <= bottom) return;
    pdf.continueOnNewPage();
    y = margin;
  }
  function drawLine(line: Line, left: number, size: number, colour: string): void {
    const baseline = y + size;
    for (const { text, run, x, width: wide } of line.fragments) {
      pdf
        .font(fontOf(run))
        .fontSize(size)
        .fillColor(run.link === undefined ? colour : colours.link);
      pdf.text(text, left + x, baseline, { lineBreak: false, baseline: 'alphabetic' });
      // pdfkit's own strokes take the baseline for the top of the letters.
      if (run.strike) stroke(left + x, baseline - size * 0.28, wide, colour);
      if (run.link === undefined) continue;
      stroke(left + x, baseline + size * 0.14, wide, colours.link);
      pdf.link(left + x, y, wide, size * 1.3, run.link);
    }
  }
  function stroke(left: number, top: number, wide: number, colour: string): void {
    pdf
      .moveTo(left, top)
      .lineTo(left + wide, top)
      .lineWidth(0.6)
      .strokeColor(colour)
      .stroke();
  }
  function write(
    runs: readonly Run[],
    { size, colour = colours.text, indent = 0, after = size * 0.6, tag = 'P', marker }: Look,
  ): void {
    const content = pdf.markStructureContent(tag);
    const left = margin + indent;
    for (const [index, line] of laidOut(runs, size, width - indent).entries()) {
      keep(size * 1.5);
      if (index === 0 && marker !== undefined)
        drawLine(
          { fragments: [{ text: fonts.drawable(marker, 'regular'), run: { text: marker }, x: 0, width: 0 }] },
          left - step,
          size,
          colour,
        );
      drawLine(line, left, size, colour);
      y += size * 1.5;
    }
    pdf.endMarkedContent();
    root.add(pdf.struct(tag, {}, [content]));
    y += after;
  }

  function writeBlock(block: Block): void {
    const indent = (block.quote + block.depth) * step;
    const colour = block.quote > 0 ? colours.quiet : colours.text;
    switch (block.kind) {
      case 'paragraph':
        return write(block.runs, { size: sizes.text, indent, colour });
      case 'heading':
        return write(
          block.runs.map(run => ({ ...run, bold: true })),
          { size: sizes.heading, indent, tag: 'H3', after: 3 },
        );
      case 'item':
        return write(block.runs, { size: sizes.text, indent, colour, tag: 'LI', marker: block.marker, after: 2 });
      case 'code':
        return write([{ text: block.text, code: true }], { size: sizes.note, indent });
      case 'table':
        return writeTable(block.rows);
      case 'rule':
        return write([{ text: '⁂' }], { size: sizes.text, indent: width / 2, colour: colours.quiet });
    }
  }

  /** Cells of one width. A row that no page can hold is cut between its lines. */
  function writeTable(rows: Extract<Block, { kind: 'table' }>['rows']): void {
    const columns = Math.max(1, ...rows.map(row => row.length));
    const cellWidth = width / columns;
    const content = pdf.markStructureContent('Table');
    for (const [number, row] of rows.entries()) {
      const cells = row.map(runs =>
        laidOut(
          number === 0 ? runs.map(run => ({ ...run, bold: true as const })) : runs,
          sizes.note,
          cellWidth - 2 * cellPadding,
        ),
      );
      const height = Math.max(1, ...cells.map(cell => cell.length));
      for (let index = 0; index < height; index++) {
        keep(sizes.note * 1.5 + cellPadding);
        for (const [column, cell] of cells.entries()) {
          const line = cell[index];
          if (line) drawLine(line, margin + column * cellWidth + cellPadding, sizes.note, colours.text);
        }
        y += sizes.note * 1.5;
      }
      stroke(margin, y + 1, width, colours.line);
      y += cellPadding;
    }
    pdf.endMarkedContent();
    root.add(pdf.struct('Table', {}, [content]));
    y += sizes.text * 0.6;
  }

  write([{ text: title, bold: true }], { size: sizes.title, tag: 'H1', after: 6 });
  for (const text of lines) write([{ text }], { size: sizes.text, colour: colours.quiet, after: 0 });
  for (const section of sections) {
    at(section.title);
    y += sizes.section;
    keep(sizes.section * 1.5 + sizes.text * 4);
    write([{ text: section.title, bold: true }], { size: sizes.section, tag: 'H2', after: 4 });
    for (const block of blocksIn(section)) writeBlock(block);
    if (section.note !== '') write([{ text: section.note, italic: true }], { size: sizes.note, colour: colours.quiet });
  }
  if (fonts.missed()) {
    y += sizes.section;
    write([{ text: words.unshowable }], { size: sizes.note, colour: colours.quiet });
  }
  root.end();
  numberPages(pdf, words);
  pdf.end();
  return done;
}

function numberPages(pdf: PDFKit.PDFDocument, words: PdfWords): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page);
    pdf.markContent('Artifact', { type: 'Pagination' });
    pdf.font('regular').fontSize(sizes.note).fillColor(colours.quiet);
    pdf.text(
      words.page.replace('{page}', String(page + 1)).replace('{pages}', String(count)),
      margin,
      pdf.page.height - margin + 8,
      { lineBreak: false },
    );
    pdf.endMarkedContent();
  }
}

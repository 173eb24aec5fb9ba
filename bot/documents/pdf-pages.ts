import PdfDocument from 'pdfkit';
import { printable, type Run } from './markdown-blocks.ts';
import { fontNames, fontOf, openFonts } from './pdf-fonts.ts';
import { breakLines, type Line } from './pdf-lines.ts';

/** In points. */
const margin = 64;

export const colours = { text: '#1f1f1f', quiet: '#595959', link: '#0b57a4', line: '#c8c8c8' } as const;

interface Ink {
  /** Of the letters, in points. */
  readonly size: number;
  readonly colour: string;
}

/** Pages of a tagged PDF, filled from top to bottom. Lengths are points; `left` counts from the left margin. */
export interface Pages {
  /** Between the margins. */
  readonly width: number;
  /** Runs as lines that fit into this room; what no font can show becomes a □. */
  laidOut(runs: readonly Run[], size: number, room: number): readonly Line[];
  /** Goes on to a new page unless this one has so much room left. */
  keep(height: number): void;
  skip(height: number): void;
  /** Draws a line where the page is filled to, and stays there. */
  draw(line: Line, left: number, ink: Ink): void;
  /** Draws letters that stand beside a line, such as the marker of an item. */
  drawBeside(text: string, left: number, ink: Ink): void;
  rule(): void;
  /** Tells screen readers what is drawn meanwhile. */
  tagged(tag: string, draw: () => void): void;
  /** Whether some letter could not be shown. */
  missed(): boolean;
  /** @param footer what stands below each page. */
  end(footer: Ink & { readonly text: (page: number, pages: number) => string }): Promise<Uint8Array>;
}

export function openPages(title: string): Pages {
  const fonts = openFonts();
  const pdf = newDocument(title);
  for (const name of fontNames) pdf.registerFont(name, fonts.bytes(name));
  const bytes = bytesOf(pdf);
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  const width = pdf.page.width - 2 * margin;
  const bottom = pdf.page.height - margin - 12;
  let y = margin;

  const drawable = (run: Run): string => fonts.drawable(printable(run.text), fontOf(run));

  return {
    width,
    laidOut: (runs, size, room) =>
      breakLines(
        runs.map(run => ({ ...run, text: drawable(run) })),
        room,
        (text, run) => pdf.font(fontOf(run)).fontSize(size).widthOfString(text),
      ),
    keep(height) {
      if (y + height <= bottom) return;
      pdf.continueOnNewPage();
      y = margin;
    },
    skip: height => void (y += height),
    draw: (line, left, ink) => drawLine(pdf, line, { ...ink, left: margin + left, top: y }),
    drawBeside(text, left, ink) {
      const fragment = { text: fonts.drawable(text, 'regular'), run: { text }, x: 0, width: 0 };
      drawLine(pdf, { fragments: [fragment] }, { ...ink, left: margin + left, top: y });
    },
    rule: () => stroke(pdf, { left: margin, top: y + 1, width, colour: colours.line }),
    tagged(tag, draw) {
      const content = pdf.markStructureContent(tag);
      draw();
      pdf.endMarkedContent();
      root.add(pdf.struct(tag, {}, [content]));
    },
    missed: () => fonts.missed(),
    end(footer) {
      root.end();
      numberPages(pdf, footer);
      pdf.end();
      return bytes;
    },
  };
}

function newDocument(title: string): PDFKit.PDFDocument {
  return new PdfDocument({
    size: 'A4',
    margin,
    bufferPages: true,
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: 'en',
    info: { Title: printable(title), Creator: 'CoP Companion' },
  });
}

/** Everything that is written, once it ends. */
function bytesOf(pdf: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    pdf
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))))
      .on('error', reject);
  });
}

function drawLine(
  pdf: PDFKit.PDFDocument,
  line: Line,
  { left, top, size, colour }: Ink & { readonly left: number; readonly top: number },
): void {
  const baseline = top + size;
  for (const { text, run, x, width } of line.fragments) {
    const at = left + x;
    pdf
      .font(fontOf(run))
      .fontSize(size)
      .fillColor(run.link === undefined ? colour : colours.link);
    pdf.text(text, at, baseline, { lineBreak: false, baseline: 'alphabetic' });
    // pdfkit's own strokes take the baseline for the top of the letters.
    if (run.strike) stroke(pdf, { left: at, top: baseline - size * 0.28, width, colour });
    if (run.link === undefined) continue;
    stroke(pdf, { left: at, top: baseline + size * 0.14, width, colour: colours.link });
    pdf.link(at, top, width, size * 1.3, run.link);
  }
}

interface Stroke {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly colour: string;
}

function stroke(pdf: PDFKit.PDFDocument, { left, top, width, colour }: Stroke): void {
  pdf
    .moveTo(left, top)
    .lineTo(left + width, top)
    .lineWidth(0.6)
    .strokeColor(colour)
    .stroke();
}

function numberPages(pdf: PDFKit.PDFDocument, { size, colour, text }: Parameters<Pages['end']>[0]): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page);
    pdf.markContent('Artifact', { type: 'Pagination' });
    pdf.font('regular').fontSize(size).fillColor(colour);
    pdf.text(text(page + 1, count), margin, pdf.page.height - margin + 8, { lineBreak: false });
    pdf.endMarkedContent();
  }
}

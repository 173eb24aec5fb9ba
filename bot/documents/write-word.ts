import {
  AlignmentType,
  Document,
  ExternalHyperlink,
  HeadingLevel,
  Packer,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  type IParagraphOptions,
  type ParagraphChild,
} from 'docx';
import { isRightToLeft } from './direction.ts';
import type { DocumentContent } from './document.ts';
import { blocksIn, printable, type Block, type Run } from './markdown-blocks.ts';

/** In twentieths of a point, as Word counts. */
const step = 360;
const quiet = '595959';

/** A document for Word, with real headings, so that Word's own contents and screen readers find their way. */
export async function writeWord(
  { title, lines, sections }: DocumentContent,
  at: (section: string) => void = () => {},
): Promise<Uint8Array> {
  const children = [
    line(title, { heading: HeadingLevel.TITLE }),
    ...lines.map(text => line(text, {}, { color: quiet })),
    ...sections.flatMap(section => {
      at(section.title);
      return [
        line(section.title, { heading: HeadingLevel.HEADING_1, keepNext: true }),
        ...blocksIn(section).flatMap(wordBlock),
        ...(section.note === ''
          ? []
          : [line(section.note, { spacing: { before: 80, after: 160 } }, { color: quiet, italics: true, size: 18 })]),
      ];
    }),
  ];
  const document = new Document({
    title: printable(title),
    creator: 'CoP Companion',
    styles: {
      default: {
        document: { run: { font: 'Calibri', size: 22 }, paragraph: { spacing: { after: 120, line: 276 } } },
        title: { run: { size: 44, bold: true }, paragraph: { spacing: { after: 120 } } },
        heading1: {
          run: { size: 30, bold: true, color: '44546A' },
          paragraph: { spacing: { before: 320, after: 100 } },
        },
        heading2: { run: { size: 24, bold: true }, paragraph: { spacing: { before: 200, after: 80 } } },
        hyperlink: { run: { color: '0563C1', underline: {} } },
      },
    },
    sections: [{ children }],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

function line(
  text: string,
  paragraph: IParagraphOptions,
  look: { readonly color?: string; readonly italics?: boolean; readonly size?: number } = {},
): Paragraph {
  return new Paragraph({
    ...paragraph,
    ...direction([{ text }]),
    children: [new TextRun({ text: printable(text), ...look, rightToLeft: isRightToLeft(text) })],
  });
}

function wordBlock(block: Block): readonly (Paragraph | Table)[] {
  const indent = { indent: { left: (block.quote + block.depth) * step } };
  switch (block.kind) {
    case 'paragraph':
      return [
        new Paragraph({ ...indent, ...direction(block.runs), children: childrenOf(block.runs, block.quote > 0) }),
      ];
    case 'heading':
      return [
        new Paragraph({
          ...indent,
          ...direction(block.runs),
          heading: HeadingLevel.HEADING_2,
          keepNext: true,
          children: childrenOf(block.runs),
        }),
      ];
    // The marker is text, as it was typed: Word's own numbering would begin anew or go on where the author did not.
    case 'item':
      return [
        new Paragraph({
          indent: { left: (block.quote + block.depth) * step, hanging: step },
          tabStops: [{ type: 'left', position: (block.quote + block.depth) * step }],
          ...direction(block.runs),
          spacing: { after: 60 },
          children: [new TextRun(`${block.marker}\t`), ...childrenOf(block.runs, block.quote > 0)],
        }),
      ];
    case 'code':
      return block.text.split('\n').map(
        text =>
          new Paragraph({
            ...indent,
            spacing: { after: 0 },
            shading: { type: ShadingType.CLEAR, fill: 'F2F2F2' },
            children: [new TextRun({ text, font: 'Consolas', size: 20 })],
          }),
      );
    case 'table':
      return [wordTable(block.rows), new Paragraph({})];
    case 'rule':
      return [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ text: '⁂', color: quiet })] })];
  }
}

function wordTable(rows: Extract<Block, { kind: 'table' }>['rows']): Table {
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: rows.map(
      (cells, index) =>
        new TableRow({
          tableHeader: index === 0,
          children: cells.map(
            runs =>
              new TableCell({
                children: [
                  new Paragraph({
                    ...direction(runs),
                    children: childrenOf(index === 0 ? runs.map(run => ({ ...run, bold: true as const })) : runs),
                  }),
                ],
              }),
          ),
        }),
    ),
  });
}

function childrenOf(runs: readonly Run[], quoted = false): readonly ParagraphChild[] {
  return runs
    .map(run => {
      const words = run.text.split('\n').map(
        (text, index) =>
          new TextRun({
            text,
            ...(index > 0 ? { break: 1 } : {}),
            ...(run.bold ? { bold: true } : {}),
            ...(run.italic || quoted ? { italics: true } : {}),
            ...(run.strike ? { strike: true } : {}),
            ...(run.code ? { font: 'Consolas' } : {}),
            ...(run.link === undefined ? {} : { style: 'Hyperlink' }),
            ...(isRightToLeft(text) ? { rightToLeft: true } : {}),
          }),
      );
      return run.link === undefined ? words : [new ExternalHyperlink({ link: run.link, children: words })];
    })
    .flat();
}

function direction(runs: readonly Run[]): Pick<IParagraphOptions, 'bidirectional'> {
  return isRightToLeft(runs.map(run => run.text).join('')) ? { bidirectional: true } : {};
}

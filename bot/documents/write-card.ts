import { tooComplex } from '../../domain/markdown-complexity.ts';
import { shortened } from '../../domain/text.ts';
import { markdownBlocks, printable, type Block, type Run } from './markdown-blocks.ts';

/** In characters: more than any card shows of one text. */
const longestAsTyped = 4_000;

/**
 * Markdown that a person wrote, as a card can show it, in at most so many characters. Cards know bold, italic, lists
 * and links, and nothing else (Microsoft, "Text features in Adaptive Cards"): headings become bold lines, table rows
 * lines of cells, pictures links; quotations, code and rules lose their marks. What is only text is escaped, so that no
 * client makes anything of it.
 */
export function cardMarkdown(markdown: string, longest = Infinity): string {
  // What would take a person too long to read is shown as it was typed, as far as a card has room.
  if (tooComplex(markdown))
    return fitting(printable(markdown.slice(0, 2 * longestAsTyped)), Math.min(longest, longestAsTyped));
  const pieces = piecesOf(markdownBlocks(markdown));
  let kept = '';
  for (const [index, piece] of pieces.entries()) {
    const before = index === 0 ? '' : gap(pieces[index - 1], piece);
    if (kept.length + before.length + piece.text.length > longest) {
      const room = longest - kept.length - before.length - piece.start.length;
      return room < 2 ? kept : kept + before + piece.start + fitting(piece.words, room);
    }
    kept += before + piece.text;
  }
  return kept;
}

/** A block as it stands in a card. */
interface Piece {
  readonly list: 'bullets' | 'numbers' | null;
  readonly depth: number;
  /** Space and marker before the first line. */
  readonly start: string;
  readonly text: string;
  /** The same without any marks, for what has to be cut. */
  readonly words: string;
}

function piecesOf(blocks: readonly Block[]): readonly Piece[] {
  /** How far the lines of an item stand in, by its depth. */
  const insets = [0];
  return blocks.flatMap(block => linesOf(block, insets));
}

function linesOf(block: Block, insets: number[]): readonly Piece[] {
  const { depth } = block;
  const item = block.kind === 'item' ? markerOf(block.marker) : '';
  const inset = insets[Math.max(0, block.kind === 'item' ? depth - 1 : depth)] ?? 0;
  if (block.kind === 'item') insets[depth] = inset;
  const start = ' '.repeat(inset) + item;
  const pieces = textsOf(block).flatMap(({ text, words }): readonly Piece[] => {
    const lines = text.split('\n').flatMap(line => (line.trim() === '' ? [] : [notOpening(line.trim())]));
    if (lines.length === 0) return [];
    return [
      {
        list: item === '' ? null : /^\d/.test(item) ? 'numbers' : 'bullets',
        depth,
        start,
        text: start + lines.join(`\n${' '.repeat(start.length)}`),
        words,
      },
    ];
  });
  if (block.kind === 'item' && pieces.length > 0) insets[depth] = inset + item.length;
  return pieces;
}

function markerOf(marker: string): string {
  return /^\d/.test(marker) ? `${marker} ` : '- ';
}

/** What a block says, a paragraph each. */
function textsOf(block: Block): readonly { readonly text: string; readonly words: string }[] {
  switch (block.kind) {
    case 'paragraph':
      return [shown(block.runs)];
    case 'heading':
      return [shown(block.runs.map(run => ({ ...run, bold: true })))];
    case 'item':
      // A box is text: a card knows no such items.
      return [shown(/[☐☑]/.test(block.marker) ? [{ text: `${block.marker} ` }, ...block.runs] : block.runs)];
    case 'code':
      return [shown([{ text: block.text }])];
    case 'table':
      return block.rows.map(cells => {
        const all = cells.map(shown).filter(({ text }) => text.trim() !== '');
        return { text: all.map(({ text }) => text).join(' · '), words: all.map(({ words }) => words).join(' · ') };
      });
    case 'rule':
      return [];
  }
}

/** Lists of one kind are one list; anything else is a paragraph of its own. */
function gap(one: Piece | undefined, other: Piece): string {
  const goesOn = one?.list === other.list && (other.list === 'bullets' || one.depth === other.depth);
  return other.list !== null && goesOn ? '\n' : '\n\n';
}

function shown(runs: readonly Run[]): { readonly text: string; readonly words: string } {
  let text = '';
  for (const part of groups(runs, run => run.link)) {
    const { link } = part[0] ?? {};
    const after = initial(runs[runs.indexOf(part.at(-1)!) + 1]);
    if (link === undefined || part.every(run => run.text.trim() === '')) text += styled(part, text, after);
    // An exclamation mark before it would make a picture of it.
    else text = `${text.replace(/!$/, '\\!')}[${styled(part, '[', ']')}](${addressIn(link)})`;
  }
  return { text, words: runs.map(run => run.text).join('') };
}

/** Bold around italic, so that marks never cross. */
function styled(runs: readonly Run[], before: string, after: string): string {
  let text = '';
  for (const thick of groups(runs, run => run.bold)) {
    const following = initial(runs[runs.indexOf(thick.at(-1)!) + 1]) || after;
    const outside = before + text;
    const marked = thick[0]?.bold ? marks(slanted(thick, '*', '*'), '**', outside, following) : null;
    text += marked ?? slanted(thick, outside, following);
  }
  return text;
}

function slanted(runs: readonly Run[], before: string, after: string): string {
  let text = '';
  for (const part of groups(runs, run => run.italic)) {
    const following = initial(runs[runs.indexOf(part.at(-1)!) + 1]) || after;
    const words = escaped(part.map(run => run.text).join(''));
    text += (part[0]?.italic ? marks(words, '_', before + text, following) : null) ?? words;
  }
  return text;
}

/** The text between marks, if they would be read as such here: they need space or punctuation around them. */
function marks(text: string, mark: '**' | '_', before: string, after: string): string | null {
  const inner = text.trim();
  const space = text.slice(0, text.length - text.trimStart().length);
  const end = text.slice(text.trimEnd().length);
  const [left, right] = [space || before.at(-1) || '', end || after];
  // Bold may begin within a word, italic may not; and neither within one that goes on with punctuation.
  const apart = (outside: string, inside: string) =>
    !/[\p{L}\p{N}\p{M}]/u.test(outside) || (mark === '**' && /[\p{L}\p{N}]/u.test(inside));
  // A line that is all marks would be a rule, and marks across paragraphs are none.
  if (inner === '' || /\n\s*\n/.test(inner)) return null;
  return apart(left, inner[0] ?? '') && apart(right, inner.at(-1) ?? '') ? space + mark + inner + mark + end : null;
}

/** Neighbours that are alike in something. */
function groups(runs: readonly Run[], of: (run: Run) => unknown): readonly (readonly Run[])[] {
  const all: Run[][] = [];
  for (const run of runs) {
    const last = all.at(-1);
    if (last?.[0] && of(last[0]) === of(run)) last.push(run);
    else all.push([run]);
  }
  return all;
}

function initial(run: Run | undefined): string {
  return run === undefined ? '' : run.link === undefined ? (run.text[0] ?? '') : '[';
}

/** Text in which Markdown finds nothing. */
function escaped(text: string): string {
  return (
    text
      .replace(/[\\`*_[\]~|]|<(?=[a-z/!?])|&(?=#?\w{1,31};)/gi, '\\$&')
      // Cards replace these by a day or a time.
      .replace(/\{\{(?=(?:DATE|TIME)\()/g, '{\\{')
  );
}

/** A line that begins no list, heading, quotation or table, and underlines nothing. */
function notOpening(line: string): string {
  return line.replace(/^(?:[-+](?=[\s-]|$)|#(?=[#\s]|$)|[>=])/, '\\$&').replace(/^(\d{1,9})(?=[.)](?:\s|$))/, '$1\\');
}

function addressIn(link: string): string {
  return link
    .replace(/[\s()<>\\]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
    .replace(/&(?=#?\w{1,31};)/g, '\\&');
}

/** The beginning of words without marks, which takes at most so many characters once it is escaped. */
function fitting(words: string, longest: number): string {
  const line = words.replace(/\s+/g, ' ').trim();
  for (let room = longest; room > 0; ) {
    const text = notOpening(escaped(shortened(line, room)));
    if (text.length <= longest) return text;
    room -= Math.max(1, Math.ceil((text.length - longest) / 2));
  }
  return '';
}

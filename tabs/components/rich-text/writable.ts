import type { Mark, Node } from 'prosemirror-model';
import { schema } from './schema.ts';

/**
 * The block as Markdown can say it: spaces stand outside of what is bold, none begin or end a line, and paragraphs
 * without words are none. Null where nothing is left.
 */
export function writable(node: Node): Node | null {
  if (node.isTextblock) return node.type.name === 'source' ? node : textblock(node);
  const children = node.children.flatMap((child, index) => {
    const written = writable(child);
    // A list item begins with a paragraph, be it empty.
    if (written === null || (isBlank(written) && (node.type.name !== 'list_item' || index > 0))) return [];
    return [written];
  });
  if (node.type.name === 'list_item' && children[0]?.type.name !== 'paragraph')
    children.unshift(schema.nodes.paragraph.create());
  return children.length === 0 ? null : node.copy(schema.nodes.doc.create(null, children).content);
}

/** A line without words. */
export function isBlank(node: Node): boolean {
  return node.isTextblock && node.textContent.trim() === '';
}

interface Piece {
  readonly text: string;
  readonly isBreak: boolean;
  readonly node: Node;
  readonly marks: readonly Mark[];
}

function textblock(node: Node): Node {
  const isTitle = node.type.name === 'heading';
  const pieces = node.children.flatMap(child => piecesOf(child, isTitle));
  for (const type of ['strong', 'em', 'strike', 'link']) takeSpaceOut(pieces, type);
  const kept = pieces.filter((piece, index) => !isAtEdge(pieces, piece, index));
  return node.type.create(
    node.attrs,
    kept.map(({ node: inner, text, marks }) =>
      inner.isText ? schema.text(text, marks) : inner.type.create(inner.attrs, null, marks),
    ),
  );
}

/** Words and the space between them, apart. In code, space is what somebody wrote. A title is one line. */
function piecesOf(node: Node, isTitle: boolean): readonly Piece[] {
  if (isTitle && !node.isText) return piecesOf(schema.text(' ', node.marks), isTitle);
  if (!node.isText) return [{ text: '', isBreak: true, node, marks: node.marks }];
  if (node.marks.some(({ type }) => type.name === 'code'))
    return [{ text: node.text ?? '', isBreak: false, node, marks: node.marks }];
  return (node.text ?? '')
    .split(/([\p{Zs}\t\r\n]+)/u)
    .filter(text => text !== '')
    .map(text => ({ text, isBreak: false, node, marks: node.marks }));
}

function isSpace({ text, isBreak, marks }: Piece): boolean {
  return isBreak || (text.trim() === '' && !marks.some(({ type }) => type.name === 'code'));
}

/** `**bold **` is no bold: the space goes behind it. */
function takeSpaceOut(pieces: Piece[], type: string): void {
  const has = (piece: Piece | undefined): Mark | undefined => piece?.marks.find(mark => mark.type.name === type);
  for (const [places, step] of [
    [[...pieces.keys()], -1],
    [[...pieces.keys()].toReversed(), 1],
  ] as const)
    for (const at of places) {
      const piece = pieces[at];
      const mark = has(piece);
      if (!piece || !mark || !isSpace(piece)) continue;
      const beside = has(pieces[at + step]);
      if (beside?.eq(mark)) continue;
      pieces[at] = { ...piece, marks: mark.removeFromSet(piece.marks) };
    }
}

/** Space at either end of a line. */
function isAtEdge(pieces: readonly Piece[], piece: Piece, index: number): boolean {
  if (!isSpace(piece)) return false;
  const ends = (rest: readonly Piece[]): boolean => rest.every(isSpace);
  if (ends(pieces.slice(0, index)) || ends(pieces.slice(index + 1))) return true;
  if (piece.isBreak) return false;
  return pieces[index - 1]?.isBreak === true || pieces[index + 1]?.isBreak === true;
}

import type { BlockContent, DefinitionContent, PhrasingContent } from 'mdast';
import { gfmFootnoteToMarkdown } from 'mdast-util-gfm-footnote';
import { gfmStrikethroughToMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { gfmTaskListItemToMarkdown } from 'mdast-util-gfm-task-list-item';
import { toMarkdown, type Options } from 'mdast-util-to-markdown';
import type { Mark, Node } from 'prosemirror-model';
import { addressOf, blocksOf, documentOf, type ReadBlock } from './from-markdown.ts';
import { isBlank, writable } from './writable.ts';

declare module 'mdast' {
  /** An address that stands in a text as it is. */
  interface Address {
    readonly type: 'address';
    readonly value: string;
    readonly position?: Text['position'];
  }
  interface PhrasingContentMap {
    readonly address: Address;
  }
  interface RootContentMap {
    readonly address: Address;
  }
}

/** A text that is being edited. */
export interface EditedText {
  /** What the editor begins with. */
  readonly document: Node;
  /**
   * The document as Markdown. What stands as it stood keeps its bytes and the space around it; only what somebody
   * changed is written anew.
   */
  markdownOf(doc: Node): string;
}

export function createEditedText(original: string): EditedText {
  const blocks = blocksOf(original);
  // What each block was written as: a document keeps its nodes while others change.
  const writings = new WeakMap<Node, string>();
  return {
    document: documentOf(blocks),
    markdownOf: doc => textOf(doc, { original, blocks, writings }),
  };
}

interface Origin {
  readonly original: string;
  readonly blocks: readonly ReadBlock[];
  readonly writings: WeakMap<Node, string>;
}

function textOf(doc: Node, { original, blocks, writings }: Origin): string {
  const found = originsOf(doc.children, blocks);
  // Markdown has no empty paragraphs: they are none.
  const kept = doc.children.flatMap((node, at) => (isBlank(node) && found[at] === undefined ? [] : [at]));
  const [written, origins] = [kept.map(at => doc.child(at)), kept.map(at => found[at])];
  if (written.length === blocks.length && origins.every(origin => origin !== undefined)) return original;
  const places = placesOf(origins, blocks.length);
  const isOfOneKind = (index: number): boolean => written[index]?.type === blocks[places[index] ?? -1]?.node.type;
  const isApart = (index: number): boolean => {
    const [before, isKept] = [written[index - 1]?.type.name, origins[index] !== undefined];
    if (isKept && origins[index - 1] !== undefined) return true;
    return isOfOneKind(index - 1) && (before === 'heading' || (before === 'paragraph' && isKept));
  };
  let text = '';
  for (const [index, node] of written.entries()) {
    const [block, place] = [blocks[origins[index] ?? -1], places[index]];
    const isNext = place !== undefined && place === (index === 0 ? 0 : (places[index - 1] ?? Number.NaN) + 1);
    const gap = isNext ? original.slice(blocks[place - 1]?.end ?? 0, blocks[place]?.start) : '';
    // Without an empty line between them, two blocks stay two only where the first cannot go on in the second.
    const asBefore = isNext && (/\n[ \t]*\r?\n/.test(gap) || index === 0 || isApart(index));
    text += asBefore ? gap : index === 0 ? '' : '\n\n';
    text += block
      ? original.slice(block.start, block.end)
      : blockText(node, { before: written[index - 1], soFar: text, writings });
  }
  const last = blocks.at(-1);
  return last && places.at(-1) === blocks.length - 1 ? text + original.slice(last.end) : text;
}

/** Where each node stands among the blocks: one that was changed stands where it stood, while none came or went there. */
function placesOf(origins: readonly (number | undefined)[], count: number): readonly (number | undefined)[] {
  return origins.map((origin, index) => {
    if (origin !== undefined) return origin;
    const before = origins.findLastIndex((one, at) => at < index && one !== undefined);
    const next = origins.findIndex((one, at) => at > index && one !== undefined);
    const [from, to] = [origins[before] ?? -1, origins[next] ?? count];
    const length = (next < 0 ? origins.length : next) - before;
    return to - from === length ? from + index - before : undefined;
  });
}

/** For each node the block it was, if it still reads the same; in their order. */
function originsOf(nodes: readonly Node[], blocks: readonly ReadBlock[]): readonly (number | undefined)[] {
  let [start, end] = [0, 0];
  const most = Math.min(nodes.length, blocks.length);
  const isSame = (node: Node | undefined, block: ReadBlock | undefined): boolean =>
    node !== undefined && block !== undefined && node.eq(block.node);
  while (start < most && isSame(nodes[start], blocks[start])) start++;
  while (end < most - start && isSame(nodes.at(-1 - end), blocks.at(-1 - end))) end++;

  let next = start;
  return nodes.map((node, index) => {
    if (index < start) return index;
    if (index >= nodes.length - end) return index - nodes.length + blocks.length;
    const found = blocks.findIndex(
      (block, place) => place >= next && place < blocks.length - end && node.eq(block.node),
    );
    if (found < 0) return undefined;
    next = found + 1;
    return found;
  });
}

/** One block. Behind another list of its kind it takes another mark, or the two would be one. */
function blockText(
  node: Node,
  {
    before,
    soFar,
    writings,
  }: { readonly before: Node | undefined; readonly soFar: string; readonly writings: WeakMap<Node, string> },
): string {
  if (node.type.name === 'source') return node.textContent;
  if (before?.type === node.type && node.type.name === 'bullet_list')
    return write(node, { bullet: /^\s*- /m.test(lastBlock(soFar)) ? '*' : '-' });
  if (before?.type === node.type && node.type.name === 'ordered_list')
    return write(node, { bulletOrdered: /^\s*\d+\. /m.test(lastBlock(soFar)) ? ')' : '.' });
  const text = writings.get(node) ?? write(node, {});
  writings.set(node, text);
  return text;
}

/** From the last line on that begins at the margin with a mark of a list. */
function lastBlock(text: string): string {
  return /(?:^|\n)((?:[-+*]|\d+[.)]) (?!.*\n(?:[-+*]|\d+[.)]) )[^]*)$/.exec(text)?.[1] ?? text;
}

const extensions = [
  gfmFootnoteToMarkdown(),
  gfmStrikethroughToMarkdown(),
  gfmTableToMarkdown(),
  gfmTaskListItemToMarkdown(),
  { handlers: { address: ({ value }: { readonly value: string }) => value } } as Options,
];

/** How addresses in a text are written: as they are, as links, or as any other words. */
type Addresses = 'bare' | 'linked' | 'words';

/** Ways to write emphasis and addresses: where one would be read as something else, the next is tried. */
const ways = (['bare', 'linked', 'words'] as const).flatMap(addresses =>
  (['*', '_'] as const).flatMap(strong => (['*', '_'] as const).map(emphasis => ({ addresses, strong, emphasis }))),
);

function write(node: Node, options: Options): string {
  const wanted = writable(node);
  if (wanted === null) return '';
  const marker = wanted.attrs['marker'] as string | undefined;
  const write = ({ addresses, ...marks }: (typeof ways)[number]): string =>
    toMarkdown(
      { type: 'root', children: [blockContent(wanted, addresses)] },
      {
        ...(wanted.type.name === 'bullet_list' ? { bullet: marker as '-' } : { bullet: '-' }),
        ...(wanted.type.name === 'ordered_list' ? { bulletOrdered: marker as '.' } : {}),
        listItemIndent: 'one',
        extensions,
        ...marks,
        ...options,
      },
    ).replace(/\n$/, '');
  const texts = ways.map(way => () => write(way));
  const first = texts[0]?.() ?? '';
  if (readsAs(first, wanted)) return first;
  for (const text of texts.slice(1)) {
    const other = text();
    if (readsAs(other, wanted)) return other;
  }
  return first;
}

function readsAs(text: string, wanted: Node): boolean {
  const [block, ...more] = blocksOf(text);
  return more.length === 0 && block !== undefined && withoutMarkers(block.node) === withoutMarkers(wanted);
}

/** What a list is marked with says nothing. */
function withoutMarkers(node: Node): string {
  return JSON.stringify(node, (name, value: unknown) => (name === 'marker' ? undefined : value));
}

function blockContent(node: Node, addresses: Addresses): BlockContent {
  const blocks = (): (BlockContent | DefinitionContent)[] => node.children.map(child => blockContent(child, addresses));
  switch (node.type.name) {
    case 'heading':
      return {
        type: 'heading',
        depth: node.attrs['level'] as 1,
        children: phrasing(node.children, addresses),
      };
    case 'blockquote':
      return { type: 'blockquote', children: blocks() };
    case 'bullet_list':
    case 'ordered_list': {
      const ordered = node.type.name === 'ordered_list';
      const spread = node.attrs['spread'] as boolean;
      return {
        type: 'list',
        ordered,
        ...(ordered ? { start: node.attrs['order'] as number } : {}),
        spread,
        children: node.children.map(item => ({
          type: 'listItem',
          spread,
          children: item.children.filter(child => child.childCount > 0).map(child => blockContent(child, addresses)),
        })),
      };
    }
    default:
      return { type: 'paragraph', children: phrasing(node.children, addresses) };
  }
}

/** Where several begin at once, the one that goes furthest is outside. */
const order = ['link', 'strong', 'em', 'strike'];

interface Piece {
  readonly node: Node;
  readonly marks: readonly Mark[];
}

function phrasing(nodes: readonly Node[], addresses: Addresses): PhrasingContent[] {
  return nest(
    nodes.map(node => ({ node, marks: node.marks.filter(({ type }) => type.name !== 'code') })),
    addresses,
  );
}

function nest(pieces: readonly Piece[], addresses: Addresses): PhrasingContent[] {
  const content: PhrasingContent[] = [];
  for (let at = 0; at < pieces.length; ) {
    const piece = pieces[at]!;
    const [outside, length] = outermost(pieces, at);
    if (!outside) {
      content.push(...leaf(piece.node, addresses));
      at++;
      continue;
    }
    const inside = pieces
      .slice(at, at + length)
      .map(({ node, marks }) => ({ node, marks: outside.removeFromSet(marks) }));
    content.push(wrap(outside, nest(inside, addresses)));
    at += length;
  }
  return content;
}

function outermost(pieces: readonly Piece[], at: number): readonly [Mark | null, number] {
  let found: readonly [Mark | null, number] = [null, 0];
  const here = (pieces[at]?.marks ?? []).toSorted(
    (one, other) => order.indexOf(one.type.name) - order.indexOf(other.type.name),
  );
  for (const mark of here) {
    let length = 1;
    while (at + length < pieces.length && mark.isInSet(pieces[at + length]!.marks)) length++;
    if (length > found[1]) found = [mark, length];
  }
  return found;
}

function wrap(mark: Mark, children: PhrasingContent[]): PhrasingContent {
  switch (mark.type.name) {
    case 'link':
      return {
        type: 'link',
        url: mark.attrs['href'] as string,
        title: mark.attrs['title'] as string | null,
        children,
      };
    case 'strong':
      return { type: 'strong', children };
    case 'em':
      return { type: 'emphasis', children };
    default:
      return { type: 'delete', children };
  }
}

/** What readers of Markdown make a link of. */
const address =
  /((?<![a-z])https?:\/\/[^\s<]+|(?<![^\s*_~()[\]])www\.[^\s<]+|(?<![\w.+/-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)/gi;

function leaf(node: Node, addresses: Addresses): readonly PhrasingContent[] {
  if (node.type.name === 'hard_break') return [{ type: 'break' }];
  if (node.type.name === 'soft_break') return [{ type: 'text', value: '\n' }];
  const value = node.text ?? '';
  if (node.marks.some(({ type }) => type.name === 'code')) return [{ type: 'inlineCode', value }];
  if (addresses === 'words') return [{ type: 'text', value }];
  return value
    .split(address)
    .filter(part => part !== '')
    .map((part): PhrasingContent => {
      const url = addressOf(part);
      if (url === null) return { type: 'text', value: part };
      return addresses === 'bare'
        ? { type: 'address', value: part }
        : { type: 'link', url, children: [{ type: 'text', value: part }] };
    });
}
